import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion import AGREE, DISAGREE, PASS, VoteError, VoteMatrix
from participation.opinion.votes import UNSEEN

PEOPLE = st.integers(0, 90) | st.sampled_from(["guest:a", "guest:b"])
VOTES = st.lists(st.tuples(PEOPLE, st.integers(0, 20), st.sampled_from([1, 0, -1])), max_size=150)


def by_hand(votes):
    return {(person, statement): vote for person, statement, vote in votes}


def as_dict(matrix):
    return {
        (person, statement): vote
        for person in matrix.people
        for statement, vote in matrix.votes_of(person).items()
    }


def check_counts(matrix):
    cells = matrix.cells
    assert matrix.seen.tolist() == (cells != UNSEEN).sum(axis=1).tolist()
    for counted, vote in ((matrix.agreed, AGREE), (matrix.passed, PASS), (matrix.disagreed, DISAGREE)):
        assert counted.tolist() == (cells == vote).sum(axis=0).tolist()


@settings(max_examples=40, deadline=None)
@given(VOTES)
def test_the_last_vote_counts_and_so_do_the_counts(votes):
    matrix = VoteMatrix()

    for person, statement, vote in votes:
        matrix.take(person, statement, vote)

    assert as_dict(matrix) == by_hand(votes)
    check_counts(matrix)


@settings(max_examples=40, deadline=None)
@given(VOTES, VOTES)
def test_many_votes_at_once_are_the_same_votes(first, second):
    one_by_one, at_once = VoteMatrix(), VoteMatrix()
    for person, statement, vote in first + second:
        one_by_one.take(person, statement, vote)

    for votes in (first, second):
        at_once.take_many(*zip(*votes, strict=True)) if votes else at_once.take_many([], [], [])

    assert at_once.people == one_by_one.people
    assert at_once.statements == one_by_one.statements
    assert np.array_equal(at_once.cells, one_by_one.cells)
    check_counts(at_once)


@settings(max_examples=40, deadline=None)
@given(VOTES, st.lists(PEOPLE, max_size=10))
def test_who_is_forgotten_leaves_no_vote_and_all_others_keep_theirs(votes, leaving):
    matrix = VoteMatrix()
    for person, statement, vote in votes:
        matrix.take(person, statement, vote)

    for person in leaving:
        matrix.forget(person)

    kept = {key: vote for key, vote in by_hand(votes).items() if key[0] not in leaving}
    assert as_dict(matrix) == kept
    assert not set(matrix.people) & set(leaving)
    check_counts(matrix)
    matrix.take("newcomer", 0, AGREE)
    assert matrix.votes_of("newcomer") == {0: AGREE}


def test_a_vote_taken_twice_changes_nothing_the_second_time():
    matrix = VoteMatrix()

    assert [matrix.take(1, 5, PASS), matrix.take(1, 5, PASS), matrix.take(1, 5, AGREE)] == [True, False, True]


def test_a_statement_put_aside_keeps_its_votes_and_can_come_back():
    matrix = VoteMatrix()
    matrix.take(1, "a", AGREE)
    matrix.add_statement("b", meta=True)

    matrix.put_aside("a")
    aside = matrix.set_aside.tolist()
    matrix.bring_back("a")

    assert aside == [True, False]
    assert matrix.set_aside.tolist() == [False, False]
    assert matrix.meta.tolist() == [False, True]
    assert matrix.votes_of(1) == {"a": AGREE}


@pytest.mark.parametrize("vote", [2, -2, 127, 0.5, None, "1"])
def test_a_vote_that_means_nothing_is_refused_and_nothing_changes(vote):
    matrix = VoteMatrix()
    matrix.take(1, 1, AGREE)

    with pytest.raises(VoteError, match=r"1 \(agree\), 0 \(pass\) or -1 \(disagree\)"):
        matrix.take(2, 2, vote)
    with pytest.raises(VoteError, match=r"1 \(agree\), 0 \(pass\) or -1 \(disagree\)"):
        matrix.take_many([1, 3], [1, 3], [DISAGREE, vote])

    assert as_dict(matrix) == {(1, 1): AGREE}
    assert (matrix.people, matrix.statements) == ([1], [1])


def test_votes_without_a_person_or_a_statement_are_refused():
    with pytest.raises(VoteError, match="one person and one statement"):
        VoteMatrix().take_many([1], [1, 2], [1, 1])
    with pytest.raises(VoteError, match="no statement 9"):
        VoteMatrix().put_aside(9)
