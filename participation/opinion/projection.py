"""The map of opinions: the two directions in which people differ most, and where each person stands on them.

Sources: principal components of the votes with the mean of each statement in place of missing votes, and people's places scaled
by sqrt(S / seen) (Small et al., "Polis", Recerca 26(2), 2021); the components by block Krylov iteration (Musco and Musco,
"Randomized block Krylov methods", NeurIPS 2015, algorithm 2, ended by the residual instead of a fixed number of rounds).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from participation.opinion.votes import UNSEEN, Cells, Counts, Flags, VoteMatrix

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

AXES = 2
BLOCK = 4
MOST_ROUNDS = 30
# Of the largest eigenvalue; what is wrong with the variances is of the order of its square.
RESIDUAL = 1e-4
# OpenBLAS splits a product among threads above 2^18 multiplications. Threads that wait for each other on a busy machine made
# an analysis up to twenty times slower, and the sums would depend on their number; so rows are taken in slices below that.
LARGEST_PRODUCT = 1 << 18
# So many people at a time fit a processor's cache.
SLICE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """`means` (S) of the statements; `directions` (S x 2) of length 1; the variance along each and its share of all."""

    means: Floats
    directions: Floats
    variances: tuple[float, float]
    shares: tuple[float, float]

    def reach(self) -> Floats:
        """Return for each statement how far from the middle a person stands who only agreed with it: sqrt(S) (1 - mean) |d|."""
        lengths = np.hypot(self.directions[:, 0], self.directions[:, 1])
        return np.asarray(np.sqrt(len(self.means)) * (1 - self.means) * lengths)


def means_of(votes: VoteMatrix) -> Floats:
    """Return the mean vote of each statement among those who have seen it; 0 if nobody has or it is set aside."""
    seen = votes.agreed + votes.passed + votes.disagreed
    means = (votes.agreed - votes.disagreed) / np.maximum(1, seen)
    return np.where(votes.set_aside, 0.0, means)


def centred(cells: Cells, means: Floats, set_aside: Flags) -> Singles:
    """Return vote minus mean (people x statements): missing votes count as the mean, so they and what is set aside are 0."""
    from_mean = means.astype(np.float32)
    away = np.empty(cells.shape, dtype=np.float32)
    for begin in range(0, len(cells), SLICE):
        part, votes = away[begin : begin + SLICE], cells[begin : begin + SLICE]
        np.subtract(votes, from_mean, out=part)
        part *= votes != UNSEEN
    if set_aside.any():
        away[:, set_aside] = 0
    return away


def seen_by(votes: VoteMatrix) -> Counts:
    """Return how many statements each person has seen; what is set aside counts as seen by all."""
    if not votes.set_aside.any():
        return votes.seen
    of_those = (votes.cells[:, votes.set_aside] != UNSEEN).sum(axis=1, dtype=np.int32)
    return votes.seen - of_those + np.int32(np.count_nonzero(votes.set_aside))


def find_axes(votes: VoteMatrix, away: Singles, means: Floats, start: Floats | None, seed: int) -> Axes:
    """Return the axes of the centred votes `away`, of all people. `start` (S x 2) are earlier ones: they make it faster.

    An axis keeps the direction it had in `start`; a new one points where its largest entry is positive.
    """
    people, statements = away.shape
    seen = votes.agreed + votes.passed + votes.disagreed
    spread = votes.agreed + votes.disagreed - seen * means**2
    total = float(spread[~votes.set_aside].sum())
    if people < 2 or total <= 0:
        return Axes(means, np.zeros((statements, AXES)), (0.0, 0.0), (0.0, 0.0))
    values, directions = _largest_components(away, _first_block(votes.set_aside, start, seed))
    if start is None:
        largest = np.abs(directions).argmax(axis=0)
        signs = np.sign(directions[largest, range(AXES)])
    else:
        signs = np.sign((directions * start).sum(axis=0))
    directions *= np.where(signs == 0, 1, signs)
    variances = values / (people - 1)
    return Axes(
        means,
        directions,
        (float(variances[0]), float(variances[1])),
        (float(values[0] / total), float(values[1] / total)),
    )


def places(away: Singles, directions: Floats, seen: Counts | NDArray[np.float32]) -> Floats:
    """Return where people stand (people x 2): sum of (vote - mean) times direction, times sqrt(S / max(1, seen))."""
    scale = np.sqrt(away.shape[1] / np.maximum(1, seen))
    return np.asarray(times(away, directions) * scale[:, None], dtype=np.float64)


def times(rows: Singles, columns: Floats | Singles) -> Singles:
    """Return the product in slices small enough to stay in one thread."""
    right = np.ascontiguousarray(columns, dtype=np.float32)
    step = _rows_at_once(rows.shape[1], right.shape[1])
    product = np.empty((len(rows), right.shape[1]), dtype=np.float32)
    for begin in range(0, len(rows), step):
        np.matmul(rows[begin : begin + step], right, out=product[begin : begin + step])
    return product


def _rows_at_once(inner: int, columns: int) -> int:
    return max(1, LARGEST_PRODUCT // max(1, inner * columns))


def _scatter_times(away: Singles, block: Floats) -> Floats:
    """Return (away^T away) block in one pass over the votes."""
    right = np.ascontiguousarray(block, dtype=np.float32)
    step = _rows_at_once(away.shape[1], right.shape[1])
    total = np.zeros(block.shape)
    for begin in range(0, len(away), step):
        part = away[begin : begin + step]
        total += part.T @ (part @ right)
    return total


def _first_block(set_aside: Flags, start: Floats | None, seed: int) -> Floats:
    """Return directions to begin with: earlier ones and some by lot."""
    statements = len(set_aside)
    block = np.random.default_rng(seed).standard_normal((statements, min(BLOCK, statements)))
    if start is not None:
        block[:, : min(AXES, statements)] = start[:, : min(AXES, statements)]
    block[set_aside] = 0
    return block


def _largest_components(away: Singles, block: Floats) -> tuple[Floats, Floats]:
    """Return the two largest eigenvalues of away^T away and their directions (S x 2), largest first."""
    statements = away.shape[1]
    basis = np.empty((statements, 0))
    images = np.empty((statements, 0))
    values, vectors = np.zeros(AXES), np.zeros((statements, AXES))
    for _round in range(MOST_ROUNDS):
        block = _new_directions(block, basis)
        if block.shape[1] == 0:
            break
        image = _scatter_times(away, block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        small = basis.T @ images
        found, turns = np.linalg.eigh((small + small.T) / 2)
        kept = min(AXES, len(found))
        values[:kept] = np.maximum(0, found[::-1][:kept])
        turns = turns[:, ::-1][:, :kept]
        vectors[:, :kept] = basis @ turns
        rest = images @ turns - vectors[:, :kept] * values[:kept]
        if np.linalg.norm(rest, axis=0).max() <= RESIDUAL * values[0]:
            break
        block = image
    return values, vectors


def _new_directions(block: Floats, basis: Floats) -> Floats:
    """Return an orthonormal basis of what the block adds to the basis so far."""
    lengths = np.linalg.norm(block, axis=0)
    block = block[:, lengths > 0] / lengths[lengths > 0]
    for _twice in range(2):
        block = block - basis @ (basis.T @ block)
        lengths = np.linalg.norm(block, axis=0)
        block = block[:, lengths > 1e-6] / lengths[lengths > 1e-6]
        block, triangle = np.linalg.qr(block)
        block = block[:, np.abs(np.diag(triangle)) > 1e-6]
    return block
