"""Groups of people who stand near each other on the map: small clusters first, then two to five groups of those.

Sources: k-means (Lloyd, IEEE Transactions on Information Theory 28, 1982) with k-means++ starts (Arthur and Vassilvitskii, SODA
2007); silhouette (Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987) with people as weights; the two levels,
the choice of k and the patience before another k is shown as in Polis (Small et al., Recerca 26(2), 2021).
"""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from participation.opinion.projection import times

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

STARTS = 20
MOST_STEPS = 60
# Two steps settle clusters as small as these; more change which of nearly equal groupings is found, not how good it is.
BASE_STEPS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """`labels` of the points, `centres` (k x 2), and the sum of weighted squared distances to the own centre."""

    labels: Labels
    centres: Floats
    inertia: float


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Which number of groups is shown, which was found last, and how often in a row."""

    shown: int
    found: int
    times: int

    def after(self, found: int, needed: int) -> "Steadiness":
        """Return the state after another analysis: a new number is shown once it was found `needed` times in a row."""
        times = self.times + 1 if found == self.found else 1
        shown = found if times >= needed else self.shown
        return Steadiness(shown, found, times)


def base_clusters(points: Floats, limit: int) -> Clusters:
    """Return at most `limit` small clusters; with so few points, each is its own. The same points give the same clusters.

    The points are halved again and again across their wider side, the most spread part first; then k-means takes two steps.
    """
    if len(points) <= limit:
        return Clusters(np.arange(len(points)), points.copy(), 0.0)
    centres = np.array([points[part].mean(axis=0) for part in halves(points, limit)])
    labels = _nearest(points, centres)
    for _step in range(BASE_STEPS):
        centres, labels, moved = _move(points, centres, labels)
        if not moved:
            break
    used, labels = np.unique(labels, return_inverse=True)
    centres = centres[used]
    return Clusters(labels, centres, float(((points - centres[labels]) ** 2).sum()))


def group(
    points: Floats, weights: Floats, k: int, rng: np.random.Generator, start: Floats | None = None
) -> Clusters:
    """Return the best of 20 k-means++ starts of weighted k-means; `start` (k x 2) is preferred if it ends within 1 % of it."""
    starts = _plus_plus(points, weights, k, rng)
    if start is not None:
        starts = np.concatenate([start[None], starts])
    centres = lloyd(points, weights[None], starts)
    distances = squared(points, centres)
    labels = distances.argmin(axis=2)
    inertias = (distances.min(axis=2) * weights).sum(axis=1)
    filled = np.array([len(np.unique(row)) for row in labels]) == min(k, len(np.unique(points, axis=0)))
    inertias = np.where(filled, inertias, np.inf)
    best = int(inertias.argmin())
    if start is not None and inertias[0] <= 1.01 * inertias[best]:
        best = 0
    return Clusters(labels[best], centres[best], float(inertias[best]))


def lloyd(points: Floats, weights: Floats, centres: Floats, steps: int = MOST_STEPS) -> Floats:
    """Return the centres (starts x k x 2) after weighted k-means from each start; `points` (n x 2) or one set per start."""
    centres = centres.copy()
    k = centres.shape[1]
    before = None
    for _step in range(steps):
        labels = squared(points, centres).argmin(axis=2)
        if before is not None and np.array_equal(labels, before):
            break
        before = labels
        for number in range(k):
            share = np.where(labels == number, weights, 0.0)
            people = share.sum(axis=1)
            for axis in range(2):
                sums = (share * points[..., axis]).sum(axis=1)
                centres[:, number, axis] = np.where(
                    people > 0, sums / np.maximum(people, 1e-300), centres[:, number, axis]
                )
    return centres


def silhouette(points: Floats, weights: Floats, labels: Labels) -> float:
    """Return the mean silhouette of people who stand in heaps of `weights` at `points`: -1 to 1, and 0 for a single group.

    A person alone in a group counts 0, as in Rousseeuw's definition.
    """
    k = int(labels.max()) + 1 if len(labels) else 0
    if k < 2:
        return 0.0
    apart = np.sqrt(squared(points, points[None])[0])
    member = (labels[:, None] == np.arange(k)) * weights[:, None]
    sums = apart @ member
    people = member.sum(axis=0)
    own = sums[np.arange(len(points)), labels] / np.maximum(people[labels] - 1, 1)
    means = sums / np.maximum(people, 1e-300)
    means[:, people == 0] = np.inf
    means[np.arange(len(points)), labels] = np.inf
    other = means.min(axis=1)
    longer = np.maximum(own, other)
    values = np.where(
        (people[labels] > 1) & (longer > 0), (other - own) / np.where(longer > 0, longer, 1), 0.0
    )
    return float((values * weights).sum() / weights.sum())


def most_groups(base: int, most: int) -> int:
    """Return the greatest k to try with so many base clusters: min(5, 2 + base / 12)."""
    return min(most, 2 + base // 12)


def aligned(labels: Labels, earlier: Labels, names: int) -> list[int]:
    """Return a name below `names` for each group 0, 1, ... so that as many people as can be keep their group's name.

    `earlier` holds each person's name in the last analysis, -1 for none. Without any, the larger group has the smaller name.
    """
    k = int(labels.max()) + 1
    shared = np.zeros((k, names), dtype=np.int64)
    known = earlier >= 0
    np.add.at(shared, (labels[known], earlier[known]), 1)
    if not known.any():
        sizes = np.bincount(labels, minlength=k)
        order = np.argsort(-sizes, kind="stable")
        return [int(place) for place in np.argsort(order, kind="stable")]
    return list(
        max(
            permutations(range(names), k),
            key=lambda given: sum(shared[i, name] for i, name in enumerate(given)),
        )
    )


def squared(points: Floats, centres: Floats) -> Floats:
    """Return squared distances (starts x points x centres)."""
    across = points[..., :, None, 0] - centres[:, None, :, 0]
    along = points[..., :, None, 1] - centres[:, None, :, 1]
    across *= across
    along *= along
    across += along
    return across


def _plus_plus(points: Floats, weights: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Return k-means++ centres (STARTS x k x 2): each next one by a lot weighted by squared distance to the nearest."""
    chance = np.broadcast_to(weights, (STARTS, len(points)))
    nearest = np.full((STARTS, len(points)), np.inf)
    centres = np.empty((STARTS, k, 2))
    for number in range(k):
        sums = chance.cumsum(axis=1)
        lots = rng.random((STARTS, 1)) * sums[:, -1:]
        chosen = np.minimum((sums <= lots).sum(axis=1), len(points) - 1)
        centres[:, number] = points[chosen]
        nearest = np.minimum(nearest, squared(points, centres[:, number : number + 1])[:, :, 0])
        chance = nearest * weights
    return centres


