"""The greedy rule: go down the list of projects and fund what fits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from budgeting.counting.election import Election
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

    def lost_tie(self, cost: int) -> bool:
        """Return whether the project would have been funded, had the tie rule taken it first."""
        return not self.funded and not self.stopped and len(self.level_with) > 1 and cost <= self.money_at_tie


def greedy_scores(election: Election, spec: RuleSpec) -> tuple[int, ...]:
    """Return the votes or the points by which the rule sorts."""
    return election.points if spec.uses_points else election.supporters


def run_greedy(
    election: Election, spec: RuleSpec, *, projects: Collection[int], money: int, ranks: Sequence[int]
) -> list[Taken]:
    """Go down the list (best value first, ties by rank) with `money` units; return every project as it was met."""
    scores = greedy_scores(election, spec)

    def value(project: int) -> tuple[bool, Fraction]:
        cost = election.projects[project].cost
        if spec.weighs_cost:
            return (False, Fraction(-scores[project]))
        if not cost:
            return (not scores[project], Fraction(0))
        return (False, Fraction(-scores[project], cost)) if scores[project] else (True, Fraction(0))

    ordered = sorted(projects, key=lambda project: (value(project), ranks[project]))
    met: list[Taken] = []
    stopped = False
    for _, level in groupby(ordered, key=value):
        tied = tuple(level)
        money_at_tie = money
        for project in tied:
            cost = election.projects[project].cost
            funded = not stopped and cost <= money
            met.append(Taken(project, len(met) + 1, funded, stopped, money, money_at_tie, tied))
            if funded:
                money -= cost
            elif not spec.skip:
                stopped = True
    return met
