"""Sequential Phragmén for projects with costs: money flows to all voters at the same speed, and supporters pool it.

Brill, Freeman, Janson and Lackner, "Phragmén's Voting Methods and Justified Representation" (AAAI 2017) for committees;
with costs: Los, Christoff and Grossi, "Proportional Budget Allocations: Towards a Systematization" (IJCAI 2022), whose
stopping rule we take: as soon as one of the projects next in turn would break the budget, the count ends.
It satisfies priceability, and PJR where all costs are equal.

Every supporter of a project has received the same when it is bought, its `load`: (cost + the loads its supporters
already carry) / number of supporters. All of them carry that load afterwards. So the load of a voter is that of the last
bought project the voter supports, and a handful of exact fractions describes everybody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import numpy as np

from budgeting.counting.election import Election

# Rough loads are sums of a few hundred positive numbers, each rounded once: their relative error is below 1e-13.
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Bought:
    """One round: the project, its load (units per supporter, None where nobody supports it), projects level with it."""

    project: int
    load: Fraction | None
    level: tuple[int, ...]


@dataclass(slots=True)
class Flow:
    """The rounds, and how the count ended: the level projects of which one no longer fits, and what remains."""

    bought: list[Bought] = field(default_factory=list)
    stopped_at: tuple[int, ...] = ()
    stopped_load: Fraction | None = None
    loads: dict[int, Fraction | None] = field(default_factory=dict)


def run_phragmen(
    election: Election,
    *,
    projects: Collection[int],
    money: int,
    ranks: Sequence[int],
    funded: Collection[int] = (),
) -> Flow:
    """Buy projects until one of those next in turn costs more than what is left of `money`.

    Projects that cost more than `money` at the start take no part. Those that nobody supports come last, all level.
    """
    entries = election.entries
    given = entries.points > 0
    rows, groups, voters = entries.projects[given], entries.groups[given], entries.voters[given]
    size = len(election.projects)
    supporters = election.supporters
    carried = np.zeros(len(election.ballots), dtype=np.int64)
    loads = [Fraction(0)]
    left = {project for project in projects if election.projects[project].cost <= money}
    won = set(funded)
    flow = Flow()

    def load_of(project: int, counts: Sequence[int]) -> Fraction | None:
        if not supporters[project]:
            return None
        total = sum((count * loads[at] for at, count in enumerate(counts) if count), Fraction(0))
        return (total + election.projects[project].cost) / supporters[project]

    while True:
        cells = np.bincount(rows * len(loads) + carried[groups], voters, size * len(loads))
        counts = cells.reshape(size, len(loads)).astype(np.int64)
        open_to = election.permits.allowed(sorted(left), won)
        if not open_to:
            break
        rough = counts @ np.array([float(load) for load in loads])
        about = {
            p: (rough[p] + election.projects[p].cost) / supporters[p] if supporters[p] else inf
            for p in open_to
        }
        least = min(about.values())
        near = [p for p in open_to if about[p] <= least * (1 + _CLOSE)]
        exact = {p: load_of(p, counts[p].tolist()) for p in near}
        first = min((load for load in exact.values() if load is not None), default=None)
        level = sorted((p for p in near if exact[p] == first), key=ranks.__getitem__)
        if any(election.projects[p].cost > money for p in level):
            flow.stopped_at, flow.stopped_load = tuple(level), first
            break
        chosen = level[0]
        flow.bought.append(Bought(chosen, first, tuple(level)))
        money -= election.projects[chosen].cost
        left.remove(chosen)
        won.add(chosen)
        if first is not None:
            carried[groups[rows == chosen]] = len(loads)
            loads.append(first)
    flow.loads = {p: load_of(p, counts[p].tolist()) for p in sorted(left)}
    return flow
