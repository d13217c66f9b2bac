"""The programme on the map: its places, and what happens at each."""

import pytest

from learning_events.domain.session import cancel_session
from learning_events.enums import Attendance
from tests.factories import NeighbourhoodFactory, PlaceFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to("2026-09-01 10:00+00:00")
    return clock


@pytest.fixture
def library():
    hood = NeighbourhoodFactory(name="Harbour", slug="harbour")
    return PlaceFactory(name="Library", latitude="53.55", longitude="9.99", neighbourhood=hood)


def places(response) -> list[tuple[str, int]]:
    return [(place.name, count) for place, _address, count, _first in response.context["places"]]


def test_places_are_told_by_name_with_what_happens_there(client, library):
    festival = make_festival()
    shed = PlaceFactory(name="Shed", latitude=None, longitude=None)
    event = make_event(festival, place=library)
    make_session(event, day=0)
    make_session(event, day=1)
    make_session(event, day=2, place=shed)

    answer = client.get(festival.url_of("map"))

    assert places(answer) == [("Library", 2), ("Shed", 1)]
    assert client.get(festival.url_of("map_points")).json() == {
        "base": "",
        "points": [
            [f"{festival.url_of('list')}?place={library.pk}#found", 53.55, 9.99, "Library: 2 sessions"]
        ],
    }


def test_a_place_leads_to_what_fits_there_and_keeps_the_search(client, library):
    festival = make_festival()
    make_session(make_event(festival, title="Bread", place=library, cost="free"))
    make_session(make_event(festival, title="Wine", place=library, cost="paid"))
    make_session(make_event(festival, title="Bread elsewhere", cost="free"))
    page = client.get(festival.url_of("map") + "?free=1")
    (_place, address, count, _first) = page.context["places"][0]

    rows = client.get(address).context["rows"]

    assert count == 1
    assert [row.event.title for row in rows] == ["Bread"]
    assert "Library" in [words for words, _without in client.get(address).context["active"]]


def test_what_is_not_on_the_map_is_counted_and_cancelled_sessions_are_not(client, library):
    festival = make_festival()
    make_session(make_event(festival, attendance=Attendance.ONLINE))
    cancel_session(make_session(make_event(festival, place=library)), reason="Storm", by=an_editor())

    answer = client.get(festival.url_of("map"))

    assert places(answer) == []
    assert "1 session is online or at a place that is not on the map" in answer.content.decode()


def test_an_empty_map_says_what_to_do(client):
    festival = make_festival()

    assert "Nothing is planned here yet" in client.get(festival.url_of("map")).content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999", "9" * 40, "1.5", "\x00"])
def test_a_place_that_is_none_is_left_out_and_told(client, library, number):
    festival = make_festival()
    make_session(make_event(festival, place=library))

    answer = client.get(festival.url_of("list"), {"place": number})

    assert len(answer.context["rows"]) == 1
    assert answer.context["form"].left_out == ["Place"]


def test_a_place_that_is_not_on_the_map_of_the_city_is_not_on_this_one(client):
    festival = make_festival()
    waiting = PlaceFactory(name="Canary house", status="pending")
    make_session(make_event(festival, place=waiting))

    answers = [client.get(festival.url_of(name)) for name in ("map", "map_points")]

    assert not any("Canary" in answer.content.decode() for answer in answers)
    assert client.get(festival.url_of("list"), {"place": waiting.pk}).context["active"] == []


def test_a_calendar_can_be_that_of_one_place(client, library):
    festival = make_festival()
    make_session(make_event(festival, title="Bread", place=library))
    make_session(make_event(festival, title="Elsewhere"))

    calendar = client.get(festival.url_of("calendar"), {"place": library.pk}).content.decode()

    assert "Bread" in calendar
    assert "Elsewhere" not in calendar
