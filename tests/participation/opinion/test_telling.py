"""What is published tells nothing about fewer than five people."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion import AGREE, DISAGREE, Engine, Said, Settings
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


def test_the_votes_of_two_people_against_all_cannot_be_told():
    engine = Engine()
    for person in range(35):
        for statement in range(8):
            engine.votes.take(person, statement, DISAGREE if person >= 33 else AGREE)

    analysis = engine.analyse()

    assert (analysis.people, analysis.too_small) == (35, 2)
    assert [(group.people, group.representative) for group in analysis.groups] == [(33, ())]
    assert engine.votes.disagreed.tolist() == [2] * 8
    assert {result.everybody for result in analysis.statements} == {Said(33, 0, 0)}
    assert {result.groups for result in analysis.statements} == {(Said(33, 0, 0),)}
    assert engine.place_of(34).label is None
    assert set(engine.published_groups()) == set(range(33))


def test_totals_count_few_people_among_enough_others():
    engine = Engine()
    for person in range(35):
        for statement in range(8):
            engine.votes.take(person, statement, DISAGREE if person >= 33 else AGREE)
    for visitor in ("a", "b", "c"):
        engine.votes.take(visitor, 0, AGREE)

    analysis = engine.analyse()

    assert analysis.statements[0].everybody == Said(36, 2, 0)


def test_small_groups_are_avoided_where_larger_ones_can_be_found():
    engine = camps(20, 15, noise=0.0)
    for person in ("odd", "odder"):
        for statement in range(24):
            engine.votes.take(person, statement, DISAGREE)

    engine.settings = Settings(smallest_group=1)
    anyhow = engine.analyse()
    fresh = camps(20, 15, noise=0.0)
    for person in ("odd", "odder"):
        for statement in range(24):
            fresh.votes.take(person, statement, DISAGREE)
    analysis = fresh.analyse()

    assert sorted(group.people for group in anyhow.groups) == [2, 15, 20]
    assert (analysis.too_small, min(group.people for group in analysis.groups) >= 5) == (0, True)


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
