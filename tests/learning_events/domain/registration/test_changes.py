"""What the people of a session hear when it changes, once each, and what becomes of names afterwards."""

import datetime as dt

import pytest
from django.core.management import call_command

from learning_events.domain.registration import (
    cancel_registration,
    check_in,
    expire_holds_and_offers,
    forget_booked,
    hold_seats,
    remind_booked,
)
from learning_events.domain.registration.door import Tap
from learning_events.domain.session import cancel_session, change_session, restore_session
from learning_events.models import DoorTap, Registration
from learning_events.queries.registration import attendance_of, attended_by
from participation.domain.personal_data import erase_person
from participation.queries.personal_data import held_about
from tests import factories
from tests.learning_events.domain.registration.seats import book, counts, sent_mails, state_of, subjects, wait
from tests.learning_events.festivals import an_editor, with_seats


@pytest.fixture
def session(event):
    return with_seats(event, 2)


def test_everybody_hears_once_of_a_cancellation_and_keeps_the_registration(session):
    ada, cora = book(session, "Ada", people=2), wait(session, "Cora")

    cancel_session(session, reason="The baker is ill.", by=an_editor())
    cancel_session(session, reason="The baker is ill.", by=an_editor())

    assert subjects()[-2:] == ["ada: Cancelled", "cora: Cancelled"]
    assert subjects().count("ada: Cancelled") == 1
    assert (state_of(ada), state_of(cora)) == ("confirmed", "waiting")


def test_everybody_hears_that_it_takes_place_after_all(session):
    book(session, "Ada")
    cancel_session(session, reason="The baker is ill.", by=an_editor())

    restore_session(session, by=an_editor())

    assert subjects()[-1] == "ada: It takes place after all"


def test_everybody_hears_of_a_new_time_with_a_way_to_cancel(session):
    ada = book(session, "Ada")

    later = session.starts_at + dt.timedelta(hours=1)
    change_session(
        session, facts={"starts_at": later, "ends_at": later + dt.timedelta(hours=2)}, by=an_editor()
    )

    letter = sent_mails()[-1]
    assert letter.subject == "Time or place has changed: Bread for beginners"
    assert "19:00–21:00 (CEST)" in letter.body
    assert ada.key in letter.body


def test_note_that_changes_is_told_to_nobody(session):
    book(session, "Ada")

    change_session(session, facts={"note": "Bring a bowl."}, by=an_editor())

    assert subjects() == ["ada: Your seat"]


def test_letter_has_the_facts_and_no_link_of_a_stranger(session):
    book(session, "Ada", people=2, email="ada@example.org", phone="1")
    letter = sent_mails()[0]

    assert letter.to == ["ada@example.org"]
    assert "Saturday, 12 September 2026, 18:00–20:00 (CEST)" in letter.body
    assert "2 people" in letter.body
    assert "040 12 34 56" in letter.body


def test_reminder_goes_out_once_to_who_booked_before(session, clock):
    book(session, "Ada")
    clock.move_to(session.starts_at - dt.timedelta(hours=24))
    book(session, "Bert")
    clock.shift(dt.timedelta(minutes=5))

    assert remind_booked() == 1
    assert remind_booked() == 0

    assert subjects().count("ada: Do not forget") == 1


def test_no_reminder_of_what_is_cancelled(session, clock):
    cancel_registration(book(session, "Ada"))
    book(session, "Bert")
    cancel_session(session, reason="The baker is ill.", by=an_editor())
    clock.move_to(session.starts_at - dt.timedelta(hours=2))

    assert remind_booked() == 0


def test_names_are_forgotten_after_thirty_days_and_numbers_stay(session, clock):
    person = factories.ParticipantFactory()
    ada = book(session, "Ada")
    Registration.objects.filter(pk=ada.pk).update(participant=person)
    clock.move_to(session.starts_at)
    check_in(session, [Tap("a" * 32, ada.pk, True)], by=an_editor())
    clock.move_to(session.ends_at + dt.timedelta(days=29))
    assert forget_booked() == 0
    clock.shift(dt.timedelta(days=2))

    call_command("forget_booked")

    row = Registration.objects.get(pk=ada.pk)
    assert (row.name, row.email, row.phone, row.answers) == ("", "", "", [])
    assert row.key != ada.key
    assert DoorTap.objects.count() == 0
    assert attendance_of([session.pk])[session.pk].came == 1
    assert [each.pk for each in attended_by(person)] == [ada.pk]


def test_hold_that_nobody_finished_is_deleted_after_a_day(session, clock):
    hold_seats(session, 1)
    clock.shift(dt.timedelta(hours=2))
    expire_holds_and_offers()
    assert Registration.objects.count() == 1
    clock.shift(dt.timedelta(days=1))

    forget_booked()

    assert Registration.objects.count() == 0


def test_leaving_person_gives_seats_back_and_is_forgotten(session):
    person = factories.ParticipantFactory()
    ada = book(session, "Ada")
    Registration.objects.filter(pk=ada.pk).update(participant=person)
    assert "Ada" in str(list(held_about(person.user)))

    erase_person(person.user, by=person.user)

    row = Registration.objects.get(pk=ada.pk)
    assert (row.name, row.email, row.participant, row.state) == ("", "", None, "cancelled")
    assert counts(session) == (0, 0)
