"""The result of a count: winners, every step, every tie and the reason for each project, as data."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from budgeting.counting.explain import sentence
from budgeting.counting.money import format_amount
from budgeting.counting.rules import RuleSpec

VERSION = "1"

Numbers = Mapping[str, "int | str | list[str]"]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision in its order. `decision` is `funded`, `passed-over` or `stopped`; `stage` says who decided."""

    number: int
    stage: str
    project: str
    decision: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that were exactly level, in the order in which the tie rule takes them.

    `decisive` says that some of them won and some did not.
    """

    step: int
    stage: str
    projects: tuple[str, ...]
    decisive: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one project won or lost: a kind (`explain.SENTENCES`) and its numbers; money is decimal text."""

    project: str
    won: bool
    kind: str
    numbers: Numbers

    @property
    def text(self) -> str:
        """Return the reason as a plain English sentence."""
        return sentence(self.kind, self.numbers)


@dataclass(frozen=True)
class Outcome:
    """Everything a count has to say. Money is in units of 1/`money_scale` currency."""

    rule: RuleSpec
    election_digest: str
    winners: tuple[str, ...]
    budget: int
    total_cost: int
    money_scale: int
    num_votes: int
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]
    explanations: tuple[Explanation, ...]
    details: Numbers = field(default_factory=dict)
    version: str = VERSION

    @property
    def money_left(self) -> int:
        """Return the part of the budget that was not spent, in units."""
        return self.budget - self.total_cost

    def explanation(self, project_id: str) -> Explanation:
        """Return why this project won or lost; raise KeyError for an unknown id."""
        return self._by_id[project_id]

    @cached_property
    def _by_id(self) -> dict[str, Explanation]:
        return {explanation.project: explanation for explanation in self.explanations}

    def as_dict(self) -> dict[str, object]:
        """Return the outcome as plain data for JSON; winners are sorted as text, money is decimal text."""
        return {
            "version": self.version,
            "rule": self.rule.rule,
            "utility": self.rule.utility,
            "completion": self.rule.completion,
            "ties": self.rule.ties,
            "seed": self.rule.seed,
            "threshold": self.rule.threshold,
            "skip": self.rule.skip,
            "election": self.election_digest,
            "num_votes": self.num_votes,
            "winners": sorted(self.winners),
            "total_cost": format_amount(self.total_cost, self.money_scale),
            "budget": format_amount(self.budget, self.money_scale),
            "details": dict(self.details),
            "steps": [
                {
                    "number": step.number,
                    "stage": step.stage,
                    "project": step.project,
                    "decision": step.decision,
                    "numbers": dict(step.numbers),
                }
                for step in self.steps
            ],
            "ties_met": [
                {
                    "step": tie.step,
                    "stage": tie.stage,
                    "projects": list(tie.projects),
                    "decisive": tie.decisive,
                }
                for tie in self.ties
            ],
            "explanations": [
                {
                    "project": explanation.project,
                    "won": explanation.won,
                    "kind": explanation.kind,
                    "numbers": dict(explanation.numbers),
                    "text": explanation.text,
                }
                for explanation in self.explanations
            ],
        }

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON without the digest itself."""
        return hashlib.sha256(_canonical(self.as_dict())).hexdigest()

    def to_json_bytes(self) -> bytes:
        """Return canonical JSON (sorted keys, UTF-8, one line feed at the end): same count, same bytes."""
        return _canonical(self.as_dict() | {"digest": self.digest}) + b"\n"


def _canonical(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()
