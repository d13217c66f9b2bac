from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion.lottery import META_PRIORITY, draw, priorities, seed_for

COUNTS = st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))


def lots_of(agreed, passed, seen, reach=0.0, meta=False):
    arrays = (np.array([value], dtype=np.int32) for value in (agreed, passed, seen))
    return priorities(*arrays, np.array([reach]), np.array([meta]))[0]


def test_lots_by_hand():
    # 10 votes, 6 agree, 2 pass, reach 1: ((1 - 3/12) * 2 * 7/12 * (1 + 8/4))^2.
    assert lots_of(6, 2, 10, reach=1.0) == pytest.approx((0.75 * 2 * 7 / 12 * 3) ** 2)
    assert lots_of(0, 0, 0) == pytest.approx((0.5 * 1 * 0.5 * 9) ** 2)
    assert lots_of(6, 2, 10, meta=True) == META_PRIORITY


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.floats(0, 100))
def test_every_statement_has_a_chance(votes, reach):
    agreed, disagreed, passed = votes

    assert lots_of(agreed, passed, agreed + disagreed + passed, reach) > 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1e-6, 1e6), st.booleans()), min_size=1, max_size=30),
    st.integers(0, 40),
    st.integers(0, 9),
)
def test_only_available_statements_are_drawn_none_twice_and_always_the_same(statements, count, seed):
    lots = np.array([lot for lot, _ in statements])
    available = np.array([free for _, free in statements])

    drawn = draw(lots, available, count, seed=(seed, "person"))

    assert len(drawn) == len(set(drawn)) == min(count, available.sum())
    assert all(available[position] for position in drawn)
    assert draw(lots, available, count, seed=(seed, "person")) == drawn


def test_chances_are_proportional_to_lots():
    lots, available = np.array([1.0, 3.0, 4.0, 50.0]), np.array([True, True, True, False])

    drawn = Counter(draw(lots, available, 1, seed=(5, person))[0] for person in range(4000))

    assert set(drawn) == {0, 1, 2}
    assert drawn[0] / 4000 == pytest.approx(1 / 8, abs=0.02)
    assert drawn[1] / 4000 == pytest.approx(3 / 8, abs=0.03)


def test_people_named_alike_draw_apart():
    assert len({seed_for(person) for person in (1, -1, "guest", "tseug")}) == 4
