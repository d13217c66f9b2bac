from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion.grouping import (
    Steadiness,
    aligned,
    base_clusters,
    group,
    halves,
    most_groups,
    silhouette,
)


def by_definition(points, labels):
    """Return the mean silhouette of single people as Rousseeuw wrote it."""
    values = []
    for here, own in enumerate(labels):
        apart = np.hypot(*(points - points[here]).T)
        mates = [there for there, other in enumerate(labels) if other == own and there != here]
        if not mates:
            values.append(0.0)
            continue
        a = apart[mates].mean()
        b = min(apart[labels == other].mean() for other in set(labels.tolist()) - {own})
        values.append((b - a) / max(a, b))
    return np.mean(values)


def heaps(seed=0, people=40):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((people, 2)) + rng.choice([-3, 3], (people, 1))


def test_silhouette_is_rousseeuws_also_where_people_stand_in_heaps():
    points = heaps(people=20)
    labels = (points[:, 0] > 0).astype(int)
    labels[:3] = 2
    weights = np.array([1.0, 2.0, 3.0, 1.0, 1.0] * 4)
    copies = weights.astype(int)

    assert silhouette(points, np.ones(20), labels) == pytest.approx(by_definition(points, labels))
    assert silhouette(points, weights, labels) == pytest.approx(
        by_definition(np.repeat(points, copies, axis=0), np.repeat(labels, copies))
    )
    assert silhouette(points, weights, np.zeros(20, dtype=int)) == 0


@pytest.mark.parametrize("k", [2, 3])
def test_groups_are_the_best_there_are(k):
    rng = np.random.default_rng(k)
    points, weights = rng.standard_normal((9, 2)), rng.integers(1, 4, 9).astype(float)

    found = group(points, weights, k, np.random.default_rng(0))

    def inertia(labels):
        total = 0.0
        for number in set(labels):
            members = np.array(labels) == number
            centre = np.average(points[members], axis=0, weights=weights[members])
            total += (weights[members] * ((points[members] - centre) ** 2).sum(axis=1)).sum()
        return total

    assert found.inertia == pytest.approx(min(inertia(labels) for labels in product(range(k), repeat=9)))
    assert inertia(found.labels.tolist()) == pytest.approx(found.inertia)


def test_earlier_groups_stay_where_others_are_hardly_better():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    across = np.array([[0.5, 0.0], [0.5, 1.0]])
    along = np.array([[0.0, 0.5], [1.0, 0.5]])

    labels = [
        group(points, np.ones(4), 2, np.random.default_rng(0), start).labels.tolist()
        for start in (across, along)
    ]

    assert labels == [[0, 0, 1, 1], [0, 1, 0, 1]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60),
    st.integers(1, 20),
    st.integers(1, 6),
)
def test_halves_hold_everybody_once_and_enough(points, limit, smallest):
    parts = halves(np.array(points, dtype=float), limit, smallest)

    assert sorted(np.concatenate(parts).tolist()) == list(range(len(points)))
    assert len(parts) <= limit
    assert len(parts) == 1 or min(map(len, parts)) >= smallest


def test_few_people_are_their_own_clusters_and_many_share_them():
    points = heaps(people=400)

    few, many = base_clusters(points[:50], 100), base_clusters(points, 100)

    assert few.labels.tolist() == list(range(50))
    assert len(many.centres) <= 100
    assert many.labels.max() == len(many.centres) - 1
    mean_distance = np.hypot(*(points - many.centres[many.labels]).T).mean()
    assert mean_distance < 0.25


def test_another_number_is_shown_only_after_four_equal_results():
    steady = Steadiness(2, 2, 1)
    shown = []
    for found in (3, 3, 2, 3, 3, 3, 3, 4):
        steady = steady.after(found, 4)
        shown.append(steady.shown)

    assert shown == [2, 2, 2, 2, 2, 2, 3, 3]


def test_more_groups_are_tried_the_more_people_there_are():
    assert [most_groups(base, 5) for base in (5, 12, 24, 35, 36, 100)] == [2, 3, 4, 4, 5, 5]


def test_most_people_keep_the_name_of_their_group():
    labels = np.array([0, 0, 0, 1, 1, 2, 2, 2])

    assert aligned(labels, np.array([3, 3, 1, 1, 1, -1, 0, 0]), 5) == [3, 1, 0]
    assert aligned(labels, np.full(8, -1), 5) == [0, 2, 1]
