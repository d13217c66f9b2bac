import numpy as np
import pytest

from participation.opinion import statements
from participation.opinion.statements import Tally
from participation.opinion.votes import UNSEEN


def counts(*rows):
    return np.array(rows, dtype=np.int64)


def test_votes_are_counted_by_group():
    rng = np.random.default_rng(0)
    cells = rng.choice(np.array([1, 0, -1, UNSEEN], dtype=np.int8), (700, 5))
    parts = [np.arange(600), np.arange(600, 603), np.arange(0)]

    found = statements.tally(cells, parts)

    assert found.agreed.tolist() == [(cells[part] == 1).sum(axis=0).tolist() for part in parts]
    assert found.disagreed.tolist() == [(cells[part] == -1).sum(axis=0).tolist() for part in parts]
    assert found.seen.tolist() == [(cells[part] != UNSEEN).sum(axis=0).tolist() for part in parts]
    assert found.of_all().seen.tolist() == [(cells[:603] != UNSEEN).sum(axis=0).tolist()]


def test_consensus_needs_every_group():
    said, seen = counts([9, 18], [8, 0]), counts([10, 18], [8, 18])

    assert statements.consensus(said, seen) == pytest.approx([10 / 12 * 9 / 10, 19 / 20 * 1 / 20])
    assert statements.in_every_group(said, seen).tolist() == [True, False]


def test_half_in_a_group_is_not_more_than_half():
    assert statements.in_every_group(counts([5, 6]), counts([10, 10])).tolist() == [False, True]


def test_majority_by_hand():
    said, seen = counts([30, 5, 6, 2]), counts([40, 10, 7, 3])

    z = 2 * np.sqrt(41) * (31 / 41 - 0.5)
    z_of_six = 2 * np.sqrt(8) * (7 / 8 - 0.5)
    assert statements.majority(said, seen)[0] == pytest.approx([31 / 42 * z, 0, 7 / 9 * z_of_six, 0])


def test_what_divides_compares_the_two_groups_farthest_apart():
    agreed, seen = counts([18, 1], [9, 0], [0, 1]), counts([18, 1], [18, 1], [18, 1])

    gap, z = statements.gaps(Tally(agreed, seen - agreed, seen))

    pooled = (19 + 1) / (19 + 19)
    assert gap == pytest.approx([19 / 20 - 1 / 20, 2 / 3 - 1 / 3])
    assert z[0] == pytest.approx((19 / 19 - 1 / 19) / np.sqrt(pooled * (1 - pooled) * 2 / 19))
    assert z[1] < statements.SURE


def test_one_group_alone_is_not_divided():
    gap, z = statements.gaps(Tally(counts([3]), counts([3]), counts([6])))

    assert (gap.tolist(), z.tolist()) == ([0], [0])


def test_a_group_is_told_by_what_only_it_says_the_best_agreement_first():
    # Agreed by the first group only; by both; disagreed by the first only, and most strongly so.
    agreed, disagreed = counts([20, 20, 1], [5, 20, 20]), counts([0, 0, 19], [15, 0, 0])
    seen = counts([20, 20, 20], [20, 20, 20])
    every = np.array([True, True, True])

    found = statements.representative(Tally(agreed, disagreed, seen), 0, every, 5)

    assert [(column, agrees, sure) for column, agrees, _times, sure in found] == [
        (0, True, True),
        (2, False, True),
    ]
    assert [times for _column, _agrees, times, _sure in found] == pytest.approx([21 / 6, 20 / 1])


def test_a_group_that_says_nothing_of_its_own_still_has_a_word():
    agreed, disagreed, seen = counts([3, 4], [3, 4]), counts([2, 1], [2, 1]), counts([5, 5], [5, 5])

    found = statements.representative(Tally(agreed, disagreed, seen), 0, np.array([True, True]), 5)

    assert [(column, agrees, sure) for column, agrees, _times, sure in found] == [(1, True, False)]
    assert statements.representative(Tally(agreed, disagreed, seen), 0, np.array([False, False]), 5) == []
