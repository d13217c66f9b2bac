import json
from dataclasses import replace

import numpy as np
import pytest

from participation.opinion import AGREE, DISAGREE, Engine, Settings
from tests.participation.opinion.crowds import camps


def members(engine, label):
    return {person for person, name in engine.published_groups().items() if name == label}


def test_two_camps_are_found_with_what_unites_and_what_divides_them():
    engine = camps(30, 20)

    analysis = engine.analyse()

    assert [(group.label, group.people) for group in analysis.groups] == [(0, 30), (1, 20)]
    assert members(engine, 0) == set(range(30))
    assert set(analysis.unites) <= set(range(0, 24, 3))
    assert len(analysis.unites) == 5
    assert not set(analysis.divides) & set(range(0, 24, 3))
    assert len(analysis.divides) == 5
    assert (analysis.people, analysis.people_placed, analysis.too_small, analysis.missing) == (50, 50, 0, 0)
    assert analysis.votes == 50 * 16
    assert analysis.silhouette > 0.6


def test_three_camps_are_three_groups():
    analysis = camps(40, 30, 20, statements=36).analyse()

    assert [group.people for group in analysis.groups] == [40, 30, 20]


def test_nothing_but_counts_before_enough_people_have_voted():
    engine = camps(20, 9)

    hidden = engine.analyse()
    engine.votes.take("the thirtieth", 0, AGREE)
    shown = engine.analyse()

    assert (hidden.shown, hidden.people, hidden.missing, hidden.votes) == (False, 29, 1, 29 * 16)
    assert (hidden.groups, hidden.dots, hidden.statements, hidden.unites) == ((), (), (), ())
    assert shown.shown
    assert shown.missing == 0
    assert [group.people for group in shown.groups] == [20, 9]


def test_it_hides_again_when_people_have_left():
    engine = camps(20, 10)
    engine.analyse()

    engine.votes.forget(0)

    assert not engine.analyse().shown
    assert engine.place_of(1) is None
    assert engine.published_groups() == {}


def test_the_same_votes_and_seed_give_the_same_analysis():
    assert camps(30, 20).analyse() == camps(30, 20).analyse()


def test_without_a_change_the_last_analysis_is_returned():
    engine = camps(30, 20)

    assert engine.analyse() is engine.analyse()


def test_another_process_goes_on_from_what_this_one_remembers():
    here = camps(30, 20)
    here.analyse()
    there = Engine(seed=here.seed, memory=json.loads(json.dumps(here.remember())))
    there.votes = camps(30, 20).votes

    for engine in (here, there):
        engine.votes.take(0, 5, DISAGREE)

    assert there.analyse() == here.analyse()
    assert there.remember() == here.remember()


def test_what_is_remembered_names_nobody_who_has_been_forgotten():
    engine = camps(30, 20)
    engine.analyse()

    engine.votes.forget(7)

    assert 7 not in [person for person, _name in engine.remember()["names"]]
    assert len(engine.remember()["names"]) == 49


def test_groups_keep_their_names_when_the_smaller_becomes_the_larger():
    engine = camps(30, 20)
    engine.analyse()
    before = members(engine, 1)

    for newcomer in range(100, 130):
        for statement, vote in engine.votes.votes_of(40 + newcomer % 10).items():
            engine.votes.take(newcomer, statement, vote)
    analysis = engine.analyse()

    assert [(group.label, group.people) for group in analysis.groups] == [(0, 30), (1, 50)]
    assert members(engine, 1) == before | set(range(100, 130))


def test_another_number_of_groups_waits_for_four_equal_results():
    engine = camps(40, 30, 20, statements=36, settings=Settings(most_groups=2))
    engine.analyse()
    engine.settings = Settings()
    shown = []
    for visit in range(5):
        engine.votes.take("visitor", visit, AGREE)
        shown.append(len(engine.analyse().groups))

    assert shown == [2, 2, 2, 3, 3]


