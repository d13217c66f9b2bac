"""Events and sessions in the API: what everybody may read, with the filters of the page."""

import pytest
from django.core.cache import cache

from learning_events.domain.session import cancel_session
from learning_events.enums import Attendance, Booking
from learning_events.models import EventKind
from tests.factories import NeighbourhoodFactory, PlaceFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session, with_seats

pytestmark = pytest.mark.django_db

EVENTS, SESSIONS = "/api/v1/events/", "/api/v1/sessions/"


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to("2026-09-01 10:00+00:00")
    return clock


def titles(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def test_an_event_tells_what_everybody_may_know(client):
    place = PlaceFactory(
        name="Mill", neighbourhood=NeighbourhoodFactory(slug="harbour"), latitude="53.5", longitude="10"
    )
    event = make_event(make_festival(), place=place, languages="de ar", cost="free")

    said = client.get(f"{EVENTS}{event.pk}/").json()

    assert (said["title"], said["languages"], said["cost"]) == ("Bread for beginners", ["de", "ar"], "free")
    assert said["kind"] == {"slug": "workshop", "name": "Workshop"}
    assert (said["place"]["name"], said["place"]["neighbourhood"]) == ("Mill", "harbour")
    assert said["url"] == f"http://testserver{event.url}"


def test_a_session_tells_when_where_and_what_is_free(client):
    session = with_seats(make_event(make_festival()), 5, room="Cellar")

    said = client.get(f"{SESSIONS}{session.pk}/").json()

    assert (said["starts_at"], said["zone"]) == ("2026-09-12T18:00:00+02:00", "Europe/Berlin")
    assert (said["room"], said["place"]["name"], said["place"]["id"]) == ("Cellar", "Old bakery", None)
    assert (said["booking"], said["seats"], said["seats_left"]) == ("seats", 5, 5)


def test_cancelled_sessions_stay_with_their_reason(client):
    session = make_session(make_event(make_festival()))
    cancel_session(session, reason="The oven broke.", by=an_editor())

    said = client.get(f"{SESSIONS}{session.pk}/").json()

    assert (said["status"], said["status_reason"]) == ("cancelled", "The oven broke.")


def test_drafts_are_nowhere(client):
    festival = make_festival()
    draft = make_event(festival, title="Draft", live=False)
    session = make_session(draft)

    assert titles(client, EVENTS) == titles(client, SESSIONS) == []
    assert client.get(f"{EVENTS}{draft.pk}/").status_code == 404
    assert client.get(f"{SESSIONS}{session.pk}/").status_code == 404


def test_address_of_a_meeting_is_not_in_the_api(client):
    event = make_event(
        make_festival(),
        attendance=Attendance.ONLINE,
        booking=Booking.SEATS,
        online_url="https://meet.example/secret",
    )
    session = make_session(event, seats=3)

    for address in (f"{EVENTS}{event.pk}/", f"{SESSIONS}{session.pk}/"):
        assert "meet.example" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "kind=tour",
        "q=crepes",
        "free=true",
        "language=ar",
        "attendance=online",
        "age=7",
        "step_free=true",
        "seats=true",
    ],
)
def test_lists_take_the_filters_of_the_page(client, query):
    festival = make_festival()
    kind = EventKind.objects.create(name="Tour", slug="tour")
    facts = {"languages": "ar", "attendance": Attendance.ONLINE, "age_from": 6, "step_free": "yes"}
    make_session(make_event(festival, title="Crêpes", kind=kind, cost="free", **facts))
    make_session(
        make_event(
            festival,
            title="Other",
            booking=Booking.ELSEWHERE,
            booking_url="https://example.org/",
            age_from=18,
        ),
        day=1,
    )

    for address in (EVENTS, SESSIONS):
        assert titles(client, address) == ["Crêpes", "Other"]
        assert titles(client, f"{address}?{query}") == ["Crêpes"]


def test_sessions_are_narrowed_by_time_event_and_festival(client):
    festival, other = make_festival(), make_festival(slug="other", title="Other festival")
    event = make_event(festival, title="First")
    make_session(event)
    make_session(make_event(festival, title="Second"), day=1)
    make_session(make_event(other, title="Third"), day=2)

    assert titles(client, f"{SESSIONS}?festival={festival.pk}") == ["First", "Second"]
    assert titles(client, f"{SESSIONS}?event={event.pk}") == ["First"]
    assert titles(client, f"{SESSIONS}?from=2026-09-13T00:00Z") == ["Second", "Third"]
    assert titles(client, f"{SESSIONS}?until=2026-09-13T00:00Z") == ["First"]


@pytest.mark.parametrize(
    "query",
    ["festival=0", "festival=999999", "age=200", "age=x", "free=yes", "kind=nothing", "from=soon", "what=1"],
)
def test_what_is_wrong_is_told(client, query):
    assert client.get(f"{SESSIONS}?{query}").status_code == 400


def test_who_has_it_is_sent_nothing(client):
    make_session(make_event(make_festival()))

    for address in (EVENTS, SESSIONS):
        answer = client.get(address)
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", [EVENTS, SESSIONS])
def test_lists_ask_the_same_whatever_their_number(client, address, django_assert_max_num_queries):
    festival = make_festival()
    hood = NeighbourhoodFactory()

    def asked() -> int:
        cache.clear()
        with django_assert_max_num_queries(100) as queries:
            client.get(address)
        return len(queries)

    make_session(make_event(festival, place=PlaceFactory(neighbourhood=hood)))
    few = asked()
    for number in range(20):
        make_session(make_event(festival, title=f"Event {number}", place=PlaceFactory(neighbourhood=hood)))

    assert asked() == few
