"""A search of places as addresses carry it."""

import datetime as dt

import pytest
from django.http import QueryDict

from mapping.forms.search import PlaceSearchForm
from mapping.queries.places import PlaceSearch, place_index
from mapping.queries.places_page import Scope, choices
from tests.factories import (
    AudienceFactory,
    NeighbourhoodFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, 30, 59, tzinfo=dt.UTC)
SQUARE = {"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54], [9, 54], [9, 53]]]}


def form(query: str, scope: Scope | None = None) -> PlaceSearchForm:
    return PlaceSearchForm(QueryDict(query), choices=choices(place_index()), scope=scope)


def test_every_part_of_an_address_is_read():
    library = PlaceCategoryFactory(slug="library")
    museum = PlaceCategoryFactory(slug="museum")
    hood = NeighbourhoodFactory(slug="harbour")
    families, reading = AudienceFactory(slug="families"), TopicFactory(slug="reading")
    PlaceFactory(category=library, languages="de ar")

    search = form(
        "q=books&category=library&category=museum&neighbourhood=harbour&audience=families&topic=reading"
        "&language=ar&open=now&step_free=1&free=1&online=1"
    ).search(now=NOW)

    assert search == PlaceSearch(
        words="books",
        categories=frozenset({library.pk, museum.pk}),
        neighbourhoods=frozenset({hood.pk}),
        audiences=frozenset({families.pk}),
        topics=frozenset({reading.pk}),
        languages=frozenset({"ar"}),
        open_at=NOW.replace(second=0),
        step_free=True,
        free=True,
        online=True,
    )


@pytest.mark.parametrize(
    ("word", "wanted"), [("sunday", {"open_on": 6}), ("evening", {"open_in_evening": True})]
)
def test_opening_hours_are_chosen_by_a_word(word, wanted):
    assert form(f"open={word}").search() == PlaceSearch(**wanted)


@pytest.mark.parametrize(
    "nonsense",
    [
        "category=nothing",
        "language=xx",
        "open=yesterday",
        "step_free=maybe",
        "near=1",
        "near=91,0",
        "near=1e1,0",
        "q=%00",
    ],
)
def test_what_makes_no_sense_finds_all_and_is_told(nonsense):
    PlaceCategoryFactory(slug="library")

    asked = form(nonsense)

    assert asked.search() == PlaceSearch()
    assert asked.active() == []
    assert bool(asked.errors) == (not nonsense.startswith("step_free"))


def test_an_address_tells_where_somebody_is_no_closer_than_a_hundred_metres():
    asked = form("near=53.5512345,-9.9876543")

    assert asked.seen_from == (53.551, -9.988)
    assert asked.query() == "near=53.551,-9.988"
    assert asked.active() == [("Near me", "")]


def test_distances_can_be_measured_from_a_neighbourhood_without_saying_where_one_is():
    NeighbourhoodFactory(name="Harbour", outline=SQUARE)

    asked = form("near=53.500,9.500")

    assert ("53.500,9.500", "the middle of Harbour") in asked.fields["near"].widget.choices
    assert asked.active() == [("Near the middle of Harbour", "")]


def test_the_same_search_has_one_address_and_each_filter_can_be_taken_away():
    PlaceCategoryFactory(name="Library", slug="library")
    PlaceCategoryFactory(name="Museum", slug="museum")

    asked = form("free=on&category=museum&category=library&category=museum&q=a+b&page=3&other=1")

    assert asked.query() == "q=a%20b&category=museum&category=library&free=1"
    assert asked.active() == [
        ("“a b”", "category=museum&category=library&free=1"),
        ("Museum", "q=a%20b&category=library&free=1"),
        ("Library", "q=a%20b&category=museum&free=1"),
        ("Free of charge", "q=a%20b&category=museum&category=library"),
    ]


def test_a_page_offers_only_what_it_is_about():
    library, _museum = PlaceCategoryFactory(slug="library"), PlaceCategoryFactory(slug="museum")
    scope = Scope(categories=frozenset({library.pk}))

    asked = form("category=museum", scope)

    assert [slug for slug, _name in asked.fields["category"].choices] == ["library"]
    assert asked.search() == PlaceSearch()
