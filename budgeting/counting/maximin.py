"""Maximin support: fund next what lets the costs be spread most evenly over the supporters.

Sánchez-Fernández, Fernández-García, Fisteus and Brill, "The maximin support method" (Mathematical Programming 203, 2024)
for committees; with costs: Aziz, Lee and Talmon, "Proportionally Representative Participatory Budgeting" (AAMAS 2018),
where it is called generalised sequential Phragmén. It satisfies PJR for projects of equal cost.

The costs of a set of projects are divided among their supporters, as evenly as possible; the greatest amount that a
voter then bears is the load of the set. In each round, of the projects that still fit into the money left, the one is
funded with which the set has the smallest load.

The load is exact. It is the largest cost(S) / voters who support something in S over all parts S of the set (the max-flow
min-cut theorem). Starting from a part that is surely among the tightest, a flow in whole numbers either shows that the
costs can be spread at that load, or its cut names a tighter part, which is tried next (Dinkelbach, "On nonlinear
fractional programming", Management Science 13, 1967). Loads never fall as the set grows, so that an earlier load of a
project is a bound for a later one, and most projects need not be computed again in most rounds.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Election

_LARGEST = 2**61


@dataclass(frozen=True, slots=True)
class Spread:
    """One round: the project, the load of the set with it (None where nobody supports it), projects level with it."""

    project: int
    load: Fraction | None
    level: tuple[int, ...]


def run_maximin(
    election: Election,
    *,
    projects: Collection[int],
    money: int,
    ranks: Sequence[int],
    funded: Collection[int] = (),
    progress: Callable[[str, int], None],
) -> list[Spread]:
    """Fund projects until none fits into what is left of `money`; those that nobody supports come last, all level."""
    loads = Loads(election)
    won = set(funded)
    left = set(projects)
    # Fixed winners were paid before: nobody bears them.
    chosen: list[int] = []
    lowest: dict[int, Fraction] = {
        p: Fraction(election.projects[p].cost, election.supporters[p]) for p in left if election.supporters[p]
    }
    current = Fraction(0)
    result: list[Spread] = []
    while True:
        left = {p for p in left if election.projects[p].cost <= money}
        open_to = election.permits.allowed(sorted(left), won)
        if not open_to:
            return result
        supported = sorted((p for p in open_to if p in lowest), key=lambda p: (lowest[p], ranks[p]))
        best: Fraction | None = None
        level: list[int] = []
        for project in supported:
            if best is not None and max(lowest[project], current) > best:
                break
            lowest[project] = loads.load([*chosen, project], at_least=max(lowest[project], current))
            if best is None or lowest[project] < best:
                best, level = lowest[project], [project]
            elif lowest[project] == best:
                level.append(project)
        if best is None:
            level = open_to
        else:
            current = best
        progress("maximin", len(result) + 1)
        level.sort(key=ranks.__getitem__)
        taken = level[0]
        result.append(Spread(taken, best, tuple(level)))
        money -= election.projects[taken].cost
        left.remove(taken)
        won.add(taken)
        if best is not None:
            chosen.append(taken)


class Loads:
    """Exact loads of sets of projects."""

    def __init__(self, election: Election) -> None:
        self.costs = [project.cost for project in election.projects]
        self.voters = np.array([ballot.count for ballot in election.ballots], dtype=np.int64)
        entries = election.entries
        self.supports = np.zeros((len(self.costs), len(self.voters)), dtype=np.bool_)
        given = entries.points > 0
        self.supports[entries.projects[given], entries.groups[given]] = True

    def load(self, projects: Sequence[int], *, at_least: Fraction) -> Fraction:
        """Return the load of a set of supported projects, which must be no less than `at_least`."""
        load = at_least
        rows = self.supports[list(projects)]
        kinds, voters = self._merged(rows)
        costs = [self.costs[project] for project in projects]
        while True:
            tighter = _tighter(costs, kinds, voters, load)
            if tighter is None:
                return load
            cost = sum(costs[at] for at in tighter)
            load = Fraction(cost, int(voters[kinds[tighter].any(axis=0)].sum()))

    def _merged(self, rows: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return the different columns of the table that are not empty, and how many voters each stands for."""
        packed = np.packbits(rows, axis=0)
        different, which = np.unique(packed.T, axis=0, return_inverse=True)
        voters = np.bincount(which.ravel(), self.voters, len(different)).astype(np.int64)
        kinds = np.unpackbits(different.T, axis=0, count=len(rows)).astype(np.bool_)
        supported = kinds.any(axis=0)
        return kinds[:, supported], voters[supported]


def _tighter(
    costs: Sequence[int], kinds: NDArray[np.bool_], voters: NDArray[np.int64], load: Fraction
) -> list[int] | None:
    """Return projects that cost more than their supporters can bear at this load, None if the costs can be spread.

    The flow runs from projects through their supporters, in units of 1 / denominator of the load.
    """
    total = sum(costs) * load.denominator
    capacity = int(voters.sum()) * load.numerator
    # Whole numbers beyond 64 bits are rare (costs in cents of a country); Python's own are slower, yet as exact.
    kind = np.int64 if max(total, capacity) < _LARGEST else object
    room = voters.astype(kind) * load.numerator
    flow = np.zeros(kinds.shape, dtype=kind)
    # The fewest supporters first: the others find room elsewhere.
    order = sorted(range(len(costs)), key=lambda at: int(voters[kinds[at]].sum()))
    for project in order:
        missing = costs[project] * load.denominator
        while missing:
            reached = _path(project, kinds, flow, room)
            if isinstance(reached, list):
                return reached
            missing -= _push(reached, kinds, flow, room, missing)
    return None


def _path(
    start: int, kinds: NDArray[np.bool_], flow: NDArray[Any], room: NDArray[Any]
) -> list[int] | tuple[int, ...]:
    """Return the shortest way from a project to one with room (as a tuple), or all that it reaches (as a list)."""
    before = {start: -1}
    queue = [start]
    has_room = room > 0
    for project in queue:
        if (kinds[project] & has_room).any():
            way = [project]
            while before[way[-1]] >= 0:
                way.append(before[way[-1]])
            return tuple(reversed(way))
        movable = (flow[:, kinds[project]] > 0).any(axis=1)
        for other in np.flatnonzero(movable).tolist():
            if other not in before:
                before[other] = project
                queue.append(other)
    return queue


def _push(
    way: tuple[int, ...],
    kinds: NDArray[np.bool_],
    flow: NDArray[Any],
    room: NDArray[Any],
    missing: int,
) -> int:
    """Send as much as possible along the way and return it.

    From each project to the next: the next one's flow in the supporters that both share is taken over, and the next one
    looks for another place; the last one has room.
    """
    amount = min(missing, int(room[kinds[way[-1]]].sum()))
    for project, after in pairwise(way):
        amount = min(amount, int(flow[after][kinds[project]].sum()))
    at = np.flatnonzero(kinds[way[-1]])
    taken = _first(room[at], amount)
    room[at] -= taken
    flow[way[-1], at] += taken
    for project, after in reversed(list(pairwise(way))):
        at = np.flatnonzero(kinds[project])
        taken = _first(flow[after, at], amount)
        flow[after, at] -= taken
        flow[project, at] += taken
    return amount


def _first(amounts: NDArray[Any], wanted: int) -> NDArray[Any]:
    """Return how much to take from each, from the first on, so that it adds up to what is wanted."""
    reached = np.cumsum(amounts)
    return np.clip(wanted - (reached - amounts), 0, amounts)
