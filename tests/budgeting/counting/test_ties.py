"""Ties: a stated order, a lot anyone can draw again, and a protocol of every tie that mattered."""

import hashlib

import pytest

from budgeting.counting import RuleSpec, count, lot_number, tie_ranks
from tests.budgeting.counting.elections import election


def test_ids_are_compared_as_text():
    an_election = election({"9": 5, "10": 5}, [[0], [1]], budget=5)

    assert count(an_election, RuleSpec(ties="lexicographic")).winners == ("10",)


@pytest.mark.parametrize("ties", ["cost-score-name", "cost-votes-lot"])
def test_the_cheaper_project_wins_a_tie_then_the_one_with_more_votes(ties):
    an_election = election({"a": 8, "b": 6, "c": 6}, [[0, 1, 2], [2]], budget=10)

    assert tie_ranks(an_election, ties, "seed") == (2, 1, 0)


def test_the_lot_is_a_hash_that_anyone_can_repeat():
    expected = hashlib.sha256("autumn 2026\nżółw".encode()).hexdigest()

    assert lot_number("autumn 2026", "żółw") == expected


def test_the_seed_decides_between_equals_whatever_their_order_in_the_file():
    seeds = [f"seed {number}" for number in range(20)]

    winners = [
        count(election({"a": 5, "b": 5}, [[0, 1]], budget=5), RuleSpec(seed=seed)).winners for seed in seeds
    ]
    turned = [
        count(election({"b": 5, "a": 5}, [[0, 1]], budget=5), RuleSpec(seed=seed)).winners for seed in seeds
    ]

    assert winners == turned
    assert set(winners) == {("a",), ("b",)}


def test_a_decisive_tie_is_in_the_protocol_and_in_the_reason_of_the_loser():
    outcome = count(election({"a": 5, "b": 5}, [[0, 1]], budget=5), RuleSpec(ties="lexicographic"))

    assert [(tie.projects, tie.decisive) for tie in outcome.ties] == [(("a", "b"), True)]
    assert outcome.explanation("b").text == (
        "Not funded: it was level with a, and the tie rule took that first. It cost 5 and 0 was left after that."
    )


def test_a_tie_of_equal_shares_is_in_the_protocol_even_if_both_win():
    an_election = election({"a": 5, "b": 5}, [[0], [1]], budget=10)

    outcome = count(an_election, RuleSpec("equal-shares", ties="lexicographic"))

    assert [(tie.step, tie.projects, tie.decisive) for tie in outcome.ties] == [(1, ("a", "b"), False)]


def test_a_tie_between_projects_whose_supporters_have_partly_paid_is_found():
    """After p0 one supporter of each of the other two has 3/4 left, so that both cost 29/8 a supporter."""
    ballots = [[0, 1], [1], [1], [0, 2], [2], [2], [0], [0]]
    an_election = election([13, 8, 8], ballots, budget=32)

    outcome = count(an_election, RuleSpec("equal-shares", ties="lexicographic"))

    assert [(tie.step, tie.projects) for tie in outcome.ties] == [(2, ("p1", "p2"))]
    assert outcome.explanation("p2").numbers["share"] == "3.62"


def test_a_tie_that_only_whole_numbers_can_see_is_found():
    """Both cost 3/2 for a supporter who still can pay: (7 - 1) / 4 with one poor supporter, 6 / 4 with none."""
    ballots = [[0, 1]] + [[1]] * 4 + [[2]] * 4 + [[0]] * 2
    an_election = election([3, 7, 6], ballots, budget=22)

    outcome = count(an_election, RuleSpec("equal-shares", "cardinality", ties="cost-score-name"))

    assert [(tie.step, tie.projects) for tie in outcome.ties] == [(2, ("p2", "p1"))]
