"""What a map page is about, and what can be chosen on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.queries.places import PlaceSearch, place_index
from mapping.queries.places_page import choices, search_of
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


def found(page, **wanted) -> list[str]:
    index = place_index()
    return [index.names[position] for position in index.find(search_of(page, PlaceSearch(**wanted)))]


@pytest.fixture
def kinds():
    reading = PlaceCategoryFactory(name="Reading", sort_order=1)
    return reading, PlaceCategoryFactory(name="Library", parent=reading), PlaceCategoryFactory(name="Museum")


def test_a_page_of_one_kind_shows_that_kind_and_what_belongs_to_it(kinds):
    reading, library, museum = kinds
    PlaceFactory(name="A library", category=library)
    PlaceFactory(name="A museum", category=museum)
    page = make_places_page(categories=[reading])

    assert found(page) == ["A library"]
    assert found(page, categories=frozenset({library.pk})) == ["A library"]
    assert found(page, categories=frozenset({museum.pk})) == []
    assert found(page, categories=frozenset({museum.pk, reading.pk})) == ["A library"]


def test_a_page_of_a_neighbourhood_shows_nothing_from_elsewhere_or_nowhere():
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    PlaceFactory(name="Here", neighbourhood=here)
    PlaceFactory(name="There", neighbourhood=there)
    PlaceFactory(name="Nowhere", neighbourhood=None)
    page = make_places_page(neighbourhoods=[here])

    assert found(page) == ["Here"]
    assert found(page, neighbourhoods=frozenset({there.pk})) == []
    assert found(page, neighbourhoods=frozenset({here.pk, there.pk})) == ["Here"]


def test_kinds_come_in_the_order_of_their_tree(kinds):
    tree = [(kind.name, kind.level) for kind in choices(place_index()).kinds]

    assert tree == [("Museum", 0), ("Reading", 0), ("Library", 1)]


def test_what_can_be_chosen_is_asked_once(kinds):
    index = place_index()
    choices(index)

    with CaptureQueriesContext(connection) as queries:
        choices(index)

    assert len(queries) == 0
