"""Outlines and coordinates: what is accepted, and what lies inside (X15, D4, D6)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from participation.foundation.geometry import bounds, clean_coordinate, contains, validate_outline

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
