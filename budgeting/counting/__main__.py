"""Command line: count a Pabulib file under a rule and print the outcome.

Exit codes: 0 counted (or nothing odd found), 1 the file could not be opened, 2 the options are wrong, 3 the file is not a
readable election, 4 `--validate` has remarks on a file that can be counted.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from budgeting.counting.comparing import RuleResult, compare_rules
from budgeting.counting.election import Election
from budgeting.counting.limits import Limits, Quota
from budgeting.counting.money import format_fraction, parse_amount
from budgeting.counting.official import compare_with_official, rule_for
from budgeting.counting.outcome import Outcome
from budgeting.counting.pabulib import PabulibError, ParsedFile, read_pabulib
from budgeting.counting.rankings import RANKINGS, with_rankings
from budgeting.counting.rules import COMPLETIONS, RULES, TIES, UTILITIES, RuleSpec
from budgeting.counting.tally import count

COUNTED, NOT_OPENED, WRONG_OPTIONS, NOT_READABLE, REMARKS = range(5)

_SILENT_S = 2.0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m budgeting.counting",
        description="Count a participatory budget from a Pabulib file and say why each project won or lost.",
        epilog="Exit codes: 0 counted, 1 file not opened, 2 wrong options, 3 file not readable as an election, "
        "4 remarks on a file that can be counted (--validate).",
    )
    parser.add_argument("file", type=Path, metavar="FILE.pb")
    parser.add_argument(
        "--rule",
        choices=(*RULES, "file"),
        default="greedy",
        help="'file' is the rule that the file itself names",
    )
    parser.add_argument("--utility", choices=UTILITIES, default="cost")
    parser.add_argument("--completion", choices=COMPLETIONS, default="none")
    parser.add_argument("--ties", choices=TIES, default="cost-votes-lot")
    parser.add_argument("--seed", default="", help="seed of the published lot (cost-votes-lot)")
    parser.add_argument("--threshold", type=int, default=0, help="least score a project needs")
    parser.add_argument(
        "--no-skip", action="store_true", help="greedy: stop at the first project that does not fit"
    )
    parser.add_argument(
        "--rankings", choices=tuple(RANKINGS), default="borda", help="how ranked ballots become points"
    )
    limits = parser.add_argument_group("what the votes alone do not decide (each may be given several times)")
    limits.add_argument("--fixed", action="append", default=[], metavar="ID", help="wins in any case")
    limits.add_argument(
        "--conflict", action="append", default=[], metavar="ID,ID", help="at most one of these may win"
    )
    limits.add_argument(
        "--needs",
        action="append",
        default=[],
        metavar="ID,ID",
        help="the first may win only after the second",
    )
    limits.add_argument(
        "--quota",
        action="append",
        default=[],
        metavar="COLUMN:NAME=AMOUNT",
        help="most money for the projects with this name in the column, such as category:Sport=20000",
    )
    limits.add_argument(
        "--quota-number",
        action="append",
        default=[],
        metavar="COLUMN:NAME=N",
        help="most projects with this name in the column",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the outcome as canonical JSON")
    shown.add_argument("--compare", action="store_true", help="print a table of rules side by side")
    shown.add_argument("--validate", action="store_true", help="say what is odd in the file, count nothing")
    return parser


class _Progress:
    """Tells on the error output how far a long count has come, every few seconds."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SILENT_S

    def __call__(self, stage: str, number: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SILENT_S
            words = "endowment raised by" if stage == "add1" else "round"
            print(f"{stage}: {words} {number} ...", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; wrong options leave through SystemExit(2)."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        spec = RuleSpec(
            rule="greedy" if options.rule == "file" else options.rule,
            utility=options.utility,
            completion=options.completion,
            ties=options.ties,
            seed=options.seed,
            threshold=options.threshold,
            skip=not options.no_skip,
        )
    except ValueError as error:
        parser.error(str(error))
    try:
        parsed = read_pabulib(options.file)
    except OSError as error:
        print(f"{options.file} could not be opened: {error.strerror}.", file=sys.stderr)
        return NOT_OPENED
    except PabulibError as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return NOT_READABLE
    if options.validate:
        return _validate(parsed)
    try:
        election = _with_options(parsed.election, options)
    except ValueError as error:
        parser.error(str(error))
    if options.rule == "file":
        spec = rule_for(dict(election.meta)).spec
    for warning in parsed.warnings:
        print(f"{options.file}: {warning}", file=sys.stderr)
    if options.compare:
        _print(_table(election, compare_rules(election, spec, progress=_Progress())))
        return COUNTED
    outcome = count(election, spec, progress=_Progress())
    if options.json:
        sys.stdout.buffer.write(outcome.to_json_bytes())
        sys.stdout.buffer.flush()
        return COUNTED
    lines = _summary(outcome, {project.id: project.name for project in election.projects})
    if options.rule == "file":
        lines.append(compare_with_official(election, outcome).text)
    _print(lines)
    return COUNTED


def _print(lines: Sequence[str]) -> None:
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode())
    sys.stdout.buffer.flush()


