"""The map shows the places of the list, neither more nor fewer, whatever is asked for."""

import random

import pytest

from mapping.enums import Cost, Stated
from mapping.queries import clusters
from mapping.queries.clusters import MAX_ZOOM, found_by, map_features
from mapping.queries.places import PlaceSearch, place_index
from mapping.queries.places_page import choices
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory

pytestmark = pytest.mark.django_db
WORLD = (-180, -90, 180, 90)


def drawn(search: PlaceSearch | None = None, *, bbox=WORLD, zoom=10) -> dict:
    index = place_index()
    return map_features(index, search or PlaceSearch(), choices(index), bbox=bbox, zoom=zoom)


def shown(answer: dict) -> int:
    return len(answer["places"]) + sum(cluster[0] for cluster in answer["clusters"])


def test_list_and_map_agree_for_random_searches():
    chance = random.Random(7)
    kinds = [PlaceCategoryFactory(symbol=symbol) for symbol in ("book", "house", "pin")]
    hoods = [NeighbourhoodFactory(), NeighbourhoodFactory()]
    for number in range(60):
        has_point = chance.random() < 0.8
        PlaceFactory(
            name=f"{chance.choice(['Red', 'Blue'])} room {number}",
            category=chance.choice(kinds),
            neighbourhood=chance.choice([*hoods, None]),
            latitude=f"{chance.uniform(53.4, 53.7):.6f}" if has_point else None,
            longitude=f"{chance.uniform(9.8, 10.2):.6f}" if has_point else None,
            step_free=chance.choice(Stated.values),
            cost=chance.choice(Cost.values),
            opening_hours=chance.choice(["", "Mo-Fr 09:00-18:00", "Su 12:00-17:00", "Mo-Fr 16:00-20:00"]),
        )
    index = place_index()

    searches = [PlaceSearch()] + [
        PlaceSearch(
            words=chance.choice(["", "red", "blue room"]),
            categories=frozenset(kind.pk for kind in chance.sample(kinds, chance.randint(0, 2))),
            neighbourhoods=frozenset(hood.pk for hood in chance.sample(hoods, chance.randint(0, 2))),
            step_free=chance.random() < 0.3,
            free=chance.random() < 0.3,
            open_on=chance.choice([None, None, 6]),
            open_in_evening=chance.random() < 0.2,
        )
        for _number in range(40)
    ]
    for search in searches:
        positions = index.find(search)
        summary = found_by(index, positions)
        for zoom in (0, 9, 12, MAX_ZOOM):
            answer = drawn(search, zoom=zoom)
            assert answer["count"] == len(positions) == summary.count
            assert answer["without_point"] == summary.without_point
            assert shown(answer) == summary.count - summary.without_point
            assert {place[0] for place in answer["places"]} <= set(index.ids_of(positions))
    assert any(0 < found_by(index, index.find(search)).count < 60 for search in searches)


def test_a_lone_place_is_named_and_has_the_symbol_of_its_kind():
    place = PlaceFactory(name="<img src=x>", category=PlaceCategoryFactory(symbol="museum"))

    answer = drawn()

    assert answer["places"] == [[place.pk, 53.55, 9.99, "<img src=x>", answer["symbols"].index("museum")]]
    assert answer["clusters"] == []


def test_a_group_says_which_zoom_parts_it():
    PlaceFactory(latitude="53.550000", longitude="9.990000")
    PlaceFactory(latitude="53.560000", longitude="10.000000")

    ((number, latitude, longitude, zoom),) = drawn(zoom=8)["clusters"]

    assert (number, latitude, longitude) == (2, 53.555, 9.995)
    assert len(drawn(zoom=zoom)["places"]) == 2


def test_places_at_one_spot_are_listed_by_name():
    second, first = PlaceFactory(name="Second"), PlaceFactory(name="First")

    (cluster,) = drawn(zoom=5)["clusters"]

    assert cluster[:4] == [2, 53.55, 9.99, 0]
    assert [member[:2] for member in cluster[4]] == [[first.pk, "First"], [second.pk, "Second"]]


def test_only_what_lies_in_sight_is_drawn_but_all_is_counted():
    PlaceFactory(latitude="53.55", longitude="9.99")
    PlaceFactory(latitude="48.13", longitude="11.57")

    answer = drawn(bbox=(9, 53, 11, 54))

    assert shown(answer) == 1
    assert answer["count"] == 2


def test_no_answer_is_heavy(monkeypatch):
    monkeypatch.setattr(clusters, "MOST_FEATURES", 5)
    monkeypatch.setattr(clusters, "MOST_NAMED", 3)
    monkeypatch.setattr(clusters, "FEW", 2)
    for number in range(12):
        PlaceFactory(name="N" * 100 + str(number), latitude=f"53.{number:02}", longitude="9.9")
        PlaceFactory(latitude="50", longitude="9.9")

    answer = drawn(zoom=MAX_ZOOM)

    assert len(answer["places"]) + len(answer["clusters"]) <= 5
    assert shown(answer) == 24
    assert sum(len(cluster[4]) for cluster in answer["clusters"] if len(cluster) > 4) <= 3
    names = [place[3] for place in drawn(zoom=7)["places"]]
    assert all(len(name) <= 60 for name in names)


def test_an_empty_map_is_an_empty_answer():
    assert drawn() == {"count": 0, "without_point": 0, "symbols": [], "places": [], "clusters": []}
