"""What a personal programme shows: days, overlaps, ways on foot and changes."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from learning_events.domain.plan import star_session
from learning_events.domain.session import cancel_session, change_session, restore_session
from learning_events.queries.plan import days_of, planned_of
from mapping.enums import PlaceStatus
from tests import factories
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

NOBODY = AnonymousUser()


@pytest.fixture
def festival(db):
    return make_festival()


def planned(festival, *sessions):
    key = ""
    for session in sessions:
        key = star_session(session.pk, by=NOBODY, key=key).key
    return star_session(sessions[0].pk, by=NOBODY, key=key)


def rows_of(plan, festival):
    return [row for day in days_of(list(planned_of(plan, festival))) for row in day.rows]


def place_at(latitude, longitude):
    return factories.PlaceFactory(status=PlaceStatus.PUBLISHED, latitude=latitude, longitude=longitude)


def test_days_are_those_of_the_sessions_own_clock(festival):
    late = make_session(make_event(festival), hour=0, day=1, hours=1)
    early = make_session(make_event(festival), hour=23, hours=1)

    days = days_of(list(planned_of(planned(festival, late, early), festival)))

    assert [(day.date.day, len(day.rows)) for day in days] == [(12, 1), (13, 1)]
    assert days[1].rows[0].starts_at.hour == 0


def test_sessions_that_overlap_name_each_other_and_those_that_touch_do_not(festival):
    first = make_session(make_event(festival), hour=18)
    second = make_session(make_event(festival, title="Stars"), hour=19)
    third = make_session(make_event(festival, title="Night"), hour=21)

    rows = rows_of(planned(festival, first, second, third), festival)

    assert [[other.session for other in row.overlaps] for row in rows] == [[second], [first], []]


def test_a_cancelled_session_overlaps_with_nothing(festival):
    first = make_session(make_event(festival), hour=18)
    second = make_session(make_event(festival, title="Stars"), hour=19)
    plan = planned(festival, first, second)

    cancel_session(second, reason="Clouds.", by=an_editor())

    assert [row.overlaps for row in rows_of(plan, festival)] == [(), ()]


def test_a_way_is_the_straight_line_with_a_detour_at_walking_speed(festival):
    # A hundredth of a degree of latitude is 1,112 m; times 1.3 at 75 m a minute is 19.3 minutes.
    first = make_session(make_event(festival, place=place_at("52.50", "13.40")), hour=18, hours=1)
    second = make_session(make_event(festival, title="Stars", place=place_at("52.51", "13.40")), hour=19)

    before, after = rows_of(planned(festival, first, second), festival)

    assert before.walk is None
    assert (after.walk.metres, after.walk.minutes, after.walk.is_too_long) == (1112, 20, True)


@pytest.mark.parametrize("hour", [20, 22])
def test_a_way_with_time_enough_is_only_told(festival, hour):
    first = make_session(make_event(festival, place=place_at("52.50", "13.40")), hour=18, hours=1)
    second = make_session(make_event(festival, title="Stars", place=place_at("52.51", "13.40")), hour=hour)

    assert not rows_of(planned(festival, first, second), festival)[1].walk.is_too_long


def test_no_way_is_told_where_a_point_is_missing_or_the_place_is_the_same(festival):
    same = place_at("52.50", "13.40")
    rows = rows_of(
        planned(
            festival,
            make_session(make_event(festival, place=same), hour=9, hours=1),
            make_session(make_event(festival, place=same), hour=11, hours=1),
            make_session(make_event(festival, place=None), hour=13, hours=1),
        ),
        festival,
    )

    assert [row.walk for row in rows] == [None, None, None]


def test_a_far_way_is_not_for_walking(festival):
    first = make_session(make_event(festival, place=place_at("52.50", "13.40")), hour=9, hours=1)
    second = make_session(make_event(festival, place=place_at("52.60", "13.40")), hour=10, hours=1)

    walk = rows_of(planned(festival, first, second), festival)[1].walk

    assert (walk.is_walkable, walk.is_too_long) == (False, False)


def test_a_new_time_and_a_new_room_are_told_with_what_they_were(festival):
    session = make_session(make_event(festival), hour=18)
    plan = planned(festival, session)
    change_session(
        session,
        facts={
            "starts_at": session.starts_at + dt.timedelta(hours=1),
            "ends_at": session.ends_at + dt.timedelta(hours=1),
            "room": "Cellar",
        },
        by=an_editor(),
    )

    (row,) = rows_of(plan, festival)

    assert row.changes == ("time", "place")
    assert (row.was_starts_at.hour, row.starts_at.hour) == (18, 19)
    assert row.planned.seen_where == "Old bakery"


def test_a_cancellation_is_told_and_one_that_was_taken_back_is_not(festival):
    session = make_session(make_event(festival))
    plan = planned(festival, session)
    cancel_session(session, reason="Rain.", by=an_editor())
    assert rows_of(plan, festival)[0].changes == ("cancelled",)

    restore_session(session, by=an_editor())

    assert rows_of(plan, festival)[0].changes == ()


def test_only_sessions_of_this_festival_that_are_public_are_shown(festival):
    session = make_session(make_event(festival))
    elsewhere = make_session(make_event(make_festival(slug="other", title="Other")))
    gone = make_event(festival, title="Gone")
    plan = planned(festival, session, elsewhere, make_session(gone))
    gone.unpublish()

    assert [row.session for row in rows_of(plan, festival)] == [session]


def test_thirty_sessions_cost_as_many_queries_as_one(festival, django_assert_num_queries):
    sessions = [make_session(make_event(festival, title=f"Event {n}"), day=n % 9) for n in range(30)]
    one, many = planned(festival, sessions[0]), planned(festival, *sessions)
    rows_of(one, festival)

    for plan in (one, many):
        with django_assert_num_queries(2):
            rows = rows_of(plan, festival)
            assert [row.session.event.url for row in rows]
