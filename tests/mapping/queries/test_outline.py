"""Outlines light enough for a phone."""

import json
import math

import pytest
from django.core.cache import cache

from mapping.queries.outline import LIGHT, outlines_json
from tests.factories import NeighbourhoodFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def ring(points: int, longitude: float) -> dict:
    corners = [
        [
            longitude + 0.05 * math.cos(2 * math.pi * n / points),
            50 + 0.05 * math.sin(2 * math.pi * n / points),
        ]
        for n in range(points)
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def size(text: str) -> int:
    return sum(len(feature["geometry"]["coordinates"][0]) for feature in json.loads(text)["features"])


def test_small_outlines_stay_as_they_are():
    NeighbourhoodFactory(outline=ring(100, 9))

    assert size(outlines_json()) == 101


def test_heavy_outlines_are_simplified_to_about_ten_metres():
    NeighbourhoodFactory(outline=ring(3000, 9))
    NeighbourhoodFactory(outline=ring(3000, 10))

    text = outlines_json()

    assert size(text) < LIGHT / 8
    west = min(x for x, _y in json.loads(text)["features"][0]["geometry"]["coordinates"][0])
    assert west == pytest.approx(8.95, abs=0.0002)


def test_decimals_end_at_a_metre():
    NeighbourhoodFactory(
        outline={
            "type": "Polygon",
            "coordinates": [[[9.123456789, 50], [10, 50], [10, 51], [9.123456789, 50]]],
        }
    )

    assert "9.12346" in outlines_json()
    assert "9.123456" not in outlines_json()


def test_what_an_import_or_an_editor_changes_is_drawn_at_once(client, administrator):
    hood = NeighbourhoodFactory(outline=ring(10, 9))
    place = PlaceFactory(latitude="50", longitude="9")
    assert '"coordinates":[[[9.05,' in outlines_json()
    client.force_login(administrator)

    answer = client.post(
        f"/admin/snippets/participation/neighbourhood/edit/{hood.pk}/",
        {
            "name": hood.name,
            "slug": hood.slug,
            "outline": json.dumps(ring(10, 19)),
            "population": "{}",
            "sort_order": 0,
        },
    )

    assert answer.status_code == 302
    assert '"coordinates":[[[19.05,' in outlines_json()
    place.refresh_from_db()
    assert place.neighbourhood is None


def test_outlines_are_not_drawn_anew_when_a_place_changes(django_assert_num_queries):
    NeighbourhoodFactory(outline=ring(10, 9))
    before = outlines_json()

    PlaceFactory()

    assert outlines_json() == before
    with django_assert_num_queries(1):
        outlines_json()
