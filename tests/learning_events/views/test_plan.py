"""The personal programme on its pages and in its feed, for somebody without an account."""

import icalendar
import pytest

from learning_events.domain.plan import star_session
from learning_events.domain.session import cancel_session
from learning_events.models import Plan
from learning_events.queries.plan import COOKIE
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session


@pytest.fixture
def festival(db):
    return make_festival()


@pytest.fixture
def session(festival):
    return make_session(make_event(festival))


def star(client, festival, session, **data):
    return client.post(festival.url_of("star"), {"in": session.pk, **data})


def test_looking_leaves_no_key_in_the_browser(client, festival):
    response = client.get(festival.url_of("my_plan"))

    assert response.status_code == 200
    assert COOKIE not in client.cookies
    assert "Nothing planned yet" in response.content.decode()


def test_a_star_is_kept_by_a_cookie_that_no_script_reads(client, festival, session):
    response = star(client, festival, session, next="/festival/?day=1")

    assert (response.status_code, response.url) == (302, f"/festival/?day=1#star-{session.pk}")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie.value) == (True, "Lax", Plan.objects.get().key)


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_star_leads_to_no_other_site(client, festival, session, there):
    assert star(client, festival, session, next=there).url == festival.url_of("my_plan")


@pytest.mark.parametrize("number", ["", "x", "-1", "٣", "9" * 19, "999999"])
def test_what_is_no_session_cannot_be_starred(client, festival, number):
    assert client.post(festival.url_of("star"), {"in": number}).status_code == 404
    assert not Plan.objects.exists()


def test_the_page_tells_of_overlaps(client, festival, session):
    other = make_session(make_event(festival, title="Stars above the roofs"), hour=19)
    star(client, festival, session)
    star(client, festival, other)

    page = client.get(festival.url_of("my_plan")).content.decode()

    assert "Some sessions overlap" in page
    assert "2 sessions planned" in page
    assert page.count("Overlaps") == 2


def test_the_page_tells_of_a_cancellation_until_it_is_seen(client, festival, session):
    star(client, festival, session)
    cancel_session(session, reason="The oven is broken.", by=an_editor())
    assert "1 session has changed" in client.get(festival.url_of("my_plan")).content.decode()

    client.post(festival.url_of("plan_seen"))

    page = client.get(festival.url_of("my_plan")).content.decode()
    assert "has changed" not in page
    assert "The oven is broken." in page


def test_the_feed_follows_a_cancellation_for_a_second_parser(client, festival, session):
    star(client, festival, session)
    url = festival.url_of("plan_feed", Plan.objects.get().key)
    before = client.get(url)
    cancel_session(session, reason="The oven is broken.", by=an_editor())

    after = client.get(url)

    assert before.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = icalendar.Calendar.from_ical(before.content).walk("VEVENT")
    (changed,) = icalendar.Calendar.from_ical(after.content).walk("VEVENT")
    assert (entry["UID"], entry["STATUS"]) == (session.uid, "CONFIRMED")
    assert (changed["UID"], changed["STATUS"]) == (session.uid, "CANCELLED")
    assert changed["SEQUENCE"] > entry["SEQUENCE"]
    assert changed.start == session.starts_at


def test_a_link_shows_the_programme_and_takes_it_only_when_asked_to(client, festival, session, stranger):
    plan = star_session(session.pk, by=stranger)
    url = festival.url_of("plan", plan.key)

    shown = client.get(url)

    assert "Use it in this browser" in shown.content.decode()
    assert COOKIE not in client.cookies
    client.post(url)
    assert client.cookies[COOKIE].value == plan.key


def test_a_wrong_key_opens_nothing(client, festival):
    for name in ("plan", "plan_feed"):
        assert client.get(festival.url_of(name, "x" * 32)).status_code == 404


def test_nobody_keeps_or_indexes_the_pages(client, festival, session, stranger):
    plan = star_session(session.pk, by=stranger)
    for url in (
        festival.url_of("my_plan"),
        festival.url_of("plan", plan.key),
        festival.url_of("plan_feed", plan.key),
    ):
        response = client.get(url)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"


def test_signing_in_takes_the_programme_along(client, festival, session, citizen):
    star(client, festival, session)

    client.force_login(citizen)
    client.get(festival.url_of("my_plan"))

    # force_login sends no cookies to the signal; the next star takes the programme in.
    star(client, festival, session)
    assert Plan.objects.get().participant == citizen.participant
    assert client.cookies[COOKIE].value == ""


def test_a_wrong_address_for_the_link_is_told_at_its_field(client, festival, session):
    star(client, festival, session)

    response = client.post(festival.url_of("my_plan"), {"email": "rosa"})

    assert response.status_code == 400
    assert "email" in response.context["form"].errors


def test_deleting_asks_first_and_takes_the_cookie_away(client, festival, session):
    star(client, festival, session)
    asked = client.get(festival.url_of("plan_remove"))
    assert asked.status_code == 200
    assert Plan.objects.exists()

    client.post(festival.url_of("plan_remove"))

    assert not Plan.objects.exists()
    assert client.cookies[COOKIE].value == ""


def test_there_is_nothing_to_delete_for_who_planned_nothing(client, festival):
    assert client.get(festival.url_of("plan_remove")).status_code == 404


def test_titles_cannot_break_the_page(client, festival):
    session = make_session(make_event(festival, title="<script>alert(1)</script>"))
    star(client, festival, session)

    assert "<script>alert(1)" not in client.get(festival.url_of("my_plan")).content.decode()
