"""The greedy rule: go down the list of projects and fund what fits.

Talmon and Faliszewski, "A Framework for Approval-Based Budgeting Methods" (AAAI 2019): greedy by votes where a voter
gains the cost of a project, greedy by votes per cost where a voter gains one from each. With skipping the outcome is
exhaustive: no project that has not won fits into the money left.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from budgeting.counting.election import Election
from budgeting.counting.limits import Block, Permits
from budgeting.counting.rules import RuleSpec


@dataclass(frozen=True, slots=True)
class Taken:
    """One project as the greedy rule met it; money in units. `level_with` are the others with the same value."""

    project: int
    rank: int
    funded: bool
    stopped: bool
    money_before: int
    money_at_tie: int
    level_with: tuple[int, ...]
    block: Block | None = None

    def lost_tie(self, cost: int) -> bool:
        """Return whether the project would have been funded, had the tie rule taken it first."""
        return (
            not self.funded
            and not self.stopped
            and self.block is None
            and len(self.level_with) > 1
            and cost <= self.money_at_tie
        )


def greedy_scores(election: Election, spec: RuleSpec) -> tuple[int, ...]:
    """Return the votes or the points by which the rule sorts."""
    return election.points if spec.uses_points else election.supporters


def run_greedy(
    election: Election,
    spec: RuleSpec,
    *,
    projects: Collection[int],
    money: int,
    ranks: Sequence[int],
    funded: Collection[int] = (),
) -> list[Taken]:
    """Go down the list (best value first, ties by rank) with `money` units; return every project as it was met.

    `funded` are projects that have won before and that the limits of the election look at.
    """
    permits = election.permits
    scores = greedy_scores(election, spec)

    def value(project: int) -> tuple[bool, Fraction]:
        cost = election.projects[project].cost
        if spec.weighs_cost:
            return (False, Fraction(-scores[project]))
        if not cost:
            return (not scores[project], Fraction(0))
        return (False, Fraction(-scores[project], cost)) if scores[project] else (True, Fraction(0))

    ordered = sorted(projects, key=lambda project: (value(project), ranks[project]))
    levels = {
        project: level
        for _, group in groupby(ordered, key=value)
        for level in [tuple(group)]
        for project in level
    }
    money_at: dict[tuple[int, ...], int] = {}
    met: list[Taken] = []
    won = set(funded)
    stopped = False
    while ordered:
        # A project that needs another one waits until that one is funded; then it is the first again.
        project, block = _next(ordered, permits, won)
        ordered.remove(project)
        level = levels[project]
        money_at.setdefault(level, money)
        cost = election.projects[project].cost
        takes = not stopped and block is None and cost <= money
        met.append(Taken(project, len(met) + 1, takes, stopped, money, money_at[level], level, block))
        if takes:
            money -= cost
            won.add(project)
        elif not spec.skip and block is None:
            stopped = True
    return met


def _next(ordered: Sequence[int], permits: Permits, won: Collection[int]) -> tuple[int, Block | None]:
    for project in ordered:
        block = permits.block(project, won)
        if block is None or block.for_good:
            return project, block
    return ordered[0], permits.block(ordered[0], won)
