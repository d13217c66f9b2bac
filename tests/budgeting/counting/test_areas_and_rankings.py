"""Areas with amounts of their own, ways to read rankings, and rules side by side."""

from fractions import Fraction

import pytest

from budgeting.counting import (
    Election,
    Project,
    RuleSpec,
    compare_rules,
    count,
    count_areas,
    group_ballots,
    split_areas,
    with_rankings,
)
from tests.budgeting.counting.elections import election


def two_districts():
    projects = tuple(
        Project(name, cost, columns=(("district", district),))
        for name, cost, district in [
            ("a", 6, "North"),
            ("b", 4, "South"),
            ("c", 5, "North"),
            ("d", 3, "South"),
        ]
    )
    ballots = [{0: 1, 1: 1}, {0: 1}, {2: 1, 3: 1}, {1: 1}, {}]
    return Election(projects, group_ballots(ballots), budget=20)


def test_each_area_has_its_own_projects_voters_and_money():
    north, south = split_areas(two_districts(), "district", {"North": 10, "South": 4}).values()

    assert [(p.id, p.cost) for p in north.projects] == [("a", 6), ("c", 5)]
    assert (north.num_votes, north.votes, north.budget) == (3, (2, 1), 10)
    assert (south.num_votes, south.votes, south.budget) == (3, (2, 1), 4)


def test_areas_are_counted_apart():
    outcomes = count_areas(
        two_districts(), RuleSpec(ties="lexicographic"), "district", {"North": 10, "South": 4}
    )

    assert {area: outcome.winners for area, outcome in outcomes.items()} == {"North": ("a",), "South": ("b",)}


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ({"North": 10}, "The project “b” is in the area “South”, which has no amount."),
        ({"North": 10, "South": 11}, "The amounts of the areas exceed the budget together."),
    ],
)
def test_amounts_that_do_not_fit_are_refused(amounts, words):
    with pytest.raises(ValueError, match="area") as refused:
        split_areas(two_districts(), "district", amounts)

    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("way", "points"),
    [
        ("borda", (3, 2, 1, 0, 0)),
        ("borda-from-zero", (2, 1, 0, 0, 0)),
        ("harmonic", (720_720, 360_360, 240_240, 180_180, 180_180)),
        ("approval", (1, 1, 1, 1, 1)),
        ("first-place", (1, 0, 0, 0, 0)),
    ],
)
def test_a_ranking_becomes_points_in_the_way_named(way, points):
    """Five places where only three bring points in the file: the last two are alike."""
    ranked = election([1] * 5, [{4: 3, 2: 2, 0: 1, 1: 0, 3: 0}], budget=2, vote_type="ordinal")

    assert [with_rankings(ranked, way).points[project] for project in (4, 2, 0, 1, 3)] == list(points)


def test_the_way_to_read_rankings_can_decide():
    ranked = election([1, 1], [{0: 2}] * 3 + [{1: 2, 0: 1}] * 4, budget=1, vote_type="ordinal")

    def winner(way):
        return count(with_rankings(ranked, way), RuleSpec(utility="points-x-cost")).winners

    assert (winner("borda"), winner("first-place")) == (("p0",), ("p1",))


def test_only_rankings_are_read_as_rankings():
    with pytest.raises(ValueError, match="not rankings"):
        with_rankings(election([1], [[0]], budget=1), "harmonic")
    with pytest.raises(ValueError, match="rankings is “dice”"):
        with_rankings(election([1], [{0: 1}], budget=1, vote_type="ordinal"), "dice")


def test_rules_side_by_side_say_who_gets_nothing():
    an_election = election([20] * 4, [[0, 1, 2]] * 4 + [[3]] * 2, budget=60)

    results = {r.name: r for r in compare_rules(an_election, RuleSpec(ties="lexicographic"))}

    assert (results["greedy by votes"].without, results["equal shares"].without) == (2, 0)
    assert results["greedy by votes"].per_voter == Fraction(12, 6)
