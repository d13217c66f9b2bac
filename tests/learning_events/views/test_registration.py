"""Getting a seat as a visitor does it, without an account and without JavaScript."""

import datetime as dt

import pytest
from django.template import engines

from learning_events.domain.registration import ask_question, cancel_registration, plan_draw
from learning_events.domain.session import cancel_session
from learning_events.enums import Booking
from learning_events.models import EventPage, Registration
from learning_events.own_things import own_seats
from learning_events.queries.session import sessions_of
from learning_events.templatetags.seats import door
from participation.models import OutgoingMail
from tests import factories
from tests.learning_events.domain.registration.seats import book, state_of, wait
from tests.learning_events.festivals import an_editor, make_event, make_session, with_seats

WHO = {"action": "confirm", "name": "Ada", "email": "ada@example.org", "phone": ""}


@pytest.fixture
def session(event):
    return with_seats(event, 2)


def url(festival, name, *args):
    return festival.url_of(name, *args)


def test_visitor_gets_a_seat_in_two_forms(client, festival, session):
    page = client.get(url(festival, "book", session.pk))
    held = client.post(url(festival, "book", session.pk), {"action": "hold", "people": "2"})
    form = client.get(held.url)
    done = client.post(held.url, WHO, follow=True)

    assert "2 seats are free" in page.content.decode()
    assert "2 seats are kept for you until 12:15" in form.content.decode()
    assert "You have 2 seats" in done.content.decode()
    row = Registration.objects.get()
    assert (row.name, row.people, row.state) == ("Ada", 2, "confirmed")
    assert row.code in done.content.decode()
    assert OutgoingMail.objects.get().address == "ada@example.org"


def test_pages_of_a_registration_are_kept_by_nobody(client, festival, session):
    ada = book(session, "Ada")

    response = client.get(url(festival, "registration", ada.key))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_looking_at_the_page_holds_nothing(client, festival, session):
    client.get(url(festival, "book", session.pk))

    assert Registration.objects.count() == 0


def test_who_asks_twice_goes_on_with_the_seat_that_is_held(client, festival, session):
    first = client.post(url(festival, "book", session.pk), {"people": "1"})
    second = client.post(url(festival, "book", session.pk), {"people": "1"})
    client.post(url(festival, "book", session.pk), {"people": "2"})

    assert first.url == second.url
    assert sorted(Registration.objects.values_list("state", "people")) == [("cancelled", 1), ("held", 2)]


def test_full_session_offers_the_waiting_list_with_the_place_in_line(client, festival, session):
    book(session, "Bert", people=2)

    page = client.get(url(festival, "book", session.pk)).content.decode()
    done = client.post(
        url(festival, "book", session.pk), {**WHO, "action": "wait", "people": "1"}, follow=True
    ).content.decode()

    assert "Join the waiting list" in page
    assert "You are number 1 in line" in done


def test_somebody_was_quicker_and_the_waiting_list_is_shown_at_once(client, festival, session):
    client.get(url(festival, "book", session.pk))
    book(session, "Bert", people=2)

    response = client.post(url(festival, "book", session.pk), {"action": "hold", "people": "1"})

    assert response.status_code == 409
    assert "Join the waiting list" in response.content.decode()


def test_offered_seat_is_accepted_by_a_button(client, festival, session):
    bert = book(session, "Bert", people=2)
    ada = wait(session, "Ada")
    cancel_registration(bert)

    page = client.get(url(festival, "registration", ada.key)).content.decode()
    client.post(url(festival, "registration", ada.key), {"action": "accept"})

    assert "until Wednesday, 2 September, 12:00" in page
    assert state_of(ada) == "confirmed"


def test_visitor_cancels_by_link_after_one_question(client, festival, session):
    ada = book(session, "Ada")

    asked = client.get(url(festival, "cancel_registration", ada.key))
    assert state_of(ada) == "confirmed"
    client.post(url(festival, "cancel_registration", ada.key))

    assert asked.status_code == 200
    assert state_of(ada) == "cancelled"


def test_visitor_changes_the_number_of_people(client, festival, session):
    ada = book(session, "Ada", people=2)

    client.post(
        url(festival, "change_registration", ada.key), {"name": "Ada L.", "people": "1", "phone": "1"}
    )

    row = Registration.objects.get()
    assert (row.name, row.people, row.email) == ("Ada L.", 1, "ada@example.org")


def test_questions_of_the_organiser_are_asked_and_missed_answers_shown_at_their_field(
    client,
    festival,
    session,
):
    question = ask_question(session.event, text="Which flour?", kind="text", required=True, by=an_editor())
    held = client.post(url(festival, "book", session.pk), {"people": "1"})

    refused = client.post(held.url, WHO)
    done = client.post(held.url, {**WHO, f"question_{question.pk}": "Rye"}, follow=True)

    assert refused.status_code == 400
    assert f'href="#id_question_{question.pk}"' in refused.content.decode()
    assert "Rye" in done.content.decode()


