"""Slow, obvious versions of the rules and of what they promise, with every voter apart and every set tried."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations

from budgeting.counting import Election


def voters_of(election: Election) -> list[dict[int, int]]:
    """Return one mapping of supported project to points for each voter."""
    return [
        {p: points for p, points in zip(ballot.projects, ballot.points, strict=True) if points}
        for ballot in election.ballots
        for _ in range(ballot.count)
    ]


def parts(items: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield every part of the items that is not empty."""
    items = tuple(items)
    return chain.from_iterable(combinations(items, size) for size in range(1, len(items) + 1))


def plain_phragmen(election: Election, ranks: Sequence[int]) -> list[int]:
    costs = [project.cost for project in election.projects]
    voters = voters_of(election)
    loads = [Fraction(0)] * len(voters)
    money = election.budget
    left = {p for p, cost in enumerate(costs) if cost <= money}
    funded: list[int] = []
    while left:
        needed = {}
        for project in left:
            who = [voter for voter, named in enumerate(voters) if project in named]
            if who:
                needed[project] = (costs[project] + sum(loads[voter] for voter in who)) / len(who)
        least = min(needed.values()) if needed else None
        level = [p for p in left if p in needed and needed[p] == least] if needed else list(left)
        if any(costs[project] > money for project in level):
            break
        chosen = min(level, key=ranks.__getitem__)
        funded.append(chosen)
        left.remove(chosen)
        money -= costs[chosen]
        for voter, named in enumerate(voters):
            if chosen in named:
                loads[voter] = Fraction(least)
    return funded


def plain_load(election: Election, projects: Sequence[int]) -> Fraction | None:
    """Return the most any voter bears when the costs are spread as evenly as can be; None where one has no supporter."""
    voters = voters_of(election)
    if any(all(project not in named for named in voters) for project in projects):
        return None
    return max(
        Fraction(
            sum(election.projects[project].cost for project in part),
            sum(1 for named in voters if not named.keys().isdisjoint(part)),
        )
        for part in parts(projects)
    )


def plain_maximin(election: Election, ranks: Sequence[int]) -> list[int]:
    costs = [project.cost for project in election.projects]
    money = election.budget
    funded: list[int] = []
    while True:
        left = [p for p, cost in enumerate(costs) if p not in funded and cost <= money]
        if not left:
            return funded
        loads = {project: plain_load(election, [*funded, project]) for project in left}
        known = [load for load in loads.values() if load is not None]
        least = min(known) if known else None
        chosen = min((p for p in left if loads[p] == least), key=ranks.__getitem__)
        funded.append(chosen)
        money -= costs[chosen]


def without_their_share(election: Election, winners: set[int], utility: str) -> list[tuple[int, ...]]:
    """Return the groups of voters that extended justified representation up to one project is denied to.

    Peters, Pierczyński and Skowron (2021), Definition 4: a group that could pay for the projects T with its part of the
    budget, each member gaining at least a(p) from each p in T, must have a member who gains as much as a(T) from the
    winners, or would gain more than that with one further project of T.
    """
    voters = voters_of(election)
    costs = [project.cost for project in election.projects]

    def gain(voter: int, project: int) -> int:
        points = voters[voter].get(project, 0)
        return {
            "cost": costs[project] * (points > 0),
            "cardinality": int(points > 0),
            "points": points,
            "points-x-cost": points * costs[project],
        }[utility]

    denied = []
    for group in parts(range(len(voters))):
        common = set.intersection(*(set(voters[voter]) for voter in group))
        for wanted in parts(common):
            if sum(costs[p] for p in wanted) * len(voters) > len(group) * election.budget:
                continue
            promised = sum(min(gain(voter, p) for voter in group) for p in wanted)
            if not any(
                had >= promised or any(p not in winners and had + gain(voter, p) > promised for p in wanted)
                for voter in group
                for had in [sum(gain(voter, p) for p in winners)]
            ):
                denied.append(group)
    return denied


def without_seats(election: Election, winners: set[int]) -> list[tuple[int, ...]]:
    """Return the groups that proportional justified representation is denied to, where every project costs one unit.

    Sánchez-Fernández et al., "Proportional Justified Representation" (AAAI 2017): a group that makes up l shares of the
    voters and agrees on l projects must support l winners between them.
    """
    voters = voters_of(election)
    denied = []
    for group in parts(range(len(voters))):
        common = set.intersection(*(set(voters[voter]) for voter in group))
        deserved = min(len(common), len(group) * election.budget // len(voters))
        supported = winners & set().union(*(voters[voter] for voter in group))
        if len(supported) < deserved:
            denied.append(group)
    return denied
