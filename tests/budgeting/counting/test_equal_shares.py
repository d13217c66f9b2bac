"""The Method of Equal Shares against a slow and obvious one, and its own promises."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import RuleSpec, count, tie_ranks
from tests.budgeting.counting.elections import election, elections, plain_add1, plain_equal_shares

UTILITIES = ("cost", "cardinality", "points", "points-x-cost")


def funded_in_order(outcome):
    return [step.project for step in outcome.steps if step.stage == "equal-shares"]


def ids(an_election, positions):
    return [an_election.projects[position].id for position in positions]


@given(st.booleans().flatmap(lambda points: elections(points=points)), st.sampled_from(UTILITIES))
@settings(deadline=None, max_examples=300)
def test_rounds_are_those_of_plain_fractions(an_election, utility):
    spec = RuleSpec("equal-shares", utility, ties="lexicographic")
    endowment = Fraction(an_election.budget, an_election.num_votes)

    outcome = count(an_election, spec)

    plain = plain_equal_shares(an_election, utility, endowment, tie_ranks(an_election, spec.ties))
    assert funded_in_order(outcome) == ids(an_election, plain)


@given(
    st.booleans().flatmap(lambda points: elections(points=points, most_cost=40)),
    st.sampled_from(UTILITIES),
    st.sampled_from(["add1", "add1-until-overspend"]),
)
@settings(deadline=None, max_examples=150)
def test_add1_skips_ahead_without_missing_a_step(an_election, utility, completion):
    spec = RuleSpec("equal-shares", utility, completion, ties="lexicographic")

    outcome = count(an_election, spec)

    plain, raised = plain_add1(
        an_election, utility, exhaustive=completion == "add1", ranks=tie_ranks(an_election, spec.ties)
    )
    assert (funded_in_order(outcome), outcome.details["raised_by"]) == (ids(an_election, plain), raised)


@given(elections(most_cost=900), st.sampled_from(["cost", "cardinality"]))
@settings(deadline=None, max_examples=25)
def test_add1_agrees_over_hundreds_of_steps(an_election, utility):
    spec = RuleSpec("equal-shares", utility, "add1-until-overspend", ties="lexicographic")

    outcome = count(an_election, spec)

    plain, raised = plain_add1(
        an_election, utility, exhaustive=False, ranks=tie_ranks(an_election, spec.ties)
    )
    assert (funded_in_order(outcome), outcome.details["raised_by"]) == (ids(an_election, plain), raised)


def test_a_third_of_the_voters_gets_a_third_of_the_money():
    ballots = [[0, 1, 2, 3]] * 4 + [[4, 5]] * 2

    outcome = count(election([10] * 6, ballots, budget=60), RuleSpec("equal-shares", ties="lexicographic"))

    assert outcome.winners == ("p0", "p1", "p2", "p3", "p4", "p5")


def test_a_minority_wins_what_greedy_denies_it():
    ballots = [[0, 1, 2]] * 4 + [[3]] * 2
    an_election = election([20] * 4, ballots, budget=60)

    shares = count(an_election, RuleSpec("equal-shares", ties="lexicographic"))
    greedy = count(an_election, RuleSpec("greedy", ties="lexicographic"))

    assert shares.winners == ("p0", "p1", "p3")
    assert greedy.winners == ("p0", "p1", "p2")


def test_supporters_who_can_just_pay_to_the_last_cent_do_pay():
    """Three shares of 100/3 are exactly 100, which floating point cannot say."""
    an_election = election([100], [[0]] * 3, budget=100)

    outcome = count(an_election, RuleSpec("equal-shares"))

    assert outcome.winners == ("p0",)


def test_supporters_who_lack_a_hundredth_of_a_cent_do_not_pay():
    an_election = election([10**15], [[0]] * 3 + [[]], budget=(4 * 10**15 - 1) // 3)

    outcome = count(an_election, RuleSpec("equal-shares"))

    assert outcome.winners == ()
    assert outcome.explanation("p0").numbers["missing"] == "0.25"


def test_empty_ballots_take_their_share_of_the_budget():
    an_election = election([50], [[0], []], budget=98)

    assert count(an_election, RuleSpec("equal-shares")).winners == ()


def test_a_free_project_with_support_wins_and_one_without_does_not():
    an_election = election([0, 0, 5], [[0, 2]], budget=5)

    outcome = count(an_election, RuleSpec("equal-shares"))

    assert outcome.winners == ("p0", "p2")
    assert outcome.explanation("p0").kind == "shares-free"
    assert outcome.explanation("p1").kind == "no-support"


def test_zero_points_are_no_support():
    an_election = election([5, 5], [{0: 0, 1: 3}], budget=10, vote_type="cumulative")

    assert count(an_election, RuleSpec("equal-shares", "points")).winners == ("p1",)
    assert count(an_election, RuleSpec("equal-shares", "cost")).winners == ("p1",)


def test_an_election_without_voters_has_no_winners():
    outcome = count(election([5], [], budget=10), RuleSpec("equal-shares", completion="add1"))

    assert outcome.winners == ()
    assert outcome.details["stopped_because"] == "no-voters"


def test_add1_stops_once_nothing_more_fits():
    an_election = election([6, 6], [[0], [1]], budget=10)

    outcome = count(an_election, RuleSpec("equal-shares", completion="add1", ties="lexicographic"))

    assert outcome.winners == ()
    assert outcome.details["stopped_because"] == "next-step-overspends"


def test_add1_raises_by_whole_currency_units_not_by_cents():
    an_election = election([600], [[0], []], budget=1000, scale=100)

    outcome = count(an_election, RuleSpec("equal-shares", completion="add1"))

    assert outcome.winners == ("p0",)
    assert (outcome.details["endowment_at_first"], outcome.details["endowment"]) == ("5", "6")


def test_greedy_spends_what_equal_shares_leaves():
    an_election = election([6, 6], [[0], [0], [1]], budget=10)

    outcome = count(an_election, RuleSpec("equal-shares", completion="utilitarian"))

    assert outcome.winners == ("p0",)
    assert outcome.explanation("p1").kind == "completion-does-not-fit"
    assert outcome.explanation("p1").numbers["supporters_money"] == "3.33"


@pytest.mark.parametrize(("seed", "raised_by"), [(33, 8_001_856), (29, 5_457_087), (20, 754_568)])
def test_small_towns_with_large_currency_units_need_no_millions_of_runs(seed, raised_by):
    """Nine voters with shares of more than a million each; plain Add1 would take minutes to hours."""
    chance = Random(seed)
    costs = [chance.choice([chance.randint(10**5, 10**7), 10**6, 2 * 10**6]) for _ in range(10)]
    ballots = [[project for project in range(10) if chance.random() < 0.35] for _ in range(9)]
    spec = RuleSpec("equal-shares", completion="add1-until-overspend", ties="lexicographic")
    an_election = election(costs, ballots, budget=15_000_000)
    ranks = tie_ranks(an_election, spec.ties)

    outcome = count(an_election, spec)

    assert outcome.details["raised_by"] == raised_by
    last = Fraction(15_000_000, 9) + raised_by
    assert ids(an_election, plain_equal_shares(an_election, "cost", last, ranks)) == funded_in_order(outcome)
    if outcome.details["stopped_because"] == "next-step-overspends":
        beyond = plain_equal_shares(an_election, "cost", last + 1, ranks)
        assert sum(costs[project] for project in beyond) > 15_000_000


@given(elections(), st.sampled_from(["none", "utilitarian", "add1", "add1-until-overspend+utilitarian"]))
@settings(deadline=None, max_examples=100)
def test_no_count_spends_more_than_the_budget(an_election, completion):
    outcome = count(an_election, RuleSpec("equal-shares", completion=completion))

    assert outcome.total_cost == sum(p.cost for p in an_election.projects if p.id in outcome.winners)
    assert outcome.total_cost <= an_election.budget


@given(elections(points=True), st.sampled_from(UTILITIES))
@settings(deadline=None, max_examples=60)
def test_the_order_of_the_ballots_changes_nothing(an_election, utility):
    spec = RuleSpec("equal-shares", utility, "add1+utilitarian", seed="s")
    turned = type(an_election)(
        an_election.projects,
        an_election.ballots[::-1],
        an_election.budget,
        an_election.money_scale,
        an_election.vote_type,
    )

    assert count(turned, spec).to_json_bytes() == count(an_election, spec).to_json_bytes()
