"""Coming events elsewhere on the site: on the map, on the page of a place, and in a block of the home page."""

import pytest
from django.core.cache import cache

from learning_events.blocks import ProgrammeBlock
from learning_events.domain.session import cancel_session, change_session
from learning_events.map_layers import LAYERS
from learning_events.models import EventKind
from learning_events.place_things import things_at
from mapping.layers import layer_of, points_of
from tests.factories import PlaceFactory, make_places_page
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to("2026-09-13 10:00+00:00")
    return clock


def test_map_shows_each_coming_event_at_its_places():
    festival = make_festival()
    mill = PlaceFactory(name="Mill", latitude="53.550000", longitude="9.990000")
    quay = PlaceFactory(name="Quay", latitude="53.540000", longitude="9.980000")
    event = make_event(festival, title="Bread", place=mill)
    make_session(event, day=3)
    make_session(event, day=4)
    change_session(make_session(event, day=5), facts={"place": quay}, by=an_editor())
    make_session(make_event(festival, title="Over", place=mill), day=0)
    make_session(make_event(festival, title="Draft", place=mill, live=False), day=3)
    off = make_session(make_event(festival, title="Off", place=mill), day=3)
    cancel_session(off, reason="Ill", by=an_editor())

    points = points_of(layer_of("festival"))

    assert [(point.title, point.latitude, point.path) for point in points] == [
        ("Bread", 53.55, event.url),
        ("Bread", 53.54, event.url),
    ]


def test_map_asks_the_same_whatever_the_number_of_events(django_assert_max_num_queries):
    festival = make_festival()

    def asked() -> int:
        LAYERS[0].points()  # where sites begin is kept
        with django_assert_max_num_queries(50) as queries:
            LAYERS[0].points()
        return len(queries)

    make_session(make_event(festival, place=PlaceFactory()), day=3)
    few = asked()
    for number in range(10):
        make_session(make_event(festival, title=f"Event {number}", place=PlaceFactory()), day=3)

    assert asked() == few


def test_page_of_a_place_lists_what_comes_there(client):
    festival = make_festival()
    make_places_page()
    place = PlaceFactory()
    event = make_event(festival, title="Bread", place=place)
    make_session(event, day=3)
    make_session(event, day=0)

    (things,) = things_at(place)
    page = client.get(f"/places/{place.pk}/").content.decode()

    assert list(things.links) == [(event.url, "Bread", "Tuesday, 15 September, 18:00")]
    assert "Coming events" in page


def test_block_shows_the_next_sessions_of_the_kinds_chosen():
    festival = make_festival()
    tour = EventKind.objects.create(name="Tour", slug="tour")
    make_session(make_event(festival, title="Over", kind=tour), day=0)
    make_session(make_event(festival, title="Second", kind=tour), day=4)
    make_session(make_event(festival, title="First", kind=tour), day=3)
    make_session(make_event(festival, title="Talk"), day=3)
    block = ProgrammeBlock()
    value = block.to_python({"heading": "Next", "festival": festival.pk, "kinds": [tour.pk], "number": 5})

    context = block.get_context(value)

    assert [row.event.title for row in context["rows"]] == ["First", "Second"]
    assert context["list_url"] == "/festival/list/?kind=tour"
    assert "First" in block.render(value)


def test_block_of_a_festival_that_is_not_public_is_empty():
    festival = make_festival()
    make_session(make_event(festival), day=3)
    festival.unpublish()
    cache.clear()
    block = ProgrammeBlock()

    assert block.render(block.to_python({"heading": "Next", "festival": festival.pk})).strip() == ""
