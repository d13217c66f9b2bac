"""Sequential Phragmén and maximin support against slow and obvious ones, and what the proportional rules promise."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting.counting import RuleSpec, count, tie_ranks
from tests.budgeting.counting.elections import election, elections
from tests.budgeting.counting.plain import (
    plain_load,
    plain_maximin,
    plain_phragmen,
    without_seats,
    without_their_share,
)

PLAIN = {"phragmen": plain_phragmen, "maximin": plain_maximin}


def funded_in_order(outcome):
    return [step.project for step in outcome.steps if step.decision == "funded"]


def positions(an_election, ids):
    return {at for at, project in enumerate(an_election.projects) if project.id in ids}


@pytest.mark.parametrize("rule", PLAIN)
@given(an_election=elections(), ties=st.sampled_from(["lexicographic", "cost-score-name"]))
@settings(deadline=None, max_examples=150)
def test_rounds_are_those_of_plain_fractions(rule, an_election, ties):
    outcome = count(an_election, RuleSpec(rule, ties=ties))

    plain = PLAIN[rule](an_election, tie_ranks(an_election, ties))
    assert funded_in_order(outcome) == [an_election.projects[at].id for at in plain]


@given(elections(most_cost=10**6))
@settings(deadline=None, max_examples=60)
def test_maximin_names_the_load_that_nobody_exceeds(an_election):
    outcome = count(an_election, RuleSpec("maximin", ties="lexicographic"))

    funded = funded_in_order(outcome)
    assume(funded and an_election.supporters[positions(an_election, funded[-1:]).pop()])
    load = plain_load(an_election, sorted(positions(an_election, funded)))
    assert outcome.steps[-1].numbers["load"] == f"{float(load * 100 // 1) / 100:.2f}".rstrip("0").rstrip(".")


def test_numbers_beyond_64_bits_are_spread_exactly():
    an_election = election(
        [10**15, 10**15 - 1, 10**15 + 1], [[0, 1]] * 3 + [[1, 2]] * 4 + [[0, 2]] * 5, budget=10**16
    )

    outcome = count(an_election, RuleSpec("maximin", ties="lexicographic"))

    assert funded_in_order(outcome) == [
        an_election.projects[at].id
        for at in plain_maximin(an_election, tie_ranks(an_election, "lexicographic"))
    ]


@pytest.mark.parametrize("rule", ["phragmen", "maximin", "equal-shares"])
@given(an_election=elections(most_cost=1))
@settings(deadline=None, max_examples=60)
def test_groups_that_agree_get_their_seats_where_every_project_costs_the_same(rule, an_election):
    outcome = count(an_election, RuleSpec(rule, ties="lexicographic"))

    assert without_seats(an_election, positions(an_election, outcome.winners)) == []


def test_greedy_denies_seats_that_the_others_give():
    """The check above can fail: a third of the voters gets nothing under greedy."""
    an_election = election([1] * 6, [[0, 1, 2]] * 4 + [[3, 4, 5]] * 2, budget=3)

    assert without_seats(an_election, positions(an_election, count(an_election, RuleSpec()).winners)) != []


@given(
    st.booleans().flatmap(lambda points: elections(points=points)),
    st.sampled_from(["cost", "cardinality", "points", "points-x-cost"]),
)
@settings(deadline=None, max_examples=80)
def test_equal_shares_gives_groups_their_share_up_to_one_project(an_election, utility):
    outcome = count(an_election, RuleSpec("equal-shares", utility, ties="lexicographic"))

    assert without_their_share(an_election, positions(an_election, outcome.winners), utility) == []


def test_greedy_denies_a_share_that_equal_shares_gives():
    """The check above can fail: a third of the voters gets nothing under greedy."""
    an_election = election([20] * 5, [[0, 1, 2]] * 4 + [[3, 4]] * 2, budget=60)

    denied = without_their_share(
        an_election, positions(an_election, count(an_election, RuleSpec()).winners), "cost"
    )

    assert set(denied) == {(4, 5)}


@pytest.mark.parametrize(
    "spec",
    [
        RuleSpec("greedy", "cardinality"),
        RuleSpec("greedy"),
        RuleSpec("maximin"),
        RuleSpec("phragmen", completion="utilitarian"),
        RuleSpec("equal-shares", completion="add1+utilitarian"),
    ],
    ids=lambda spec: f"{spec.rule} {spec.completion}",
)
@given(an_election=elections())
@settings(deadline=None, max_examples=50)
def test_nothing_more_fits_at_the_end(spec, an_election):
    outcome = count(an_election, spec)

    left = [project.cost for project in an_election.projects if project.id not in outcome.winners]
    assert all(cost > outcome.money_left for cost in left)


@given(elections(), st.data())
@settings(deadline=None, max_examples=100)
def test_a_winner_by_votes_stays_one_with_another_vote_or_a_lower_cost(an_election, data):
    winners = positions(an_election, count(an_election, RuleSpec(ties="lexicographic")).winners)
    assume(winners)
    winner = data.draw(st.sampled_from(sorted(winners)))
    costs = [project.cost for project in an_election.projects]
    ballots = [set(ballot.projects) for ballot in an_election.ballots for _ in range(ballot.count)]
    if data.draw(st.booleans()):
        costs[winner] -= data.draw(st.integers(0, costs[winner] - 1))
    else:
        ballots[data.draw(st.integers(0, len(ballots) - 1))].add(winner)

    changed = election(costs, ballots, budget=an_election.budget)

    assert f"p{winner}" in count(changed, RuleSpec(ties="lexicographic")).winners


def test_phragmen_ends_where_the_next_project_does_not_fit_and_says_so():
    an_election = election([40, 50, 20, 30], [[0, 1]] * 3 + [[1]] * 2 + [[2], [3]], budget=80)

    outcome = count(an_election, RuleSpec("phragmen", ties="lexicographic"))

    assert [outcome.explanation(project).text for project in ("p1", "p2", "p0", "p3")] == [
        "Funded in round 1: its 5 supporters could pay the 50 together when every voter had been given 10.",
        "Funded in round 2: its 1 supporters could pay the 20 together when every voter had been given 20.",
        "Not funded: it was next, when every voter would have been given 23.33, but it cost 40 and only 10 was left. "
        "With that the count ended.",
        "Not funded: the count ended when p0 no longer fitted the budget, after every voter had been given 23.33. "
        "Its 1 supporters would have needed 30 each.",
    ]


def test_phragmen_ends_at_a_tie_of_which_one_does_not_fit():
    an_election = election([10, 10, 10], [[0], [1], [2]], budget=20)

    outcome = count(an_election, RuleSpec("phragmen", ties="lexicographic"))

    assert outcome.winners == ("p0", "p1")
    assert [(tie.step, tie.projects, tie.decisive) for tie in outcome.ties] == [
        (1, ("p0", "p1", "p2"), True),
        (2, ("p1", "p2"), True),
    ]


@pytest.mark.parametrize("rule", PLAIN)
def test_what_nobody_supports_comes_last(rule):
    an_election = election([5, 10], [[1]], budget=15)

    outcome = count(an_election, RuleSpec(rule))

    assert [step.project for step in outcome.steps] == ["p1", "p0"]
    assert outcome.explanation("p0").kind == "funded-without-support"
    assert count(an_election, RuleSpec(rule, threshold=1)).winners == ("p1",)