def _with_options(election: Election, options: argparse.Namespace) -> Election:
    """Return the election with the ways and limits of the options; raise ValueError in words for wrong ones."""
    if options.rankings != "borda":
        election = with_rankings(election, options.rankings)
    limits = Limits(
        fixed=tuple(options.fixed),
        conflicts=tuple(tuple(_ids(group)) for group in options.conflict),
        requires=tuple(_pair(text) for text in options.needs),
        quotas=(
            *(_quota(election, text, money=True) for text in options.quota),
            *(_quota(election, text, money=False) for text in options.quota_number),
        ),
    )
    return replace(election, limits=limits) if limits else election


def _ids(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _pair(text: str) -> tuple[str, str]:
    names = _ids(text)
    if len(names) != 2:
        raise ValueError(f"“{text}” is not two project ids with a comma between them.")
    return names[0], names[1]


def _quota(election: Election, text: str, *, money: bool) -> Quota:
    where, _, amount = text.rpartition("=")
    column, _, name = where.partition(":")
    try:
        most = parse_amount(amount) * (election.money_scale if money else 1)
    except ValueError as error:
        raise ValueError(f"The amount of the quota “{text}” {error}.") from error
    projects = tuple(p.id for p in election.projects if name and name in _ids(p.column(column)))
    if not projects:
        raise ValueError(f"No project fits the quota “{text}”; write COLUMN:NAME=AMOUNT.")
    return Quota(where, projects, **({"most_cost": int(most)} if money else {"most_projects": int(most)}))


def _validate(parsed: ParsedFile) -> int:
    election = parsed.election
    _print(
        [
            f"{len(election.projects)} projects, {election.num_votes} ballots ({len(election.ballots)} different), "
            f"{election.vote_type}, budget {election.money(election.budget)}.",
            *map(str, parsed.warnings),
            f"{len(parsed.warnings)} remarks; the file can be counted."
            if parsed.warnings
            else "Nothing odd was found.",
        ]
    )
    return REMARKS if parsed.warnings else COUNTED


def _table(election: Election, results: Sequence[RuleResult]) -> list[str]:
    rows = [("rule", "projects", "spent", "voters with nothing", "projects per voter")]
    rows += [
        (
            result.name,
            str(len(result.outcome.winners)),
            election.money(result.outcome.total_cost),
            str(result.without),
            format_fraction(result.per_voter, 2),
        )
        for result in results
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]


def _summary(outcome: Outcome, names: dict[str, str]) -> list[str]:
    shown = outcome.as_dict()
    lines = [
        f"{len(outcome.winners)} of {len(names)} projects won; {shown['total_cost']} of {shown['budget']} is spent.",
        f"Voters: {outcome.num_votes}. Digest: {outcome.digest}",
    ]
    lines += [f"{e.project} {names[e.project]}".rstrip() + f": {e.text}" for e in outcome.explanations]
    for tie in outcome.ties:
        effect = "decided who won" if tie.decisive else "changed only the order"
        lines.append(f"Tie at step {tie.step} ({effect}): {', '.join(tie.projects)}.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
