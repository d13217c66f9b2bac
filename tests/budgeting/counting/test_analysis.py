"""What a count meant for the voters: money adds up, effective votes are consistent, and "would have sufficed" is true."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import Ballot, Election, Project, RuleSpec, count, read_pabulib
from budgeting.counting.analysis import analyse
from budgeting.counting.labels import voters_by_label
from tests.budgeting.counting.elections import election, elections

SHARES = RuleSpec("equal-shares", ties="lexicographic", threshold=1)
RULES = (
    SHARES,
    replace(SHARES, utility="cardinality"),
    replace(SHARES, completion="add1+utilitarian"),
    RuleSpec("greedy", ties="lexicographic"),
)


def units(text: str) -> Fraction:
    return Fraction(Decimal(text))


@pytest.mark.parametrize("rule", RULES)
@given(drawn=elections(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_all_money_that_was_paid_adds_up_to_the_cost(rule, drawn, data):
    outcome = count(drawn, rule)
    first = np.array([data.draw(st.integers(0, ballot.count)) for ballot in drawn.ballots], dtype=np.int64)
    whole = np.array([ballot.count for ballot in drawn.ballots], dtype=np.int64)
    labels = {"area": {"North": first, "South": whole - first}}

    told = analyse(drawn, outcome, labels=labels, least=1)

    costs = {project.id: project.cost for project in drawn.projects}
    for account in told.projects:
        paid = units(account.from_shares) + units(account.from_rest)
        assert paid == (costs[account.project] if account.won else 0)
    for grouping in told.groupings:
        parts = [*grouping.groups, *([grouping.untold] if grouping.untold else [])]
        assert sum(units(part.paid) for part in parts) == outcome.total_cost
        assert sum(part.voters for part in parts) == drawn.num_votes
    assert sum(told.winners_by_voters) == told.voters == drawn.num_votes
    assert told.winners_by_voters[0] == told.with_nothing
    assert units(told.rounds[-1].left if told.rounds else told.budget) == drawn.budget - outcome.total_cost


@given(drawn=elections())
@settings(max_examples=50, deadline=None)
def test_effective_votes_only_fall_and_the_winner_of_a_round_has_most(drawn):
    told = analyse(drawn, count(drawn, SHARES))

    table = dict(zip(told.effective.projects, told.effective.votes, strict=True))
    for project, votes in table.items():
        assert all(before >= after for before, after in pairwise(votes)), project
    for number, project in enumerate(told.effective.rounds):
        assert table[project][number] == max(votes[number] for votes in table.values())
        assert table[project][number + 1] == 0
    for account in told.projects:
        assert account.supporters >= account.effective_last >= 0


@given(drawn=elections())
@settings(max_examples=50, deadline=None)
def test_so_many_more_supporters_with_the_same_share_suffice(drawn):
    told = analyse(drawn, count(drawn, SHARES))

    for at, account in enumerate(told.projects):
        if account.more_supporters is None:
            continue
        more, voters = account.more_supporters, drawn.num_votes
        # In units of 1 / voters of a unit, so that the share of each voter stays the same whole number.
        grown = Election(
            tuple(replace(project, cost=project.cost * voters) for project in drawn.projects),
            (*drawn.ballots, Ballot((at,), (1,), more)),
            drawn.budget * (voters + more),
        )
        assert account.project in count(grown, SHARES).winners


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@pytest.mark.parametrize("skip", [True, False])
@given(drawn=elections())
@settings(max_examples=25, deadline=None)
def test_greedy_names_the_smallest_number_of_votes_that_suffices(utility, skip, drawn):
    rule = RuleSpec("greedy", utility=utility, ties="cost-votes-lot", seed="x", skip=skip, threshold=2)
    told = analyse(drawn, count(drawn, rule))

    for at, account in enumerate(told.projects):
        wins = [
            more
            for more in range(1, 9)
            if account.project
            in count(replace(drawn, ballots=(*drawn.ballots, Ballot((at,), (1,), more))), rule).winners
        ]
        if not account.won and drawn.projects[at].cost <= drawn.budget and wins:
            assert account.more_supporters == wins[0]


def test_the_numbers_of_a_count_done_by_hand():
    # Six voters have 10 each. A is paid by four with 5 each, B lacks 2 from its three supporters, one of them rich.
    drawn = election({"A": 20, "B": 22}, [[0]] * 2 + [[0, 1]] * 2 + [[1]] + [[]], budget=60)

    told = analyse(drawn, count(drawn, SHARES))

    assert [(r.project, r.each, r.effective, r.in_full, r.left) for r in told.rounds] == [
        ("A", "5.00", 4.0, 4, "40")
    ]
    assert told.projects[1].effective_first == 3.0
    assert told.projects[1].effective_last == 0.0
    assert told.projects[1].more_supporters == 1
    assert (told.with_nothing, told.projects_per_voter, told.winners_by_voters) == (2, 0.67, (2, 4))
    assert told.overlap.projects == ("A", "B")
    assert told.overlap.both == ((4, 2), (2, 3))


GROUPED = """META
key;value
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost
a;60
b;40
VOTES
voter_id;vote;district
"""


def grouped(**voters: int) -> str:
    rows = [f"{name}" for name, number in voters.items() for _ in range(number)]
    return GROUPED + "".join(f"{n};{'a' if n % 2 else 'a,b'};{name}\n" for n, name in enumerate(rows))


def test_no_group_of_fewer_than_five_is_told_apart_not_even_by_subtraction():
    parsed = read_pabulib(grouped(north=9, south=6, west=8, east=3))
    outcome = count(parsed.election, RuleSpec("greedy"))

    (told,) = analyse(parsed.election, outcome, labels=voters_by_label(parsed)).groupings

    assert [(group.label, group.voters) for group in told.groups] == [("north", 9), ("west", 8)]
    assert told.untold is not None
    assert told.untold.voters == 9
    assert sum(units(group.paid) for group in (*told.groups, told.untold)) == 100


def test_columns_with_very_many_labels_tell_of_people_and_are_left_out():
    parsed = read_pabulib(grouped(**{f"street{number}": 5 for number in range(41)}))

    assert voters_by_label(parsed) == {}


def test_an_outcome_of_another_election_is_refused():
    one = election({"A": 2}, [[0]], budget=10)
    other = Election((Project("A", 3),), one.ballots, 10)

    with pytest.raises(ValueError, match="another election"):
        analyse(other, count(one, SHARES))