def test_who_has_seen_few_statements_is_placed_only_while_few_have_seen_more():
    engine = camps(5, 5, settings=Settings(people_to_show=10))
    for person, seen in enumerate((6, 5, 4, 3, 2, 1)):
        for statement in range(seen):
            engine.votes.take(f"early {person}", statement, AGREE)
    first = engine.analyse().people_placed

    for person in range(10):
        for statement, vote in engine.votes.votes_of(person).items():
            engine.votes.take(f"late {person}", statement, vote)
    later = engine.analyse()

    # Fifteen at first, without the one who had seen least; whoever is in stays in.
    assert first == 15
    assert later.people_placed == 25
    assert engine.place_of("early 5").label is None
    assert engine.place_of("early 5").votes_missing == 6
    assert engine.place_of("early 4").votes_missing == 0


def test_a_statement_put_aside_is_in_no_list_and_decides_nothing():
    engine = camps(30, 20)
    divided = [statement for statement in range(24) if statement % 3]
    before = engine.analyse()

    for statement in divided:
        engine.votes.put_aside(statement)
    analysis = engine.analyse()

    assert {result.statement for result in before.statements} == set(range(24))
    assert {result.statement for result in analysis.statements} == set(range(0, 24, 3))
    assert not set(analysis.divides) & set(divided)
    assert not {told.statement for group in analysis.groups for told in group.representative} & set(divided)
    assert not {engine.next_statements("visitor", 24)[place] for place in range(8)} & set(divided)


def test_people_of_one_mind_are_one_group():
    engine = Engine()
    for person in range(35):
        for statement in range(8):
            engine.votes.take(person, statement, AGREE)

    analysis = engine.analyse()

    assert [(group.label, group.people, group.representative) for group in analysis.groups] == [(0, 35, ())]
    assert analysis.unites == (0, 1, 2, 3, 4)
    assert analysis.divides == ()


def test_where_am_i():
    engine = camps(30, 20)
    group = engine.analyse().groups[1]

    place = engine.place_of(35)

    assert (place.label, place.votes, place.votes_missing) == (1, 16, 0)
    assert np.hypot(place.x - group.centre[0], place.y - group.centre[1]) < 1
    assert engine.place_of("a stranger") is None


def test_where_am_i_follows_my_votes_at_once():
    engine = camps(30, 20)
    engine.analyse()
    for statement, vote in engine.votes.votes_of(0).items():
        engine.votes.take("visitor", statement, vote)
    engine.votes.take("visitor", "a new statement", AGREE)

    place, neighbour = engine.place_of("visitor"), engine.place_of(0)

    assert (place.x, place.y) == pytest.approx((neighbour.x, neighbour.y), rel=1e-5)
    assert place.label is None


def test_the_next_statement_is_one_i_have_not_seen_and_stays_until_i_vote():
    engine = camps(30, 20)
    engine.analyse()
    engine.votes.add_statement("new")
    unseen = {"new", *range(24)} - set(engine.votes.votes_of(3))

    asked = engine.next_statements(3, 30)
    again = engine.next_statements(3, 30)
    without = engine.next_statements(3, 30, without={"new"})

    assert set(asked) == unseen
    assert again == asked
    assert without == [statement for statement in asked if statement != "new"]
    engine.votes.take(3, asked[0], AGREE)
    assert set(engine.next_statements(3, 30)) == unseen - {asked[0]}


def test_before_the_first_vote_statements_are_asked_too():
    engine = Engine()
    for statement in range(3):
        engine.votes.add_statement(statement)

    assert sorted(engine.next_statements("first", 3)) == [0, 1, 2]
    assert engine.analyse().people == 0
    assert Engine().next_statements("first") == []


def test_an_analysis_is_ready_for_json():
    analysis = camps(30, 20).analyse()

    text = json.loads(json.dumps(analysis.as_dict()))

    assert text["groups"][0]["people"] == 30
    assert replace(analysis, shown=False) != analysis
