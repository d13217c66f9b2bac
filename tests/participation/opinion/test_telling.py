"""What is published tells nothing about fewer than five people."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion import AGREE, DISAGREE, Settings
from tests.participation.opinion.crowds import camps


@settings(max_examples=30, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 12), min_size=2, max_size=4),
    strangers=st.integers(0, 7),
    noise=st.sampled_from([0.0, 0.2, 1.0]),
    seed=st.integers(0, 99),
)
def test_no_few_people_are_described_nor_can_be_told_from_totals(sizes, strangers, noise, seed):
    engine = camps(*sizes, statements=12, noise=noise, seed=seed, settings=Settings(people_to_show=15))
    for stranger in range(strangers):
        engine.votes.take(f"stranger {stranger}", stranger, AGREE)

    analysis = engine.analyse()

    people = sum(sizes) + strangers
    assert analysis.shown == (people >= 15)
    described = sum(group.people for group in analysis.groups)
    assert all(group.people >= 5 for group in analysis.groups)
    assert all(dot.people >= 5 for dot in analysis.dots)
    assert sum(dot.people for dot in analysis.dots) == described
    assert described + analysis.too_small == analysis.people_placed
    for column, result in enumerate(analysis.statements):
        all_votes = engine.votes.agreed[column] + engine.votes.passed[column] + engine.votes.disagreed[column]
        in_groups = sum(said.seen for said in result.groups)
        assert result.everybody.seen == (all_votes if people - described >= 5 else in_groups)


def outlier():
    """Return a crowd in which two people contradict everybody, and so far away that they are a group."""
    engine = camps(20, 15, noise=0.0, settings=Settings(people_to_show=15, most_groups=3))
    for person in ("odd", "odder"):
        for statement in range(24):
            engine.votes.take(person, statement, DISAGREE)
    return engine


def test_two_people_far_from_all_are_not_described():
    engine = outlier()
    # The engine avoids groups so small where it can; here it is made to find them.
    engine.settings = Settings(people_to_show=15, most_groups=3, smallest_group=1)
    alone = engine.analyse()
    assert sorted(group.people for group in alone.groups)[0] < 5
    label = engine.place_of("odd").label
    assert label is not None

    engine.settings = Settings(people_to_show=15, most_groups=3)
    engine.votes.take("odd", 0, AGREE)
    analysis = engine.analyse()

    assert all(group.people >= 5 for group in analysis.groups)
    assert all(
        said.agree + said.disagree + said.passed <= 37 for said in (r.everybody for r in analysis.statements)
    )


def test_small_groups_are_avoided_where_larger_ones_can_be_found():
    analysis = outlier().analyse()

    assert analysis.too_small == 0
    assert min(group.people for group in analysis.groups) >= 5


def test_nobody_is_named():
    engine = camps(20, 15)
    for person in list(engine.votes.people):
        for statement, vote in engine.votes.votes_of(person).items():
            engine.votes.take(f"resident-{person}", statement, vote)
        engine.votes.forget(person)

    analysis = engine.analyse()

    assert "resident-3" in json.dumps(engine.remember())
    assert "resident-" not in json.dumps(analysis.as_dict())


def test_a_dot_is_the_middle_of_its_people():
    engine = camps(30, 20)
    analysis = engine.analyse()

    for group in analysis.groups:
        dots = [dot for dot in analysis.dots if dot.label == group.label]
        x = np.average([dot.x for dot in dots], weights=[dot.people for dot in dots])
        assert abs(x - group.centre[0]) < 1e-9