def test_calendar_and_square_code_belong_to_the_ticket(client, festival, session):
    ada = book(session, "Ada")

    ics = client.get(url(festival, "registration_calendar", ada.key))
    code = client.get(url(festival, "registration_code", ada.key))

    assert ics.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART;TZID=Europe/Berlin:20260912T180000" in ics.content
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<?xml")


def test_online_address_is_for_the_registered(client, festival, event, session):
    event.attendance, event.online_url = "online", "https://meet.example.org/room"
    event.save()
    ada = book(session, "Ada")
    bert = book(session, "Bert")
    cora = wait(session, "Cora")

    shown = client.get(url(festival, "registration", ada.key)).content.decode()
    hidden = client.get(url(festival, "registration", cora.key)).content.decode()

    assert "https://meet.example.org/room" in shown
    assert "https://meet.example.org/room" not in hidden
    assert bert.key not in shown


def test_unknown_key_and_foreign_session_are_not_there(client, festival, session):
    draft = make_event(festival, title="Draft", live=False, booking=Booking.SEATS)
    hidden = make_session(draft, seats=3)
    walk = make_session(make_event(festival, title="Walk"), seats=None)

    for address in (
        url(festival, "registration", "0" * 32),
        url(festival, "book", hidden.pk),
        url(festival, "book", walk.pk),
        url(festival, "book", 10**9),
    ):
        assert client.get(address).status_code == 404


def test_cancelled_session_says_why_and_takes_nobody(client, festival, session):
    cancel_session(session, reason="The baker is ill.", by=an_editor())

    page = client.get(url(festival, "book", session.pk)).content.decode()
    refused = client.post(url(festival, "book", session.pk), {"people": "1"})

    assert "The baker is ill." in page
    assert refused.status_code == 409
    assert Registration.objects.count() == 0


def test_draw_is_explained_and_entered(client, festival, event):
    event.booking = Booking.DRAW
    event.save()
    session = with_seats(event, 2)
    plan_draw(session, closes_at=session.starts_at - dt.timedelta(days=2), by=an_editor())

    page = client.get(url(festival, "book", session.pk)).content.decode()
    done = client.post(
        url(festival, "book", session.pk), {**WHO, "action": "wait", "people": "1"}, follow=True
    ).content.decode()
    how = client.get(url(festival, "draw", session.pk)).content.decode()

    assert "drawn by lot" in page
    assert "You take part in the draw with number 1" in done
    assert "One registration takes part so far" in how


def test_who_is_signed_in_finds_the_form_filled_in(client, festival, session):
    person = factories.ParticipantFactory(display_name="Ada L.")
    client.force_login(person.user)
    held = client.post(url(festival, "book", session.pk), {"people": "1"})

    page = client.get(held.url).content.decode()
    client.post(held.url, WHO)

    assert 'value="Ada L."' in page
    assert Registration.objects.get().participant == person


def test_names_are_escaped(client, festival, session):
    held = client.post(url(festival, "book", session.pk), {"people": "1"})

    page = client.post(held.url, {**WHO, "name": "<svg onload=alert(1)>"}, follow=True).content.decode()

    assert "<svg onload" not in page


def test_doors_of_many_sessions_cost_no_more_than_that_of_one(
    client, festival, event, django_assert_max_num_queries
):
    for day in range(6):
        with_seats(event, 3, day=day)
    page = EventPage.objects.get(pk=event.pk)
    sessions = list(sessions_of(page).select_related("place"))
    template = engines["django"].from_string(
        "{% for session in sessions %}{% include 'learning_events/parts/session_door.html' %}{% endfor %}"
    )

    # PostgreSQL is asked for the time too.
    with django_assert_max_num_queries(5):
        shown = template.render({"event": page, "sessions": sessions})

    assert shown.count("3 seats free") == 6


def test_door_says_how_it_is(festival, event, clock):
    def state(session):
        event.__dict__.pop("_seats_now", None)
        session.refresh_from_db()
        return door(session, event).state

    few = with_seats(event, 2)
    many = with_seats(event, 30)
    assert (state(few), state(many)) == ("few", "free")
    book(few, "Ada", people=2)
    assert state(few) == "full"
    cancel_session(many, reason="No flour.", by=an_editor())
    assert state(many) == "cancelled"
    clock.move_to(few.starts_at)
    assert state(few) == "closed"
    clock.move_to(few.ends_at)
    assert state(few) == "over"


def test_own_seats_stand_on_the_profile(client, festival, session):
    person = factories.ParticipantFactory()
    ada = book(session, "Ada")
    Registration.objects.filter(pk=ada.pk).update(participant=person)

    things = own_seats(person)

    assert [(thing.title, thing.path) for thing in things] == [
        ("Seat: Bread for beginners", url(festival, "registration", ada.key))
    ]
