"""What a file says about its real count: the rule used and the projects that officially won."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgeting.counting.election import Election
from budgeting.counting.outcome import Outcome
from budgeting.counting.rules import RuleSpec
from budgeting.counting.tally import count

COMPARISONS = {
    "no-official-result": "The file does not say which projects won.",
    "no-official-winner": "The file marks no project as a winner; the official result seems to be missing.",
    "same": "Our count under the rule “{rule}” names exactly the official winners.",
    "same-with-extra": (
        "Our count under the rule “{rule}” names exactly the projects won by that rule; "
        "{extra} won officially through extra money or a local rule."
    ),
    "rule-unknown": "The file does not say which rule was used; we counted by score, and the official winners differ.",
    "votes-missing": "The winners differ because votes that counted officially are not in the file: {comment}",
    "exclusions-missing": (
        "The winners differ because some projects excluded each other, and the file does not say which. {comment}"
    ),
    "tie": "The winners differ only between projects that were exactly level; the city broke the tie in another way.",
    "local-rule": "The winners differ; the file explains the local rule: {comment}",
    "custom-rule": "The winners differ; the city used a rule of its own, “{rule}”, which the file does not describe.",
    "different": "The winners differ, and the file gives no reason.",
}

_GREEDY = ("greedy", "greedy-threshold", "greedy-no-skip", "greedy-custom", "greedy-exclusive")
_EQUAL_SHARES = ("equalshares/add1", "equalshares/add1-comparison")
_VOTES_MISSING = (
    "online votes only",
    "not been included",
    "are not included",
    "votes were weighted",
    "were removed",
)


@dataclass(frozen=True, slots=True)
class FileRule:
    """The rule a file names, ours for it, and whether the name says all there is to the rule."""

    stated: str
    spec: RuleSpec
    complete: bool


def rule_for(meta: Mapping[str, str]) -> FileRule:
    """Return our rule for the `rule` of META; an unknown one is counted by score, most first, skipping.

    The threshold is `min_project_score_threshold` where there is one. The files do not name the tie rule: we take the
    lower cost, then the higher score, then the smaller id.
    """
    stated = meta.get("rule", "").strip() or "unknown"
    name = stated.lower()
    text = meta.get("min_project_score_threshold", "").strip().split(".")[0]
    threshold = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    if name in _EQUAL_SHARES:
        spec = RuleSpec(
            rule="equal-shares",
            utility="cost",
            completion="add1-until-overspend",
            ties="cost-score-name",
            threshold=threshold,
        )
        return FileRule(stated, spec, complete=True)
    # Poznań's rule ends at the first project that does not fit; a top-up beyond it is marked with 2 in `selected`.
    stops = name in ("greedy-no-skip", "greedy-custom")
    spec = RuleSpec(
        rule="greedy", utility="points-x-cost", ties="cost-score-name", threshold=threshold, skip=not stops
    )
    return FileRule(stated, spec, complete=name in _GREEDY[:3])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our winners beside the official ones (ids in the order of the file) and the kind of difference.

    `official` is None where the file has no official result; `extra` won through extra money or a local rule.
    """

    kind: str
    rule: str
    ours: tuple[str, ...]
    official: tuple[str, ...] | None
    extra: tuple[str, ...] = ()
    only_ours: tuple[str, ...] = ()
    only_official: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def same(self) -> bool | None:
        """Return whether the winners are the same, None where there is nothing to compare with."""
        return None if self.official is None else not (self.only_ours or self.only_official)

    @property
    def text(self) -> str:
        """Return the comparison as a plain English sentence."""
        return COMPARISONS[self.kind].format_map(self.numbers)


def compare_with_official(election: Election, outcome: Outcome | None = None) -> Comparison:
    """Compare the official winners (1 in `selected`) with an outcome, by default that of the file's own rule."""
    meta = dict(election.meta)
    own = rule_for(meta)
    outcome = count(election, own.spec) if outcome is None else outcome
    marks = {project.id: project.column("selected").strip() for project in election.projects}
    comment = " ".join(meta.get("comment", "").split())
    if not any(marks.values()):
        return Comparison("no-official-result", own.stated, outcome.winners, None)
    official = tuple(project for project, mark in marks.items() if mark == "1")
    extra = tuple(project for project, mark in marks.items() if mark not in ("", "0", "1"))
    if not official and not extra:
        return Comparison("no-official-winner", own.stated, outcome.winners, None)
    ours = set(outcome.winners) - set(extra)
    only_ours = tuple(project for project in marks if project in ours and marks[project] != "1")
    only_official = tuple(project for project in official if project not in ours)
    if not only_ours and not only_official:
        kind = "same-with-extra" if extra else "same"
    else:
        kind = _difference(own, outcome, {*only_ours, *only_official}, comment)
    return Comparison(
        kind=kind,
        rule=own.stated,
        ours=outcome.winners,
        official=official,
        extra=extra,
        only_ours=only_ours,
        only_official=only_official,
        numbers={"rule": own.stated, "extra": ", ".join(extra), "comment": comment},
    )


def _difference(own: FileRule, outcome: Outcome, differing: set[str], comment: str) -> str:
    name = own.stated.lower()
    if any(tie.decisive and differing <= set(tie.projects) for tie in outcome.ties):
        return "tie"
    if any(words in comment for words in _VOTES_MISSING):
        return "votes-missing"
    if name == "greedy-exclusive":
        return "exclusions-missing"
    if comment:
        return "local-rule"
    if name == "unknown":
        return "rule-unknown"
    return "different" if own.complete else "custom-rule"
