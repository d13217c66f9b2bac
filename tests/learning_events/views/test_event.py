"""The page of an event: everything that is known of it, its sessions as they stand, and what search engines read."""

import datetime as dt
import json
import re

import pytest
from wagtail.models import PageViewRestriction

from learning_events.calendar.recurrence import Frequency, Rule, Weekday
from learning_events.domain.session import cancel_session, change_session, repeat_sessions
from learning_events.enums import Attendance, Booking
from learning_events.models import Session
from mapping.models import Audience, Topic
from tests.factories import NeighbourhoodFactory, PlaceFactory, make_places_page
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session, with_seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to("2026-09-01 10:00+00:00")
    return clock


def page_of(client, event) -> str:
    answer = client.get(event.url)
    assert answer.status_code == 200
    return answer.content.decode()


def structured(page: str) -> list[dict]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(text)


def test_repetition_is_told_in_words_and_a_long_row_of_sessions_is_folded(client):
    event = make_event(make_festival())
    rule = Rule(Frequency.WEEKLY, interval=2, weekdays=(Weekday(0),), count=10)
    starts_at, facts = dt.datetime(2026, 9, 14, 18), {"zone": "Europe/Berlin"}
    repeat_sessions(event, rule=rule, starts_at=starts_at, minutes=120, facts=facts, by=an_editor())

    answer = client.get(event.url)
    page = answer.content.decode()

    assert "Every second Monday, 10 times" in page
    assert "2 later sessions" in page
    assert [len(answer.context[name]) for name in ("coming", "later")] == [8, 2]
    assert all(f'id="session-{session.pk}"' in page for session in event.sessions.all())


def test_page_tells_who_what_where_and_for_whom(client):
    make_places_page()
    place = PlaceFactory(
        name="Mill",
        street="Mill Lane 1",
        neighbourhood=NeighbourhoodFactory(name="Harbour"),
        hearing_loop="yes",
    )
    event = make_event(
        make_festival(),
        place=place,
        leaders="Ada Baker",
        languages="de ar",
        age_from=6,
        age_to=12,
        cost="paid",
        cost_note="3 euros for flour",
        step_free="no",
        audiences=[Audience.objects.create(name="Families", slug="families")],
        topics=[Topic.objects.create(name="Baking", slug="baking")],
        contact_phone="040 123",
    )
    make_session(event)

    answer = client.get(event.url)
    page = answer.content.decode()

    for words in (
        "Ada Baker",
        "Mill Lane 1",
        "Harbour",
        "German, Arabic",
        "6 to 12 years",
        "3 euros for flour",
    ):
        assert words in page
    assert answer.context["place_url"] == f"/places/{place.pk}/"
    assert [(said, of_place) for _question, said, of_place in answer.context["access"]] == [
        ("no", False),
        ("not stated", False),
        ("yes", True),
        ("not stated", False),
        ("not stated", False),
    ]


def test_a_draft_is_seen_by_nobody(client):
    assert client.get(make_event(make_festival(), live=False).url).status_code == 404


def test_sessions_stand_with_what_happened_to_them(client):
    event = make_event(make_festival())
    by = an_editor()
    cancelled, moved = make_session(event, day=1), make_session(event, day=2)
    cancel_session(cancelled, reason="The oven broke.", by=by)
    later = moved.starts_at + dt.timedelta(hours=1)
    change_session(moved, facts={"starts_at": later, "ends_at": later + dt.timedelta(hours=1)}, by=by)

    page = page_of(client, event)

    assert "The oven broke." in page
    assert "It was planned for Monday, 14 September, 18:00." in page


def test_what_is_over_stands_folded(client, clock):
    event = make_event(make_festival())
    make_session(event, day=0)
    make_session(event, day=3)
    clock.move_to("2026-09-14 10:00+00:00")

    answer = client.get(event.url)

    assert (len(answer.context["coming"]), len(answer.context["over"])) == (1, 1)
    clock.move_to("2026-10-14 10:00+00:00")
    assert "This event is over" in page_of(client, event)


def test_times_of_another_zone_are_on_its_own_clock_and_say_so(client):
    event = make_event(make_festival())
    make_session(event, zone="Asia/Kathmandu", hour=18)

    assert "18:00</time>–20:00 +0545" in page_of(client, event)


def test_search_engines_read_state_and_seats(client):
    event = make_event(make_festival(), attendance=Attendance.MIXED, cost="free")
    free = with_seats(event, 10, day=0)
    off = make_session(event, day=1)
    moved = make_session(event, day=2)
    Session.objects.filter(pk=free.pk).update(taken=4)
    cancel_session(off, reason="Ill", by=an_editor())
    before = moved.starts_at
    later = before + dt.timedelta(days=1)
    change_session(
        moved, facts={"starts_at": later, "ends_at": later + dt.timedelta(hours=1)}, by=an_editor()
    )

    said = {each["identifier"]: each for each in structured(page_of(client, event))}

    assert said[free.uid]["remainingAttendeeCapacity"] == 6
    assert said[free.uid]["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert said[off.uid]["eventStatus"].endswith("EventCancelled")
    assert said[moved.uid]["eventStatus"].endswith("EventRescheduled")
    assert dt.datetime.fromisoformat(said[moved.uid]["previousStartDate"]) == before


def test_nothing_breaks_out_of_what_search_engines_read(client):
    event = make_event(make_festival(), title="</script><img src=x onerror=alert(1)>")
    make_session(event)

    page = page_of(client, event)

    assert "<img src=x" not in page
    assert structured(page)[0]["name"] == "</script><img src=x onerror=alert(1)>"


def test_the_meetings_address_is_for_who_needs_no_registration(client):
    festival = make_festival()
    facts = {"attendance": Attendance.ONLINE, "online_url": "https://meet.example/room"}
    open_to_all = make_event(festival, title="Open", **facts)
    registered = make_event(festival, title="Registered", booking=Booking.SEATS, **facts)

    assert "meet.example" in page_of(client, open_to_all)
    assert "meet.example" not in page_of(client, registered)
    assert "you get the address with your registration" in page_of(client, registered)


def test_a_password_guards_page_and_calendar(client):
    event = make_event(make_festival())
    session = make_session(event)
    PageViewRestriction.objects.create(page=event, restriction_type="password", password="secret")

    for address in (event.url, event.url_of("event_calendar"), event.url_of("session_calendar", session.pk)):
        assert b"BEGIN:VCALENDAR" not in client.get(address).content
        assert "Bread for beginners</bdi>" not in client.get(address).content.decode()


def test_page_asks_the_same_for_one_session_and_for_thirty(client, django_assert_max_num_queries):
    event = make_event(make_festival(), place=PlaceFactory())

    def asked() -> int:
        client.get(event.url)
        with django_assert_max_num_queries(100) as queries:
            client.get(event.url)
        return len(queries)

    make_session(event)
    few = asked()
    for number in range(30):
        make_session(event, day=number % 9, hour=8 + number // 9)

    assert asked() == few
