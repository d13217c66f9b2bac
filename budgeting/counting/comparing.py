"""Several rules on the same election side by side: what each funds, spends, and leaves without anything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from budgeting.counting.election import Election
from budgeting.counting.outcome import Outcome
from budgeting.counting.rules import RuleSpec
from budgeting.counting.tally import count

SIDE_BY_SIDE: dict[str, dict[str, str]] = {
    "greedy by votes": {"rule": "greedy", "utility": "cost"},
    "greedy by votes per cost": {"rule": "greedy", "utility": "cardinality"},
    "equal shares": {"rule": "equal-shares", "utility": "cost"},
    "equal shares, add1, greedy": {
        "rule": "equal-shares",
        "utility": "cost",
        "completion": "add1+utilitarian",
    },
    "phragmen": {"rule": "phragmen"},
    "maximin": {"rule": "maximin"},
}


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule beside others: `without` voters support no winner; `per_voter` winners does a voter support on average."""

    name: str
    outcome: Outcome
    without: int
    per_voter: Fraction


def compare_rules(
    election: Election,
    base: RuleSpec,
    names: Iterable[str] = tuple(SIDE_BY_SIDE),
    *,
    progress: Callable[[str, int], None] | None = None,
) -> list[RuleResult]:
    """Count under each of these rules of `SIDE_BY_SIDE`, with tie rule, seed and threshold of the base."""
    results = []
    for name in names:
        settings = SIDE_BY_SIDE[name]
        rule = replace(base, **({"completion": "none", "skip": True} | settings))  # type: ignore[arg-type]
        results.append(_result(name, election, count(election, rule, progress=progress)))
    return results


def _result(name: str, election: Election, outcome: Outcome) -> RuleResult:
    won = set(outcome.winners)
    is_winner = np.array([project.id in won for project in election.projects], dtype=np.int64)
    entries = election.entries
    supported = np.bincount(
        entries.groups,
        weights=is_winner[entries.projects] * (entries.points > 0),
        minlength=len(election.ballots),
    ).astype(np.int64)
    counts = election.ballots.counts
    return RuleResult(
        name=name,
        outcome=outcome,
        without=int(counts[supported == 0].sum()),
        per_voter=Fraction(int((supported * counts).sum()), election.num_votes or 1),
    )
