"""A seat on its way: held, confirmed, changed and cancelled."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from learning_events.domain.registration import (
    ask_question,
    cancel_registration,
    change_registration,
    confirm_registration,
    expire_holds_and_offers,
    hold_seats,
)
from learning_events.enums import Booking
from learning_events.models import ProgrammeVersion, Registration, Session
from learning_events.queries.registration import free_for_web
from participation.foundation.errors import Conflict, Invalid, Missing
from tests.learning_events.domain.registration.seats import book, counts, named, state_of, subjects
from tests.learning_events.festivals import an_editor, with_seats


def test_held_seats_are_taken_for_fifteen_minutes(event, clock):
    session = with_seats(event, 2)

    held = hold_seats(session, 2)

    assert counts(session) == (2, 0)
    with pytest.raises(Conflict) as refusal:
        hold_seats(session, 1)
    assert refusal.value.code == "full"
    clock.shift(dt.timedelta(minutes=15))
    hold_seats(session, 1)
    assert state_of(held) == "expired"
    assert counts(session) == (1, 0)


def test_confirmed_seat_stays_and_is_told_once(event, clock):
    session = with_seats(event, 1)
    held = hold_seats(session, 1)

    confirmed = confirm_registration(held, facts=named("Ada"))
    confirm_registration(held, facts=named("Ada"))

    clock.shift(dt.timedelta(hours=1))
    expire_holds_and_offers()
    assert (state_of(confirmed), counts(session)) == ("confirmed", (1, 0))
    assert subjects() == ["ada: Your seat"]


def test_hold_that_is_over_is_taken_anew_while_there_is_room(event, clock):
    session = with_seats(event, 1)
    held = hold_seats(session, 1)
    clock.shift(dt.timedelta(hours=1))

    confirm_registration(held, facts=named("Ada"))

    assert (state_of(held), counts(session)) == ("confirmed", (1, 0))


def test_hold_that_is_over_gets_nothing_when_somebody_was_quicker(event, clock):
    session = with_seats(event, 1)
    held = hold_seats(session, 1)
    clock.shift(dt.timedelta(hours=1))
    book(session, "Bert")

    with pytest.raises(Conflict) as refusal:
        confirm_registration(held, facts=named("Ada"))

    assert refusal.value.code == "full"
    assert counts(session) == (1, 0)


def test_group_gets_seats_for_all_or_none(event):
    session = with_seats(event, 3)
    book(session, "Ada", people=2)

    with pytest.raises(Conflict):
        hold_seats(session, 2)

    assert counts(session) == (2, 0)


@pytest.mark.parametrize("people", [0, -1, 11])
def test_group_of_impossible_size_is_refused(event, people):
    with pytest.raises(Invalid) as refusal:
        hold_seats(with_seats(event, 30), people)

    assert refusal.value.field == "people"


def test_seats_kept_for_the_door_are_not_given_away_on_the_web(event):
    session = with_seats(event, 3, seats_kept=2)
    book(session, "Ada")

    with pytest.raises(Conflict):
        hold_seats(session, 1)

    session.refresh_from_db()
    assert free_for_web(session) == 0


def test_same_address_registers_once_and_gets_its_link_again(event):
    session = with_seats(event, 5)
    book(session, "Ada")
    held = hold_seats(session, 1)

    with pytest.raises(Conflict) as refusal:
        confirm_registration(held, facts={"name": "Ada again", "email": " ADA@example.org"})

    assert refusal.value.code == "twice"
    assert subjects() == ["ada: Your seat", "ada: Your registration"]
    assert state_of(held) == "held"


def test_same_address_may_register_again_after_it_cancelled(event):
    session = with_seats(event, 1)
    cancel_registration(book(session, "Ada"))

    book(session, "Ada")

    assert counts(session) == (1, 0)


def test_cancelled_seat_is_free_and_cancelling_twice_does_no_harm(event):
    session = with_seats(event, 1)
    registration = book(session, "Ada")

    cancel_registration(registration)
    cancel_registration(registration)

    assert (state_of(registration), counts(session)) == ("cancelled", (0, 0))
    assert subjects() == ["ada: Your seat", "ada: Your registration is cancelled"]


def test_group_becomes_larger_while_there_is_room(event):
    session = with_seats(event, 4)
    book(session, "Bert")
    registration = book(session, "Ada", people=2)

    change_registration(registration, facts={"people": 3})

    assert counts(session) == (4, 0)
    with pytest.raises(Conflict) as refusal:
        change_registration(registration, facts={"people": 4})
    assert refusal.value.field == "people"
    assert counts(session) == (4, 0)


def test_required_question_must_be_answered(event):
    session = with_seats(event, 3)
    question = ask_question(
        event, text="Do you bring an apron?", kind="yes-no", required=True, by=an_editor()
    )
    held = hold_seats(session, 1)

    with pytest.raises(Invalid) as refusal:
        confirm_registration(held, facts=named("Ada"))
    confirm_registration(held, facts=named("Ada", answers={question.pk: "yes"}))

    assert refusal.value.field == f"question_{question.pk}"
    assert Registration.objects.get(pk=held.pk).answers == [
        {"question": question.pk, "text": "Do you bring an apron?", "answer": "yes"}
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"name": ""}, "name"), ({"email": ""}, "email"), ({"email": "ada"}, "email")],
)
def test_wrong_facts_are_refused_by_name(event, facts, field):
    held = hold_seats(with_seats(event, 3), 1)

    with pytest.raises(Invalid) as refusal:
        confirm_registration(held, facts={**named("Ada"), **facts})

    assert refusal.value.field == field


def test_session_that_has_begun_takes_no_registrations(event, clock):
    session = with_seats(event, 3)
    clock.move_to(session.starts_at)

    with pytest.raises(Conflict) as refusal:
        hold_seats(session, 1)

    assert refusal.value.code == "closed"


def test_event_without_registration_or_not_public_takes_none(event):
    session = with_seats(event, 3)
    session.event.booking = Booking.OPEN
    with pytest.raises(Conflict):
        hold_seats(session, 1)
    session.event.live = False
    with pytest.raises(Missing):
        hold_seats(session, 1)


def test_programme_hears_when_a_session_becomes_full_or_free(event, django_capture_on_commit_callbacks):
    session = with_seats(event, 2)

    def version():
        return ProgrammeVersion.objects.get().number

    before = version()
    with django_capture_on_commit_callbacks(execute=True):
        book(session, "Ada")
    assert version() == before
    with django_capture_on_commit_callbacks(execute=True):
        last = book(session, "Bert")
    assert version() == before + 1
    with django_capture_on_commit_callbacks(execute=True):
        cancel_registration(last)
    assert version() == before + 2


def test_more_people_than_seats_are_never_written(event):
    """The database itself holds the line, whatever code asks."""
    session = with_seats(event, 2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(taken=3)
