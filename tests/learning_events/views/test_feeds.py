"""The programme for other programs: other parsers read it, it stays right after a change, and is not sent twice."""

import datetime as dt
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from wagtail.models import PageViewRestriction

from learning_events.domain.session import cancel_session, change_session
from learning_events.enums import Attendance, Booking
from learning_events.models import EventKind, EventPage, Session
from tests.factories import PlaceFactory
from tests.learning_events.festivals import (
    FIRST_DAY,
    an_editor,
    make_event,
    make_festival,
    make_session,
    with_seats,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to("2026-09-01 10:00+00:00")
    return clock


def read_xml(client, address: str) -> ET.Element:
    return ET.fromstring(client.get(address).content)  # noqa: S314 - our own


def subscribed(client, address: str) -> list[icalendar.Event]:
    """Return what a second program, which knows nothing of ours, shows of the festival's nine days."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    found = recurring_ical_events.of(calendar).between(FIRST_DAY, FIRST_DAY + dt.timedelta(days=9))
    return sorted(found, key=lambda event: (event.start.isoformat(), event["SUMMARY"]))


def test_calendar_is_read_by_a_second_program(client):
    festival = make_festival()
    event = make_event(
        festival, title="Bread; butter, and more", place=PlaceFactory(name="Mill", street="Mill Lane 1")
    )
    make_session(event, day=2, note="Bring a bowl.", room="Cellar")
    make_session(make_event(festival, title="Open day"), day=3, hour=0, hours=24, is_all_day=True)
    make_session(make_event(festival, title="Draft", live=False))

    bread, open_day = subscribed(client, festival.url_of("calendar"))

    assert str(bread["SUMMARY"]) == "Bread; butter, and more"
    assert bread.start == dt.datetime(2026, 9, 14, 18, tzinfo=BERLIN)
    assert bread.end == dt.datetime(2026, 9, 14, 20, tzinfo=BERLIN)
    assert str(bread["LOCATION"]).startswith("Cellar, Mill, Mill Lane 1")
    assert str(bread["URL"]) == f"http://testserver{event.url}"
    assert str(bread["DESCRIPTION"]) == "Bring a bowl.\n\nBake a loaf that rises."
    assert (open_day.start, open_day.end) == (dt.date(2026, 9, 15), dt.date(2026, 9, 16))


def test_subscribed_calendar_stays_right_after_a_cancellation_and_a_move(client, clock):
    festival = make_festival()
    by = an_editor()
    off, moved = make_session(make_event(festival, title="A")), make_session(make_event(festival, title="B"))
    before = {str(event["UID"]): event for event in subscribed(client, festival.url_of("calendar"))}
    clock.shift(dt.timedelta(minutes=1))

    cancel_session(off, reason="The oven broke.", by=by)
    later = moved.starts_at + dt.timedelta(days=1)
    change_session(moved, facts={"starts_at": later, "ends_at": later + dt.timedelta(hours=2)}, by=by)
    after = {str(event["UID"]): event for event in subscribed(client, festival.url_of("calendar"))}

    assert before.keys() == after.keys() == {off.uid, moved.uid}
    assert after[off.uid]["STATUS"] == "CANCELLED"
    assert "The oven broke." in after[off.uid]["DESCRIPTION"]
    assert after[moved.uid].start == later
    for uid in before:
        assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert after[uid]["DTSTAMP"].dt > before[uid]["DTSTAMP"].dt


def test_calendar_takes_the_filters_of_the_page(client):
    festival = make_festival()
    tour = EventKind.objects.create(name="Tour", slug="tour")
    make_session(make_event(festival, title="Tour", kind=tour))
    make_session(make_event(festival, title="Talk"), day=1)

    def summaries(query: str) -> list[str]:
        return [
            str(event["SUMMARY"]) for event in subscribed(client, f"{festival.url_of('calendar')}?{query}")
        ]

    assert summaries("") == ["Tour", "Talk"]
    assert summaries("kind=tour") == ["Tour"]
    assert summaries("day=2026-09-13") == ["Talk"]
    assert summaries("q=talk") == ["Talk"]


def test_each_event_and_each_session_has_its_calendar(client):
    event = make_event(make_festival())
    first, second = make_session(event), make_session(event, day=1)

    all_of_it = subscribed(client, event.url_of("event_calendar"))
    one = subscribed(client, event.url_of("session_calendar", second.pk))

    assert [str(each["UID"]) for each in all_of_it] == [first.uid, second.uid]
    assert [str(each["UID"]) for each in one] == [second.uid]


def test_a_session_of_another_event_has_no_calendar_here(client):
    festival = make_festival()
    event, other = make_event(festival), make_event(festival, title="Other")

    assert client.get(event.url_of("session_calendar", make_session(other).pk)).status_code == 404


@pytest.mark.parametrize("name", ["calendar", "schedule_json", "schedule_xml", "atom"])
def test_who_has_the_present_version_is_sent_nothing(client, clock, name):
    festival = make_festival()
    session = make_session(make_event(festival))
    address = festival.url_of(name)
    first = client.get(address)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": changed}).status_code == 304
    clock.shift(dt.timedelta(seconds=5))
    cancel_session(session, reason="Ill", by=an_editor())
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.content != first.content
    assert client.get(address, headers={"If-Modified-Since": changed}).status_code == 200


def test_asking_again_costs_no_more_than_the_version(client, django_assert_max_num_queries):
    festival = make_festival()
    make_session(make_event(festival))
    tag = client.get(festival.url_of("calendar")).headers["ETag"]

    with django_assert_max_num_queries(8) as queries:
        client.get(festival.url_of("calendar"), headers={"If-None-Match": tag})
    assert not [query for query in queries.captured_queries if "learning_events_session" in query["sql"]]


def test_a_feed_costs_the_same_queries_for_one_session_and_for_thirty(client, django_assert_max_num_queries):
    festival = make_festival()

    def asked() -> int:
        with django_assert_max_num_queries(100) as queries:
            client.get(festival.url_of("calendar"))
        return len(queries)

    make_session(make_event(festival, place=PlaceFactory()))
    few = asked()
    for number in range(30):
        make_session(make_event(festival, title=f"Event {number}", place=PlaceFactory()))

    assert asked() <= few


def test_what_gets_a_password_leaves_the_feeds_at_once(client):
    festival = make_festival()
    event = make_event(festival)
    make_session(event)
    assert len(subscribed(client, festival.url_of("calendar"))) == 1

    PageViewRestriction.objects.create(page=event, restriction_type="password", password="secret")

    assert subscribed(client, festival.url_of("calendar")) == []


def test_an_event_that_is_taken_back_leaves_the_feeds_at_once(client):
    festival = make_festival()
    event = make_event(festival)
    make_session(event)
    assert len(subscribed(client, festival.url_of("calendar"))) == 1

    EventPage.objects.get(pk=event.pk).unpublish()

    assert subscribed(client, festival.url_of("calendar")) == []


def test_free_seats_are_counted_anew_each_time(client):
    festival = make_festival()
    session = with_seats(make_event(festival), 1)
    address = festival.url_of("calendar") + "?seats=1"
    assert len(subscribed(client, address)) == 1

    Session.objects.filter(pk=session.pk).update(taken=1)

    assert subscribed(client, address) == []
    assert "ETag" not in client.get(address).headers


def test_address_of_a_meeting_is_told_only_where_nobody_has_to_register(client):
    festival = make_festival()
    online = {"attendance": Attendance.ONLINE, "online_url": "https://meet.example/room"}
    make_session(make_event(festival, title="Open", **online))
    secret = {**online, "online_url": "https://meet.example/secret"}
    make_session(make_event(festival, title="Registered", booking=Booking.SEATS, **secret), seats=5)

    for name in ("calendar", "schedule_json", "schedule_xml"):
        text = client.get(festival.url_of(name)).content.decode().replace("\r\n ", "")
        assert "meet.example/room" in text
        assert "meet.example/secret" not in text


def test_schedules_name_days_and_rooms(client):
    festival = make_festival()
    event = make_event(festival, leaders="Ada, Grace")
    make_session(event, room="Hall")
    cancel_session(make_session(event, day=1), reason="Ill", by=an_editor())

    schedule = json.loads(client.get(festival.url_of("schedule_json")).content)["schedule"]["conference"]
    root = read_xml(client, festival.url_of("schedule_xml"))

    assert (schedule["acronym"], schedule["time_zone_name"]) == ("festival_2026", "Europe/Berlin")
    (talk,) = schedule["days"][0]["rooms"]["Hall"]
    assert (talk["title"], talk["start"], talk["duration"]) == ("Bread for beginners", "18:00", "02:00")
    assert [person["public_name"] for person in talk["persons"]] == ["Ada", "Grace"]
    assert [each.get("guid") for each in root.iter("event")] == [talk["guid"]]


def test_news_tell_each_change_with_a_number_of_its_own(client, clock):
    festival = make_festival()
    session = make_session(make_event(festival, title="Bread & butter"))
    assert list(read_xml(client, festival.url_of("atom")).iter(f"{ATOM}entry")) == []

    cancel_session(session, reason="The oven broke.", by=an_editor())

    (entry,) = read_xml(client, festival.url_of("atom")).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Cancelled: Bread & butter"
    assert entry.findtext(f"{ATOM}id").endswith(f"{session.uid}-1")
    words = entry.findtext(f"{ATOM}summary")
    assert words == "It does not take place on Saturday, 12 September 2026, 18:00. The oven broke."


def test_feeds_answer_only_reading(client):
    festival = make_festival()

    for name in ("calendar", "schedule_json", "schedule_xml", "atom"):
        assert client.post(festival.url_of(name)).status_code == 405
        assert client.head(festival.url_of(name)).status_code == 200


def test_pages_lead_to_the_calendar_with_the_same_filters(client):
    festival = make_festival()
    make_session(make_event(festival))

    page = client.get(festival.url_of("list") + "?free=1&q=bread").content.decode()

    path = urlsplit(festival.url_of("calendar")).path
    assert f'href="webcal://testserver{path}?q=bread&amp;free=1"' in page
