"""What the groups say: on what all agree, what most think, what divides, and what each group says more than the others.

Source: Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", Recerca 26(2), 2021, sections on
group-informed consensus and representative comments; z-tests for one and two proportions as in any textbook (Agresti, "An
Introduction to Categorical Data Analysis", 2.2), with one added to each count. Passes count among those who have seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from participation.opinion.analysis import Said
from participation.opinion.votes import AGREE, DISAGREE, UNSEEN, Cells, Flags

Floats = NDArray[np.float64]
Totals = NDArray[np.int64]

# One-sided, 90 %.
SURE = 1.2816
SLICE = 255


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Votes of groups (rows) on statements (columns)."""

    agreed: Totals
    disagreed: Totals
    seen: Totals

    def of_all(self) -> "Tally":
        """Return the sum over the groups, as one row."""
        return Tally(*(part.sum(axis=0, keepdims=True) for part in (self.agreed, self.disagreed, self.seen)))

    def first(self, groups: int) -> "Tally":
        """Return the votes of the first so many groups."""
        return Tally(self.agreed[:groups], self.disagreed[:groups], self.seen[:groups])

    def said(self) -> list[list[Said]]:
        """Return what each group said to each statement."""
        passed = self.seen - self.agreed - self.disagreed
        return [
            list(map(Said, *(part[group].tolist() for part in (self.agreed, self.disagreed, passed))))
            for group in range(len(self.seen))
        ]


def tally(cells: Cells, parts: list[NDArray[np.intp]]) -> Tally:
    """Return the votes of each part (rows of the matrix)."""
    agreed, disagreed, seen = [], [], []
    for rows in parts:
        votes = cells[rows]
        agreed.append(_count(votes == AGREE))
        disagreed.append(_count(votes == DISAGREE))
        seen.append(_count(votes != UNSEEN))
    shape = (len(parts), cells.shape[1])
    return Tally(*(np.array(found, dtype=np.int64).reshape(shape) for found in (agreed, disagreed, seen)))


def consensus(said: Totals, seen: Totals) -> Floats:
    """Return for each statement the product over groups of (said + 1) / (seen + 2), 0 to 1; without groups 0."""
    if not len(said):
        return np.zeros(said.shape[1])
    return np.asarray(np.prod((said + 1) / (seen + 2), axis=0))


def in_every_group(said: Totals, seen: Totals) -> Flags:
    """Return for each statement whether in each group (said + 1) / (seen + 2) is above one half; without groups no."""
    if not len(said):
        return np.zeros(said.shape[1], dtype=np.bool_)
    return np.asarray(((said + 1) / (seen + 2) > 0.5).all(axis=0))


def one_proportion_z(said: Totals, seen: Totals) -> Floats:
    """Return how far above one half the share is: 2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5))


def two_proportions_z(said: Totals, seen: Totals, said_by_rest: Totals, seen_by_rest: Totals) -> Floats:
    """Return how far the first share is above the second, each count plus one; 0 if everybody said it."""
    a, n = said + 1, seen + 1
    b, m = said_by_rest + 1, seen_by_rest + 1
    pooled = (a + b) / (n + m)
    error = np.sqrt(np.maximum(0.0, pooled * (1 - pooled)) * (1 / n + 1 / m))
    return np.where(error > 0, (a / n - b / m) / np.where(error > 0, error, 1), 0.0)


def majority(said: Totals, seen: Totals) -> Floats:
    """Return for each statement p z if p = (s + 1) / (n + 2) > 1/2 and z is sure, else 0."""
    share = (said + 1) / (seen + 2)
    z = one_proportion_z(said, seen)
    return np.where((share > 0.5) & (z > SURE), share * z, 0.0)


def gaps(votes: Tally) -> tuple[Floats, Floats]:
    """Return for each statement the widest difference of two groups' shares of agreement (0 to 1), and its z.

    Shares are (agree + 1) / (seen + 2); z compares the two groups whose shares lie farthest apart.
    """
    if len(votes.agreed) < 2:
        nothing = np.zeros(votes.agreed.shape[1])
        return nothing, nothing
    shares = (votes.agreed + 1) / (votes.seen + 2)
    high, low, columns = shares.argmax(axis=0), shares.argmin(axis=0), np.arange(shares.shape[1])
    z = two_proportions_z(
        votes.agreed[high, columns],
        votes.seen[high, columns],
        votes.agreed[low, columns],
        votes.seen[low, columns],
    )
    return np.asarray(shares[high, columns] - shares[low, columns]), z


@dataclass(frozen=True, slots=True, eq=False)
class Distinction:
    """How a group's agreement or disagreement stands out, for each statement: share p, times r = p / p_rest, and their z."""

    share: Floats
    times: Floats
    share_z: Floats
    times_z: Floats

    @property
    def sure(self) -> Flags:
        """Return whether both tests pass."""
        return np.asarray((self.share_z > SURE) & (self.times_z > SURE))

    @property
    def rank(self) -> Floats:
        """Return r z_r p z_p."""
        return np.asarray(self.times * self.times_z * self.share * self.share_z)


def distinction(said: Totals, seen: Totals, group: int) -> Distinction:
    """Return how what one group said (row `group`) differs from what all other groups said."""
    rest_said, rest_seen = said.sum(axis=0) - said[group], seen.sum(axis=0) - seen[group]
    share = (said[group] + 1) / (seen[group] + 2)
    rest = (rest_said + 1) / (rest_seen + 2)
    return Distinction(
        share,
        share / rest,
        one_proportion_z(said[group], seen[group]),
        two_proportions_z(said[group], seen[group], rest_said, rest_seen),
    )


def representative(votes: Tally, group: int, usable: Flags, most: int) -> list[tuple[int, bool, float, bool]]:
    """Return (column, agrees, times, sure) of what a group says more than the others, the best agreement first.

    Of each statement the stronger side is taken. Those that pass both tests are ranked by r z_r p z_p. If none does, the one
    that comes nearest is returned, so that no group is without a word.
    """
    agrees = distinction(votes.agreed, votes.seen, group)
    disagrees = distinction(votes.disagreed, votes.seen, group)
    usable = usable & (votes.seen[group] > 0)
    found = []
    for side, is_agreement in ((agrees, True), (disagrees, False)):
        ranks, times = side.rank.tolist(), side.times.tolist()
        sure = np.flatnonzero(side.sure & usable).tolist()
        found += [(ranks[column], column, is_agreement, times[column]) for column in sure]
    found.sort(key=lambda one: (-one[0], one[1]))
    best = next((one for one in found if one[2]), None)
    if best is not None:
        found.remove(best)
        found.insert(0, best)
    if found:
        return [(column, side, times, True) for _, column, side, times in found[:most]]
    near = np.where(usable, agrees.share * agrees.times, -1.0)
    if not usable.any():
        return []
    column = int(near.argmax())
    return [(column, True, float(agrees.times[column]), False)]


def best(scores: Floats, usable: Flags, most: int) -> list[int]:
    """Return the columns with the greatest scores above 0, best first; of equals the one that was added first."""
    order = np.argsort(-scores, kind="stable")
    return [int(column) for column in order if usable[column] and scores[column] > 0][:most]


def _count(marks: Flags) -> Totals:
    """Return the sum of each column; bytes are added in slices too short to overflow, which is several times faster."""
    small = marks.view(np.uint8)
    total = np.zeros(marks.shape[1], dtype=np.int64)
    for begin in range(0, len(small), SLICE):
        total += np.add.reduce(small[begin : begin + SLICE], axis=0, dtype=np.uint8)
    return total
