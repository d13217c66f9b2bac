"""Invented ballots for rehearsals: seeded, so that anybody gets the same ones, and shaped like those of real cities.

What is taken from real elections (measured on the public Pabulib files named at each set of habits): how many projects
people name, how unequal the support of projects is (standard deviation of the logarithm of supporters), how it goes with
cost (correlation of logarithms), and how much more often two projects of one category are named together (the logarithm
of lift is higher by 0.2 to 0.35 in Warsaw 2022-2024, Lodz 2024 and an Amsterdam file). How much people prefer projects of
their own area is in no public file, for good reasons; `near` is an assumption, and can be set.

Model: project p has an attraction a_p, lognormal and correlated with its cost. A voter of area x with a taste for one
category draws a number of projects n and takes the n largest of log a_p + log(near) [same area] + log(taste) [same category]
+ Gumbel noise, which is sampling without replacement in proportion to the weights (Efraimidis and Spirakis 2006).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Election, Project, group_ballots

Floats = NDArray[np.float64]
_CHUNK = 20_000
MOST_VOTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Habits:
    """How people vote. lengths[n - 1] is the share of ballots that name n projects.

    spread: standard deviation of log supporters. with_cost: correlation of log supporters and log cost. near, taste: how
    many times likelier a project of one's own area, of one's favourite category is to be named.
    """

    lengths: tuple[float, ...]
    spread: float = 0.7
    with_cost: float = 0.2
    near: float = 3.0
    taste: float = 3.0


HABITS = {
    # Lodz 2022 and 2024, districts: up to 5 projects.
    "few": Habits((0.25, 0.20, 0.16, 0.17, 0.22), spread=0.7, with_cost=0.2),
    # Warsaw 2022 to 2024, districts: up to 15 projects.
    "many": Habits(
        (0.10, 0.05, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.04, 0.03, 0.03, 0.03, 0.03, 0.48),
        spread=0.65,
        with_cost=0.4,
    ),
    # Gdynia 2020 to 2024: up to 3 projects.
    "three": Habits((0.28, 0.10, 0.62), spread=0.8, with_cost=0.4),
    # Cambridge 2019, Budapest VIII 2023: nearly everybody names 5.
    "five": Habits((0.02, 0.01, 0.01, 0.03, 0.93), spread=0.75, with_cost=0.3),
}


def habits_of(election: Election) -> Habits:
    """Measure the habits of the voters of a real election; `near` and `taste` keep their defaults."""
    lengths = np.zeros(max((len(ballot.projects) for ballot in election.ballots), default=1) or 1)
    for ballot in election.ballots:
        if ballot.projects:
            lengths[len(ballot.projects) - 1] += ballot.count
    supporters = np.array(election.supporters, dtype=np.float64)
    costs = np.array([project.cost for project in election.projects], dtype=np.float64)
    known = (supporters > 0) & (costs > 0)
    if not lengths.sum() or known.sum() < 3:
        return HABITS["few"]
    liked, dear = np.log(supporters[known]), np.log(costs[known])
    varied = liked.std() > 0 and dear.std() > 0
    return Habits(
        tuple((lengths / lengths.sum()).tolist()),
        spread=float(liked.std()),
        with_cost=float(np.corrcoef(liked, dear)[0, 1]) if varied else 0.0,
    )


def synthetic_election(
    projects: Sequence[Project],
    *,
    budget: int,
    voters: int,
    seed: str,
    habits: Habits,
    vote_type: str = "approval",
    money_scale: int = 1,
    most_projects: int | None = None,
    most_cost: int | None = None,
    points: int = 10,
) -> Election:
    """Return an election on these projects (costs and budget in units of 1/`money_scale`) with so many invented ballots.

    Areas and categories are read from the projects' columns `area` and `category` where they have them. No ballot names more than
    `most_projects` or costs more than `most_cost` units. On cumulative ballots `points` are shared out, more for favourites; on
    ordinal ballots the order is that of liking. Raises ValueError for fewer than 1 or more than 1,000,000 voters.
    """
    if not 1 <= voters <= MOST_VOTERS:
        raise ValueError(f"The number of voters must be from 1 to {MOST_VOTERS}.")
    if not projects:
        raise ValueError("There must be at least one project.")
    chance = np.random.RandomState(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big"))
    costs = np.array([max(project.cost, 1) for project in projects], dtype=np.float64)
    weights = _attraction(np.log(costs), habits, chance)
    areas, categories = (_numbers([p.column(name) for p in projects]) for name in ("area", "category"))
    shares = np.cumsum(np.array(habits.lengths) / sum(habits.lengths))
    longest = min(len(projects), most_projects or len(projects))
    ballots: list[dict[int, int]] = []
    for start in range(0, voters, _CHUNK):
        some = min(_CHUNK, voters - start)
        lengths = np.minimum(np.searchsorted(shares, chance.random_sample(some), side="right") + 1, longest)
        lengths = np.minimum(lengths, len(habits.lengths))
        liking = weights - np.log(
            -np.log(chance.random_sample((some, len(projects))).clip(1e-300, 1 - 1e-16))
        )
        for kinds, factor in ((areas, habits.near), (categories, habits.taste)):
            if len(set(kinds.tolist()) - {-1}) > 1:
                own = chance.randint(0, int(kinds.max()) + 1, size=some)
                liking += np.where(own[:, None] == kinds[None, :], np.log(factor), 0.0)
        order = np.argsort(-liking, axis=1, kind="stable")[:, : int(lengths.max())]
        ballots += [
            _ballot(row[:length], projects, vote_type, most_cost, points)
            for row, length in zip(order.tolist(), lengths.tolist(), strict=True)
        ]
    bare = tuple(replace(project, columns=()) for project in projects)
    return Election(bare, group_ballots(ballots), budget, money_scale, vote_type)


def _attraction(log_costs: Floats, habits: Habits, chance: np.random.RandomState) -> Floats:
    noise = chance.standard_normal(len(log_costs))
    if log_costs.std() > 0:
        dear = (log_costs - log_costs.mean()) / log_costs.std()
        noise = habits.with_cost * dear + np.sqrt(max(0.0, 1 - habits.with_cost**2)) * noise
    attraction: Floats = habits.spread * noise
    return attraction


def _numbers(names: Sequence[str]) -> NDArray[np.int64]:
    known = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)


def _ballot(
    liked: Sequence[int], projects: Sequence[Project], vote_type: str, most_cost: int | None, points: int
) -> dict[int, int]:
    if most_cost is not None:
        left, kept = most_cost, []
        for project in liked:
            if projects[project].cost <= left:
                kept.append(project)
                left -= projects[project].cost
        liked = kept
    if vote_type == "cumulative":
        # d'Hondt over falling weights: whole points, most for the favourite, as many projects as there are points for.
        given = dict.fromkeys(liked[:points], 1)
        for turn in range(points - len(given)):
            given[liked[turn % max(1, (len(given) + 1) // 2)]] += 1
        return given if liked else {}
    if vote_type == "ordinal":
        return {project: len(liked) - place for place, project in enumerate(liked)}
    return dict.fromkeys(liked, 1)
