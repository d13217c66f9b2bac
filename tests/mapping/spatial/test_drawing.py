"""A map drawn into the page."""

import re

import pytest
import shapely

from mapping.spatial.drawing import draw
from tests.mapping.spatial import hamburg


def square(west: float, south: float, side: float = 1.0) -> dict:
    return shapely.geometry.mapping(shapely.box(west, south, west + side, south + side))


def test_north_is_up_and_a_point_stands_where_its_outline_is():
    drawing = draw([square(9, 0), square(10, 0)])

    assert (drawing.width, drawing.height) == (1000, 500)
    assert drawing.place(1, 9) == (0, 0)
    assert drawing.place(0, 11) == pytest.approx((1000, 500))
    assert sorted(set(re.findall(r"[0-9]+ [0-9]+", drawing.paths[1]))) == [
        "1000 0", "1000 500", "500 0", "500 500",
    ]  # fmt: skip


def test_a_metre_is_the_same_in_both_directions():
    drawing = draw([square(9, 53)])

    east = drawing.place(53.5, 9.6)[0] - drawing.place(53.5, 9.5)[0]
    km_east = 0.1 * 111.32 * 0.5948  # the cosine of 53.5 degrees
    assert drawing.length(km_east * 1000) == pytest.approx(east, abs=0.2)


def test_an_area_without_an_outline_has_no_path_and_keeps_its_position():
    drawing = draw([None, square(9, 0), None])

    assert [bool(path) for path in drawing.paths] == [False, True, False]


@pytest.mark.parametrize("outlines", [[], [None], [{"type": "Polygon", "coordinates": []}]])
def test_nothing_to_draw_is_no_drawing(outlines):
    assert draw(outlines) is None


def test_hamburg_is_light_enough_to_stand_in_a_page(shared_data):
    areas = hamburg.areas(shared_data)

    drawing = draw([area.geometry for area in areas])

    assert all(drawing.paths)
    assert len("".join(drawing.paths)) < 40_000


def test_a_far_island_that_need_not_be_seen_does_not_make_the_city_small():
    def box(x, y):
        return {"type": "Polygon", "coordinates": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]]}

    drawing = draw([box(9, 53), box(2, 58)], framing=[True, False])

    assert (drawing.west, drawing.north) == (9, 54)
    assert drawing.paths[0]
    assert drawing.paths[1] == ""
