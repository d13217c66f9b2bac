"""Going down the list: by votes, by votes per cost, by points; skipping or stopping."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import RuleSpec, count
from tests.budgeting.counting.elections import election, elections


def test_projects_with_most_votes_win_and_what_does_not_fit_is_passed_over():
    an_election = election([60, 50, 40], [[0]] * 3 + [[1]] * 2 + [[2]], budget=100)

    outcome = count(an_election, RuleSpec())

    assert outcome.winners == ("p0", "p2")
    assert [step.decision for step in outcome.steps] == ["funded", "passed-over", "funded"]
    assert outcome.explanation("p1").text == (
        "Not funded: place 2 with a score of 2; it cost 50 but only 40 was left."
    )


def test_without_skipping_the_count_ends_at_the_first_that_does_not_fit():
    an_election = election([60, 50, 40], [[0]] * 3 + [[1]] * 2 + [[2]], budget=100)

    outcome = count(an_election, RuleSpec(skip=False))

    assert outcome.winners == ("p0",)
    assert [step.decision for step in outcome.steps] == ["funded", "stopped"]
    assert outcome.explanation("p2").numbers["stopped_by"] == "p1"


@pytest.mark.parametrize(
    ("utility", "winners"),
    [("cost", ("p0",)), ("cardinality", ("p1",)), ("points", ("p2",)), ("points-x-cost", ("p2",))],
)
def test_the_utility_decides_the_order(utility, winners):
    ballots = [{0: 1}, {0: 1}, {0: 1}, {1: 1}, {1: 1}, {2: 9}]

    outcome = count(
        election([60, 30, 40], ballots, budget=60, vote_type="cumulative"), RuleSpec(utility=utility)
    )

    assert outcome.winners == winners


def test_a_project_below_the_threshold_cannot_win():
    an_election = election([5, 5], [[0]] * 3 + [[1]] * 2, budget=10)

    outcome = count(an_election, RuleSpec(threshold=3))

    assert outcome.winners == ("p0",)
    assert outcome.explanation("p1").text == "Not funded: its score of 2 is below the 3 that a project needs."


def test_a_project_dearer_than_the_budget_says_so():
    an_election = election([11, 5], [[0], [0], [1]], budget=10)

    outcome = count(an_election, RuleSpec())

    assert outcome.explanation("p0").text == "Not funded: it costs 11, more than the whole budget of 10."


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_a_free_project_never_divides_by_zero(utility):
    an_election = election([0, 0, 5], [[0, 2]], budget=5)

    assert count(an_election, RuleSpec(utility=utility)).winners == ("p0", "p1", "p2")


@given(
    elections(points=True), st.sampled_from(["cost", "cardinality", "points", "points-x-cost"]), st.booleans()
)
@settings(deadline=None, max_examples=100)
def test_every_project_gets_a_reason_and_the_budget_holds(an_election, utility, skip):
    outcome = count(an_election, RuleSpec(utility=utility, skip=skip))

    assert outcome.total_cost <= an_election.budget
    assert [explanation.project for explanation in outcome.explanations] == [
        p.id for p in an_election.projects
    ]
    assert {e.project for e in outcome.explanations if e.won} == set(outcome.winners)
    assert all(e.text.startswith("Funded" if e.won else "Not funded") for e in outcome.explanations)


@given(elections(), st.integers(0, 100))
@settings(deadline=None, max_examples=100)
def test_more_money_never_stops_the_count_earlier(an_election, more):
    richer = election(
        {p.id: p.cost for p in an_election.projects},
        [b.projects for b in an_election.ballots for _ in range(b.count)],
        budget=an_election.budget + more,
    )
    spec = RuleSpec(skip=False)

    assert set(count(an_election, spec).winners) <= set(count(richer, spec).winners)
