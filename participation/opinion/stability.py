"""How far the groups can be relied on: who would stand with the same people if other statements had been asked.

Source: cluster-wise stability by resampling (Hennig, Computational Statistics and Data Analysis 52, 2007), with statements halved
by lot and people drawn again with replacement; agreement of groupings by Hubert and Arabie (Journal of Classification 2, 1985).
"""

import numpy as np
from numpy.typing import NDArray

from participation.opinion.grouping import Floats, Labels, lloyd, squared
from participation.opinion.projection import Singles, times
from participation.opinion.votes import UNSEEN, VoteMatrix

MOST_OF_A_GROUP = 200
STEPS = 20


def chance_to_stay(
    votes: VoteMatrix,
    away: Singles,
    rows: NDArray[np.intp],
    directions: Floats,
    centres: Floats,
    labels: Labels,
    trials: int,
    rng: np.random.Generator,
) -> Floats:
    """Return for each group the share (0 to 1) of its people who end in it again, over all trials.

    `rows` of the centred votes `away` are in the groups `labels`. Each trial takes half of the statements by lot, places
    everybody by those alone (dot product times n / n_half times sqrt(S / n), so that the scale stays), draws as many people
    with replacement, and moves the groups' centres until they rest. The axes are kept. In a group of more than 200 people as
    many drawn by lot speak for all.
    """
    statements = away.shape[1]
    sizes = np.bincount(labels, minlength=len(centres))
    drawn = np.concatenate(
        [
            np.sort(rng.permutation(np.flatnonzero(labels == number))[:MOST_OF_A_GROUP])
            for number in range(len(centres))
        ]
    )
    rows, labels = rows[drawn], labels[drawn]
    members = np.bincount(labels, minlength=len(centres))
    speaks_for = (sizes / np.maximum(1, members))[labels]
    seen = (votes.cells[rows] != UNSEEN) | votes.set_aside
    half = np.zeros((trials, statements), dtype=np.float32)
    for trial in range(trials):
        half[trial, rng.permutation(statements)[: (statements + 1) // 2]] = 1
    spread = np.concatenate([(half * directions[:, axis].astype(np.float32)).T for axis in range(2)], axis=1)
    reached = times(away[rows], spread)
    saw = seen.astype(np.float32)
    saw_half = times(saw, half.T)
    saw_all = np.maximum(1, saw.sum(axis=1))
    scale = np.sqrt(statements * saw_all)[:, None] / np.maximum(1, saw_half)
    points = np.stack([(reached[:, :trials] * scale).T, (reached[:, trials:] * scale).T], axis=2).astype(
        np.float64
    )
    copies = rng.multinomial(len(labels), speaks_for / speaks_for.sum(), size=trials).astype(np.float64)
    moved = lloyd(points, copies, np.broadcast_to(centres, (trials, *centres.shape)), STEPS)
    again = squared(points, moved).argmin(axis=2)
    same = (again == labels).mean(axis=0)
    return np.asarray(np.bincount(labels, same, minlength=len(centres)) / np.maximum(1, members))


def rand_index(one: Labels, other: Labels) -> float:
    """Return the adjusted Rand index of two groupings of the same people: 1 if equal, about 0 if unrelated."""
    _, rows = np.unique(one, return_inverse=True)
    _, columns = np.unique(other, return_inverse=True)
    shared = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(shared, (rows, columns), 1)
    together = _pairs(shared)
    by_one, by_other = _pairs(shared.sum(axis=1)), _pairs(shared.sum(axis=0))
    expected = by_one * by_other / _pairs(np.array([len(rows)]))
    highest = (by_one + by_other) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)


def _pairs(sizes: Floats) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
