"""The bookings of a session for organisers and the desk, and the door."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from learning_events.enums import Booking
from learning_events.models import EventSubmission, Question, Registration
from tests import factories
from tests.learning_events.domain.registration.seats import book, sent_mails, state_of, wait
from tests.learning_events.festivals import make_event, with_seats


@pytest.fixture
def session(event):
    return with_seats(event, 4, seats_kept=1)


@pytest.fixture
def organiser(client, event):
    """Somebody who wrote the event, signed in."""
    person = factories.ParticipantFactory()
    EventSubmission.objects.create(event=event, participant=person)
    client.force_login(person.user)
    return person


@pytest.fixture
def clerk(client):
    """Somebody at the festival's desk, signed in."""
    person = factories.ParticipantFactory()
    person.user.user_permissions.add(Permission.objects.get(codename="keep_desk"))
    client.force_login(person.user)
    return person


PAGES = ("bookings", "book_for", "write_to_booked", "door")


@pytest.mark.parametrize("name", [*PAGES, "questions"])
def test_strangers_sign_in_and_citizens_find_nothing(client, festival, session, name):
    address = festival.url_of(name, session.pk)

    assert client.get(address).status_code == 302
    client.force_login(factories.ParticipantFactory().user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_organiser_and_clerk_see_the_bookings(client, festival, session, organiser, name):
    book(session, "Ada")

    assert client.get(festival.url_of(name, session.pk)).status_code == 200


def test_list_shows_who_waits_after_who_has_a_seat(client, festival, session, organiser):
    book(session, "Zoe", people=3)
    wait(session, "Ada")

    page = client.get(festival.url_of("bookings", session.pk)).content.decode()

    assert page.index("Zoe") < page.index("Ada")


def test_list_costs_the_same_with_many(client, festival, event, organiser, django_assert_num_queries):
    few, many = with_seats(event, 30), with_seats(event, 30, day=1)
    book(few, "Ada")
    for number in range(30):
        book(many, f"P{number}")
    client.get(festival.url_of("bookings", few.pk))
    with CaptureQueriesContext(connection) as queries:
        client.get(festival.url_of("bookings", few.pk))
    with django_assert_num_queries(len(queries)):
        client.get(festival.url_of("bookings", many.pk))


def test_organiser_cancels_for_somebody_and_it_is_logged(client, festival, session, organiser):
    ada = book(session, "Ada")

    client.post(festival.url_of("bookings", session.pk), {"action": "cancel", "registration": ada.pk})

    assert state_of(ada) == "cancelled"
    assert PageLogEntry.objects.filter(action="learning_events.cancel_registration").count() == 1


def test_registration_of_another_session_is_out_of_reach(client, festival, event, session, organiser):
    other = book(with_seats(event, 2, day=1), "Ada")

    response = client.post(
        festival.url_of("bookings", session.pk), {"action": "cancel", "registration": other.pk}
    )

    assert response.status_code == 404
    assert state_of(other) == "confirmed"


def test_table_has_harmless_cells_and_is_logged(client, festival, session, organiser):
    ada = book(session, "Ada")
    Registration.objects.filter(pk=ada.pk).update(name="=HYPERLINK(1)")

    response = client.post(festival.url_of("bookings_file", session.pk))

    assert "'=HYPERLINK(1),1," in response.content.decode()
    assert PageLogEntry.objects.filter(action="learning_events.export_bookings").count() == 1


def test_clerk_finds_the_session_and_books_for_somebody_without_mail(client, festival, session, clerk):
    found = client.get(festival.url_of("desk"), {"q": "bread"}).content.decode()
    client.post(
        festival.url_of("book_for", session.pk),
        {"name": "Olga", "people": "2", "phone": "040 1", "channel": "desk"},
    )

    assert festival.url_of("book_for", session.pk) in found
    row = Registration.objects.get()
    assert (row.name, row.people, row.state, row.channel) == ("Olga", 2, "confirmed", "desk")


def test_desk_shows_organisers_their_own_sessions_only(client, festival, event, session, organiser):
    with_seats(make_event(festival, title="Somebody else's", booking=Booking.SEATS), 3)

    page = client.get(festival.url_of("desk")).content.decode()

    assert "Bread for beginners" in page
    assert "Somebody else" not in page


def test_desk_asks_as_often_for_many_sessions(client, festival, event, clerk, django_assert_max_num_queries):
    for number in range(25):
        with_seats(event, 3, hour=8 + number % 10, day=number % 8)
    client.get(festival.url_of("desk"))

    with django_assert_max_num_queries(24):
        client.get(festival.url_of("desk"))


def test_organiser_writes_to_the_booked(client, festival, session, organiser):
    book(session, "Ada")

    client.post(
        festival.url_of("write_to_booked", session.pk), {"subject": "Apron", "text": "Please bring one."}
    )

    assert "Please bring one." in sent_mails()[-1].body


def test_organiser_asks_and_stops_asking(client, festival, session, organiser):
    address = festival.url_of("questions", session.pk)

    client.post(address, {"text": "Which flour?", "kind": "choice", "choices": "Rye\nWheat"})
    question = Question.objects.get()
    client.post(address, {"remove": question.pk})

    assert question.options == ["Rye", "Wheat"]
    assert Question.objects.count() == 0


def test_ticket_opened_by_an_organiser_checks_in(client, festival, session, organiser, clock):
    ada = book(session, "Ada")
    clock.move_to(session.starts_at)

    page = client.get(festival.url_of("registration", ada.key)).content.decode()
    client.post(festival.url_of("door", session.pk), {"action": "in", "registration": ada.pk})

    assert "Check in Ada" in page
    assert Registration.objects.get().checked_in_at is not None


def test_ticket_opened_by_its_holder_has_no_such_button(client, festival, session):
    ada = book(session, "Ada")

    assert "Check in Ada" not in client.get(festival.url_of("registration", ada.key)).content.decode()


def test_typed_characters_check_in(client, festival, session, organiser, clock):
    ada = book(session, "Ada")
    clock.move_to(session.starts_at)

    client.post(festival.url_of("door", session.pk), {"action": "code", "code": ada.code.upper()})
    wrong = client.post(festival.url_of("door", session.pk), {"action": "code", "code": "zzzz"}, follow=True)

    assert Registration.objects.get().checked_in_at is not None
    assert "Nobody with a seat here has these characters" in wrong.content.decode()


def test_f11_kept_taps_are_sent_again_without_harm(client, festival, session, organiser, clock):
    ada, bert = book(session, "Ada"), book(session, "Bert")
    cora = book(session, "Cora")
    clock.move_to(session.starts_at)
    foreign = 10**9
    taps = [
        {"key": "a" * 32, "registration": ada.pk, "in": True, "at": "2026-09-12T15:55:00Z"},
        {"key": "b" * 32, "registration": foreign, "in": True},
        {"key": "c" * 32, "registration": bert.pk, "in": True},
    ]
    address = festival.url_of("door_taps", session.pk)

    first = client.post(address, json.dumps({"taps": taps}), content_type="application/json").json()
    second = client.post(address, json.dumps({"taps": taps}), content_type="application/json").json()

    assert first == second
    assert first["states"] == {str(ada.pk): True, str(bert.pk): True}
    assert list(first["refused"]) == ["b" * 32]
    assert Registration.objects.get(pk=cora.pk).checked_in_at is None


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"taps": 1}', '{"taps": [{}]}', "[" * 5000])
def test_what_is_no_tap_is_refused(client, festival, session, organiser, body):
    address = festival.url_of("door_taps", session.pk)

    assert client.post(address, body, content_type="application/json").status_code == 400


def test_seats_of_no_shows_are_freed_by_a_button(client, festival, session, organiser, clock):
    book(session, "Ada", people=2)
    clock.move_to(session.starts_at)

    client.post(festival.url_of("door", session.pk), {"action": "free"})

    session.refresh_from_db()
    assert session.taken == 0
