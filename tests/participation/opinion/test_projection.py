import numpy as np
import pytest

from participation.opinion import AGREE, DISAGREE, VoteMatrix
from participation.opinion.projection import centred, find_axes, means_of, places, seen_by, times
from participation.opinion.votes import UNSEEN


def crowd(people=60, statements=40, seed=3):
    rng = np.random.default_rng(seed)
    votes = VoteMatrix()
    rows, columns = np.nonzero(rng.random((people, statements)) < 0.5)
    leaning = rng.standard_normal((people, 2)) @ rng.standard_normal((2, statements))
    values = np.clip(np.round(leaning + rng.standard_normal((people, statements)) / 2), -1, 1).astype(int)
    votes.take_many(rows.tolist(), columns.tolist(), values[rows, columns])
    return votes


def axes_of(votes, start=None):
    means = means_of(votes)
    away = centred(votes.cells, means, votes.set_aside)
    return away, find_axes(votes, away, means, start, 0)


def by_the_book(votes):
    """Return variances, shares and directions by numpy's SVD of the imputed and centred votes."""
    cells = np.where(votes.cells == UNSEEN, np.nan, votes.cells.astype(float))
    cells[:, votes.set_aside] = 0
    filled = np.where(np.isnan(cells), np.nanmean(cells, axis=0), cells)
    filled -= filled.mean(axis=0)
    _, values, directions = np.linalg.svd(filled, full_matrices=False)
    variances = values**2 / (len(filled) - 1)
    return variances[:2], variances[:2] / variances.sum(), directions[:2].T


def test_axes_are_the_first_two_principal_components():
    votes = crowd()
    votes.put_aside(votes.statements[7])

    _, axes = axes_of(votes)

    variances, shares, directions = by_the_book(votes)
    assert axes.variances == pytest.approx(variances, rel=1e-5)
    assert axes.shares == pytest.approx(shares, rel=1e-5)
    assert np.abs((axes.directions * directions).sum(axis=0)) == pytest.approx([1, 1], abs=1e-5)
    assert axes.directions[7] == pytest.approx([0, 0], abs=1e-6)


def test_an_earlier_map_gives_the_same_axes_the_same_way_round():
    votes = crowd()
    _, cold = axes_of(votes)

    _, warm = axes_of(votes, start=-cold.directions)

    assert warm.variances == pytest.approx(cold.variances, rel=1e-6)
    assert warm.directions == pytest.approx(-cold.directions, abs=1e-3)


def test_a_place_counts_seen_statements_and_those_put_aside():
    votes = crowd(statements=9)
    votes.put_aside(votes.statements[0])
    away, axes = axes_of(votes)

    points = places(away, axes.directions, seen_by(votes))

    row = 5
    mine = [column for column in range(1, 9) if votes.cells[row, column] != UNSEEN]
    moved = sum((votes.cells[row, column] - axes.means[column]) * axes.directions[column] for column in mine)
    assert points[row] == pytest.approx(moved * np.sqrt(9 / (len(mine) + 1)), abs=1e-5)


def test_a_statement_reaches_as_far_as_somebody_who_only_agreed_with_it():
    votes = crowd(statements=9)
    _, axes = axes_of(votes)
    alone = np.full((1, 9), UNSEEN, dtype=np.int8)
    alone[0, 4] = AGREE

    point = places(
        centred(alone, axes.means, votes.set_aside), axes.directions, np.array([1], dtype=np.int32)
    )[0]

    assert axes.reach()[4] == pytest.approx(np.hypot(*point), rel=1e-5)


@pytest.mark.parametrize("votes_on_one", [[], [AGREE], [AGREE, AGREE, AGREE]])
def test_without_differences_there_is_no_map(votes_on_one):
    votes = VoteMatrix()
    votes.add_statement("a")
    for person, vote in enumerate(votes_on_one):
        votes.take(person, "a", vote)

    _, axes = axes_of(votes)

    assert axes.shares == (0.0, 0.0)
    assert not axes.directions.any()


def test_one_statement_makes_a_line():
    votes = VoteMatrix()
    for person, vote in enumerate([AGREE, DISAGREE, AGREE]):
        votes.take(person, "a", vote)

    _, axes = axes_of(votes)

    assert axes.shares == pytest.approx((1.0, 0.0))


def test_slices_multiply_like_the_whole():
    rng = np.random.default_rng(0)
    rows, columns = rng.standard_normal((700, 500)).astype(np.float32), rng.standard_normal((500, 6))

    assert times(rows, columns) == pytest.approx(rows @ columns, abs=1e-3)
