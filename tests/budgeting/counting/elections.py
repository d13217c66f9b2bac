"""Small elections for the counting tests, and a slow, obvious Method of Equal Shares to compare with."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from hypothesis import strategies as st

from budgeting.counting import Election, Project, group_ballots


def election(
    costs: Mapping[str, int] | Sequence[int],
    ballots: Iterable[Iterable[int] | Mapping[int, int]],
    *,
    budget: int,
    vote_type: str = "approval",
    scale: int = 1,
) -> Election:
    """Build an election; ballots name positions, or map positions to points."""
    if not isinstance(costs, Mapping):
        costs = {f"p{position}": cost for position, cost in enumerate(costs)}
    votes = [dict(ballot) if isinstance(ballot, Mapping) else dict.fromkeys(ballot, 1) for ballot in ballots]
    projects = tuple(Project(key, cost) for key, cost in costs.items())
    return Election(projects, group_ballots(votes), budget, scale, vote_type)


@st.composite
def elections(draw: st.DrawFn, *, points: bool = False, most_cost: int = 60) -> Election:
    """Draw small elections with many ties: few different costs, few voters, overlapping ballots."""
    size = draw(st.integers(1, 6))
    costs = draw(st.lists(st.integers(1, most_cost), min_size=size, max_size=size))
    given = st.integers(0, 4) if points else st.just(1)
    ballot = st.dictionaries(st.integers(0, size - 1), given, max_size=size)
    ballots = draw(st.lists(ballot, min_size=1, max_size=8))
    budget = draw(st.integers(1, max(2, sum(costs))))
    return election(costs, ballots, budget=budget, vote_type="cumulative" if points else "approval")


def plain_equal_shares(
    election: Election, utility: str, endowment: Fraction, ranks: Sequence[int]
) -> list[int]:
    """Return the funded projects in order: every voter apart, every number a fraction, every price tried."""
    purses, utilities = [], []
    for ballot in election.ballots:
        for _ in range(ballot.count):
            purses.append(endowment)
            utilities.append(
                {
                    project: _utility(utility, points, election.projects[project].cost)
                    for project, points in zip(ballot.projects, ballot.points, strict=True)
                    if points
                }
            )
    funded: list[int] = []
    while True:
        prices = {}
        for project in range(len(election.projects)):
            price = _price(project, election.projects[project].cost, purses, utilities)
            if project not in funded and price is not None:
                prices[project] = price
        if not prices:
            return funded
        chosen = min(prices, key=lambda project: (prices[project], ranks[project]))
        funded.append(chosen)
        for voter, gains in enumerate(utilities):
            if chosen in gains:
                purses[voter] -= min(purses[voter], prices[chosen] * gains[chosen])


def _utility(utility: str, points: int, cost: int) -> int:
    return {"cost": cost, "cardinality": 1, "points": points, "points-x-cost": points * cost}[utility]


def _price(
    project: int, cost: int, purses: list[Fraction], utilities: list[dict[int, int]]
) -> Fraction | None:
    voters = [voter for voter, gains in enumerate(utilities) if project in gains]
    if not voters or sum(purses[voter] for voter in voters) < cost:
        return None
    voters.sort(key=lambda voter: purses[voter] / utilities[voter][project])
    paid = Fraction(0)
    for place, voter in enumerate(voters):
        price = (cost - paid) / sum(utilities[other][project] for other in voters[place:])
        if price * utilities[voter][project] <= purses[voter]:
            return price
        paid += purses[voter]
    raise AssertionError("affordable, yet no price was found")


def plain_add1(
    election: Election, utility: str, *, exhaustive: bool, ranks: Sequence[int]
) -> tuple[list[int], int]:
    """Return the funded projects and the number of currency units by which Add1 raised the endowment."""
    costs = [project.cost for project in election.projects]
    supported = {
        p for b in election.ballots for p, points in zip(b.projects, b.points, strict=True) if points
    }
    raised = 0
    funded: list[int] = []
    while True:
        endowment = Fraction(election.budget, election.num_votes) + raised * election.money_scale
        further = plain_equal_shares(election, utility, endowment, ranks)
        spent = sum(costs[project] for project in further)
        if spent > election.budget:
            return funded, raised - 1
        funded = further
        missing = supported - set(funded)
        if not missing or (
            exhaustive and all(spent + costs[project] > election.budget for project in missing)
        ):
            return funded, raised
        raised += 1
