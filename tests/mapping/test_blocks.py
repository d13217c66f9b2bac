"""Learning places on other pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from learning_city.home.models import HomePage, InformationPage

from mapping.blocks import OnePlaceBlock, PlaceListBlock, PlacesMapBlock
from mapping.enums import PlaceStatus
from tests.factories import PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def page():
    return make_places_page()


@pytest.fixture
def library():
    return PlaceCategoryFactory(name="Library", slug="library", symbol="book")


def drawn(block, **value):
    return " ".join(block.render(block.to_python(value)).split())


def test_a_map_shows_its_selection_and_leads_to_the_list_of_the_same(page, library):
    PlaceFactory(category=library)
    PlaceFactory()

    body = drawn(
        PlacesMapBlock(), heading="Libraries", page=page.pk, categories=[library.pk], neighbourhoods=[]
    )

    assert 'data-cells="/places/cells/?category=library"' in body
    assert '<a href="/places/?category=library">1 place as a list</a>' in body


def test_a_list_shows_the_first_few(page, library):
    for name in ("B", "A", "C"):
        PlaceFactory(name=f"Library {name}", category=library)
    PlaceFactory(name="Another place")

    body = drawn(
        PlaceListBlock(),
        heading="Libraries",
        page=page.pk,
        categories=[library.pk],
        neighbourhoods=[],
        number=2,
    )

    assert "Library A" in body
    assert "Library B" in body
    assert "Library C" not in body
    assert "Another place" not in body


def test_a_list_of_open_places_says_when_none_is(page, library):
    PlaceFactory(category=library)

    body = drawn(
        PlaceListBlock(),
        heading="Open",
        page=page.pk,
        categories=[],
        neighbourhoods=[],
        number=2,
        only_open=True,
    )

    assert "None of these places is open right now." in body


def test_one_place_is_shown_as_long_as_it_is_on_the_map(page, library):
    place = PlaceFactory(name="Harbour library", category=library)
    hidden = PlaceFactory(name="Secret", category=library, status=PlaceStatus.HIDDEN)

    body = drawn(OnePlaceBlock(), page=page.pk, place=place.pk, text="Come and read.")
    assert f'href="/places/{place.pk}/">Harbour library</a>' in body
    assert "Come and read." in body
    assert drawn(OnePlaceBlock(), page=page.pk, place=hidden.pk, text="Come and read.") == ""


@pytest.mark.parametrize("block", [PlacesMapBlock(), PlaceListBlock()])
def test_a_map_page_that_is_not_published_shows_nothing(page, block):
    PlaceFactory()
    page.unpublish()

    assert drawn(block, heading="Places", page=page.pk, categories=[], neighbourhoods=[], number=2) == ""


def test_a_list_of_twelve_costs_as_many_queries_as_a_list_of_one(page, library):
    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            drawn(
                PlaceListBlock(), heading="All", page=page.pk, categories=[], neighbourhoods=[], number=number
            )
        return len(asked)

    for _number in range(12):
        PlaceFactory(category=library)
    queries(12)

    assert queries(12) == queries(1)


def test_a_page_brings_styles_and_scripts_only_for_what_it_shows(client, page, library):
    PlaceFactory(category=library)
    home = page.get_parent()
    plain = home.add_child(instance=InformationPage(title="Plain", slug="plain"))
    live = home.add_child(instance=HomePage(title="Live", slug="live"))
    live.body = [("places_map", {"heading": "Places", "page": page, "categories": [], "neighbourhoods": []})]
    live.save_revision().publish()

    body = client.get(live.url).content.decode()

    for part in ("data-places-map", "places.css", "places.js"):
        assert part in body
        assert part not in client.get(plain.url).content.decode()
