"""Outlines and coordinates: what is accepted, and what lies inside (X15, D4, D6)."""

import math
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from participation.foundation.distance import EARTH_RADIUS_M, distance_m
from participation.foundation.geometry import (
    bounds,
    box_around,
    clean_coordinate,
    contains,
    validate_outline,
)

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]],
}


def test_a_point_lies_inside_but_not_in_the_hole():
    assert contains(SQUARE, 3, 3)
    assert not contains(SQUARE, 1.5, 1.5)
    assert not contains(SQUARE, 5, 3)


def test_bounds_are_west_south_east_north():
    assert bounds({"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}) == (0, 0, 4, 4)


@pytest.mark.parametrize(
    "value", ["NaN", "inf", "1e3", "1_0", "١٢", "0x10", "--1", "1.2.3", "north", True, [1], "91"]
)
def test_d4_odd_numbers_are_refused(value):
    with pytest.raises(ValidationError):
        clean_coordinate(value, limit=90)


def test_a_coordinate_keeps_six_decimals():
    assert clean_coordinate(" -53.55112345 ", limit=90) == Decimal("-53.551123")
    assert clean_coordinate("", limit=90) is None


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [999, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]},
        {"type": "MultiPolygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon"},
    ],
)
def test_d6_other_geometries_are_refused(geometry):
    with pytest.raises(ValidationError):
        validate_outline(geometry)


def test_d6_an_outline_has_at_most_50000_points():
    ring = [[i / 100_000, 0] for i in range(50_001)]

    with pytest.raises(ValidationError):
        validate_outline({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        ((53.55, 9.99), (53.55, 9.99), 0),
        ((0, 0), (0, 1), 111_195),
        ((0, 179.5), (0, -179.5), 111_195),
        ((90, 0), (-90, 0), 20_015_115),
    ],
)
def test_metres_between_positions(here, there, metres):
    assert distance_m(*here, *there) == pytest.approx(metres, abs=1)


@pytest.mark.parametrize(
    "middle", [(53.55, 9.99), (-33.9, 151.2), (0, 0), (89.99, 10), (12, 179.999), (70, -180)]
)
def test_the_box_holds_the_whole_circle(middle):
    radius = 5000
    west, south, east, north = box_around(*middle, radius)

    for step in range(72):
        latitude, longitude = _on_the_way(*middle, radius * 0.999, math.radians(step * 5))
        assert distance_m(*middle, latitude, longitude) == pytest.approx(radius * 0.999, abs=1)
        assert south <= latitude <= north
        assert west <= longitude <= east


def _on_the_way(latitude, longitude, metres, bearing):
    """Return where one gets by `metres` on a great circle in the direction `bearing`."""
    reach, north = metres / EARTH_RADIUS_M, math.radians(latitude)
    to = math.asin(math.sin(north) * math.cos(reach) + math.cos(north) * math.sin(reach) * math.cos(bearing))
    east = math.atan2(
        math.sin(bearing) * math.sin(reach) * math.cos(north),
        math.cos(reach) - math.sin(north) * math.sin(to),
    )
    return math.degrees(to), (longitude + math.degrees(east) + 180) % 360 - 180