def halves(points: Floats, limit: int, smallest: int = 1) -> list[Labels]:
    """Return up to `limit` parts (positions of points, at least `smallest` in each), halving the most spread part each time.

    A part is cut at the median of the axis along which it is wider.
    """
    parts = [_Part.of(np.arange(len(points)), np.ascontiguousarray(points.T), smallest)]
    spreads = [parts[0].spread]
    while len(parts) < limit:
        widest = spreads.index(max(spreads))
        part = parts[widest]
        if part.spread <= 0:
            break
        half = len(part.members) // 2
        order = np.argpartition(part.places[part.axis], half)
        for place, side in ((widest, order[:half]), (len(parts), order[half:])):
            found = _Part.of(part.members[side], part.places[:, side], smallest)
            parts[place : place + 1], spreads[place : place + 1] = [found], [found.spread]
    return [part.members for part in parts]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Positions of points, their places (2 x n), the sum of squared distances to the mean, and the wider axis."""

    members: Labels
    places: Floats
    spread: float
    axis: int

    @classmethod
    def of(cls, members: Labels, places: Floats, smallest: int) -> "_Part":
        """Return the part; one too small to be halved has no spread."""
        if len(members) < 2 * smallest:
            return cls(members, places, 0.0, 0)
        sums = places.sum(axis=1)
        across, along = np.einsum("ij,ij->i", places, places) - sums * sums / len(members)
        return cls(members, places, float(across + along), int(along > across))


def _nearest(points: Floats, centres: Floats) -> Labels:
    """Return the nearest centre of each point, by |c|^2 - 2 p c in single precision."""
    rows = np.ones((len(points), 3), dtype=np.float32)
    rows[:, :2] = points
    columns = np.stack([-2 * centres[:, 0], -2 * centres[:, 1], (centres**2).sum(axis=1)])
    return np.asarray(times(rows, columns).argmin(axis=1))


def _move(points: Floats, centres: Floats, labels: Labels) -> tuple[Floats, Labels, bool]:
    people = np.bincount(labels, minlength=len(centres))
    sums = np.stack(
        [np.bincount(labels, points[:, axis], minlength=len(centres)) for axis in range(2)], axis=1
    )
    centres = np.where(people[:, None] > 0, sums / np.maximum(1, people)[:, None], centres)
    after = _nearest(points, centres)
    return centres, after, not np.array_equal(after, labels)
