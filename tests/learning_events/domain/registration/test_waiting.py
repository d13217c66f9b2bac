"""The waiting list: in order, groups all or none, with a deadline, and none in the last hours."""

import datetime as dt

import pytest

from learning_events.domain.registration import (
    accept_offer,
    cancel_registration,
    change_registration,
    decline_offer,
    expire_holds_and_offers,
    hold_seats,
    promote_from_waiting_list,
)
from learning_events.domain.session import cancel_session, change_session
from learning_events.models import Registration
from learning_events.queries.registration import before_in_line, free_for_web
from participation.foundation.errors import Conflict
from tests.learning_events.domain.registration.seats import book, counts, state_of, subjects, wait
from tests.learning_events.festivals import an_editor, with_seats


@pytest.fixture
def session(event):
    """A session with two seats, both taken."""
    return with_seats(event, 2)


@pytest.fixture
def booked(session):
    return [book(session, "Ada"), book(session, "Bert")]


def test_freed_seat_goes_to_first_in_line(session, booked):
    first, second = wait(session, "Cora"), wait(session, "Dan")

    cancel_registration(booked[0])

    assert (state_of(first), state_of(second)) == ("offered", "waiting")
    assert counts(session) == (2, 1)
    assert set(subjects()[-2:]) == {"cora: A seat is free for you", "ada: Your registration is cancelled"}


def test_place_in_line_is_told_honestly(session, booked):
    wait(session, "Cora", people=2)

    assert before_in_line(wait(session, "Dan")) == (1, 2)


def test_accepted_offer_is_a_seat_and_accepting_twice_does_no_harm(session, booked):
    waiting = wait(session, "Cora")
    cancel_registration(booked[0])

    accept_offer(waiting)
    accept_offer(waiting)

    assert (state_of(waiting), counts(session)) == ("confirmed", (2, 0))
    assert subjects().count("cora: Your seat") == 1


def test_declined_offer_goes_to_the_next(session, booked):
    first, second = wait(session, "Cora"), wait(session, "Dan")
    cancel_registration(booked[0])

    decline_offer(first)

    assert (state_of(first), state_of(second)) == ("declined", "offered")


def test_offer_nobody_accepts_in_time_goes_to_the_next(session, booked, clock):
    first, second = wait(session, "Cora"), wait(session, "Dan")
    cancel_registration(booked[0])
    clock.shift(dt.timedelta(hours=24))

    expire_holds_and_offers()

    assert (state_of(first), state_of(second)) == ("expired", "offered")
    assert "cora: The seat went to somebody else" in subjects()
    with pytest.raises(Conflict) as refusal:
        accept_offer(first)
    assert refusal.value.code == "late"


def test_offer_that_is_over_is_refused_even_before_any_job_ran(session, booked, clock):
    first, second = wait(session, "Cora"), wait(session, "Dan")
    cancel_registration(booked[0])
    clock.shift(dt.timedelta(hours=25))

    with pytest.raises(Conflict):
        accept_offer(first)

    assert (state_of(first), state_of(second)) == ("expired", "offered")


def test_newcomer_does_not_pass_those_who_wait(session, booked, clock):
    wait(session, "Cora", people=2)
    cancel_registration(booked[0])

    with pytest.raises(Conflict):
        hold_seats(session, 1)

    session.refresh_from_db()
    assert free_for_web(session) == 0


def test_large_group_is_asked_whether_fewer_would_do_and_those_behind_wait_with_it(session, booked, clock):
    group, single = wait(session, "Cora", people=2), wait(session, "Dan")

    cancel_registration(booked[0])

    assert (state_of(group), state_of(single)) == ("waiting", "waiting")
    assert subjects().count("cora: Some seats are free") == 1
    clock.shift(dt.timedelta(hours=23))
    expire_holds_and_offers()
    assert state_of(single) == "waiting"


def test_large_group_that_takes_fewer_seats_gets_them_at_once(session, booked):
    group = wait(session, "Cora", people=2)
    cancel_registration(booked[0])

    change_registration(group, facts={"people": 1})

    assert (state_of(group), counts(session)) == ("offered", (2, 0))


def test_large_group_is_passed_after_a_while_and_stays_first(session, booked, clock):
    group, single = wait(session, "Cora", people=2), wait(session, "Dan")
    cancel_registration(booked[0])
    clock.shift(dt.timedelta(hours=24))
    expire_holds_and_offers()
    assert (state_of(group), state_of(single)) == ("waiting", "offered")

    decline_offer(single)
    cancel_registration(booked[1])

    assert (state_of(group), counts(session)) == ("offered", (2, 0))
    assert subjects().count("cora: Some seats are free") == 1


def test_more_seats_go_to_those_who_wait_in_their_order(session, booked):
    waiting = [wait(session, name) for name in ("Cora", "Dan", "Eva")]

    change_session(session, facts={"seats": 4}, by=an_editor())

    assert [state_of(each) for each in waiting] == ["offered", "offered", "waiting"]
    assert counts(session) == (4, 1)


def test_no_offers_in_the_last_hours_and_then_who_comes_first_gets_the_seat(session, booked, clock):
    waiting = wait(session, "Cora")
    clock.move_to(session.starts_at - dt.timedelta(hours=3))

    cancel_registration(booked[0])
    expire_holds_and_offers()
    expire_holds_and_offers()

    assert state_of(waiting) == "waiting"
    assert subjects().count("cora: The waiting list has ended") == 1
    accept_offer(waiting)
    assert (state_of(waiting), counts(session)) == ("confirmed", (2, 0))


def test_newcomer_may_take_a_seat_in_the_last_hours(session, booked, clock):
    wait(session, "Cora")
    clock.move_to(session.starts_at - dt.timedelta(hours=1))
    cancel_registration(booked[0])

    hold_seats(session, 1)

    assert counts(session) == (2, 1)


def test_offer_ends_before_the_last_hours_begin(session, booked, clock):
    waiting = wait(session, "Cora")
    clock.move_to(session.starts_at - dt.timedelta(hours=5))

    cancel_registration(booked[0])

    until = Registration.objects.get(pk=waiting.pk).offered_until
    assert until == session.starts_at - dt.timedelta(hours=3)


def test_who_waits_is_offered_a_seat_at_once_where_one_is_free(event):
    session = with_seats(event, 1)

    waiting = wait(session, "Cora")

    assert waiting.state == "offered"


def test_nothing_is_offered_while_the_session_is_cancelled(session, booked):
    waiting = wait(session, "Cora")
    cancel_session(session, reason="The baker is ill.", by=an_editor())

    cancel_registration(booked[0])

    assert state_of(waiting) == "waiting"


def test_seats_are_looked_after_in_as_many_queries_for_many_waiting(
    session, booked, django_assert_max_num_queries
):
    for number in range(12):
        wait(session, f"P{number}")

    with django_assert_max_num_queries(8):
        assert promote_from_waiting_list(session) == 12
