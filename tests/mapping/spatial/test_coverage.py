"""Who lives near a learning place, held against Hamburg's libraries and against squares one can do in the head."""

import math

import numpy as np
import pytest
import shapely

from mapping.spatial.coverage import Area, Survey, coverage, effect_of
from mapping.spatial.outlines import metric_crs
from tests.mapping.spatial.hamburg import CHILDREN, EVERYONE, areas, places

# One degree of latitude is 111 km: a square of about 2.2 km at the equator, in the middle of its UTM zone.
SIDE = 0.02


def square(west: float, south: float) -> dict:
    box = shapely.box(west, south, west + SIDE, south + SIDE)
    return shapely.geometry.mapping(box)


WEST, EAST = (
    Area("west", square(9.0, 0.0), {"all": 1000, "children": 100}),
    Area("east", square(9.02, 0.0), {"all": 10}),
)
MIDDLE_OF_WEST = (9.01, 0.01)


def test_hamburg_s_libraries_reach_the_known_shares(shared_data):
    found = coverage(areas(shared_data), places(shared_data))

    assert found.crs == "EPSG:25832"
    assert len(found.areas) == 95
    assert [round(100 * found.share_of(EVERYONE, d), 1) for d in (400, 800, 1200)] == [13.7, 35.4, 54.8]
    assert found.share_of(CHILDREN, 400) < found.share_of(EVERYONE, 400)
    assert sum(area.places for area in found.areas) + found.places_outside == 157


def test_every_district_of_hamburg_stands_in_the_order_of_need(shared_data):
    found = coverage(areas(shared_data), places(shared_data))

    order = found.least_served(800, EVERYONE)

    assert len(order) == 95
    assert [area.share[800] for area in order] == sorted(area.share[800] for area in order)
    none_near = [area for area in order if area.share[800] == 0]
    assert none_near
    assert [a.population[EVERYONE] for a in none_near] == sorted(
        (a.population[EVERYONE] for a in none_near), reverse=True
    )


def test_a_circle_covers_its_own_surface():
    found = coverage([WEST, EAST], np.array([MIDDLE_OF_WEST]), [400])

    west, east = found.areas
    assert west.share[400] == pytest.approx(math.pi * 400**2 / west.surface_m2, rel=0.002)
    assert west.people[400]["all"] == pytest.approx(1000 * west.share[400])
    assert west.per_10_000 == {"all": 10.0, "children": 100.0}
    assert (east.share[400], east.places, east.people[400]) == (0, 0, {"all": 0})
    assert found.population == {"all": 1010, "children": 100}
    assert found.people[400]["all"] == west.people[400]["all"]


def test_two_places_in_one_house_cover_no_more_than_one():
    one = coverage([WEST], np.array([MIDDLE_OF_WEST]))
    two = coverage([WEST], np.array([MIDDLE_OF_WEST, MIDDLE_OF_WEST]))

    assert one.people == two.people
    assert two.areas[0].places == 2


def test_an_area_wholly_near_is_covered_to_the_last_person():
    found = coverage([WEST, EAST], np.array([MIDDLE_OF_WEST]), [10_000])

    assert [area.share[10_000] for area in found.areas] == [1, 1]
    assert found.share_of("all", 10_000) == 1


def test_without_places_nobody_is_near():
    found = coverage([WEST, EAST], np.empty((0, 2)))

    assert found.share_of("all", 400) == 0
    assert found.share_of("martians", 400) is None
    assert [area.key for area in found.least_served(400, "all")] == ["west", "east"]


def test_an_area_without_outline_is_named_and_a_bow_tie_repaired():
    bow_tie = {"type": "Polygon", "coordinates": [[[9, 0], [9.02, 0.02], [9.02, 0], [9, 0.02], [9, 0]]]}
    empty = {"type": "Polygon", "coordinates": []}
    city = [
        Area("none", None, {"all": 5}),
        Area("empty", empty, {"all": 5}),
        Area("tie", bow_tie, {"all": 5}),
    ]

    found = coverage(city, np.array([MIDDLE_OF_WEST]))

    assert found.without_outline == ("none", "empty")
    assert found.repaired == ("tie",)
    assert [area.key for area in found.areas] == ["tie"]
    assert found.population == {"all": 5}


def test_a_city_without_any_outline_is_an_answer_too():
    found = coverage([Area("none", None, {"all": 5})], np.array([MIDDLE_OF_WEST]))

    assert (found.areas, found.without_outline, found.places_outside) == ((), ("none",), 1)


def test_one_more_place_helps_whom_coverage_then_counts():
    city, here = [WEST, EAST], (9.03, 0.01)
    before = coverage(city, np.array([MIDDLE_OF_WEST]))

    effect = effect_of(here, city, np.array([MIDDLE_OF_WEST]))

    after = coverage(city, np.array([MIDDLE_OF_WEST, here]))
    for distance in (400, 800, 1200):
        for group in ("all", "children"):
            gain = after.people[distance][group] - before.people[distance][group]
            assert effect.people[distance][group] == pytest.approx(gain, abs=1e-6)
    assert effect.people[400]["children"] == 0
    assert effect.areas["east"][400]["all"] > 0


def test_a_second_place_next_door_helps_nobody():
    effect = effect_of(MIDDLE_OF_WEST, [WEST], np.array([MIDDLE_OF_WEST]))

    assert effect.people[800] == {"all": 0, "children": 0}
    assert effect.areas == {}


def test_a_library_in_the_least_served_district_of_hamburg_helps_its_people(shared_data):
    survey = Survey(areas(shared_data), places(shared_data))
    worst = survey.coverage().least_served(800, EVERYONE)[0]
    middle = shapely.geometry.shape(
        next(a.geometry for a in survey.areas if a.key == worst.key)
    ).representative_point()

    effect = survey.effect_of(middle.x, middle.y)

    assert effect.areas[worst.key][800][EVERYONE] > 0
    assert effect.people[400][EVERYONE] <= effect.people[800][EVERYONE] <= effect.people[1200][EVERYONE]


def test_travel_times_may_take_the_place_of_the_straight_line():
    def only_east(longitude, latitude, distance_m):
        return shapely.box(9.02, 0, 9.04, 0.02)

    found = coverage([WEST, EAST], np.array([MIDDLE_OF_WEST]), [400], reach=only_east)

    assert [area.share[400] for area in found.areas] == pytest.approx([0, 1], abs=1e-9)


@pytest.mark.parametrize(
    ("longitude", "latitude", "crs"),
    [(10, 53.6, "EPSG:25832"), (-3.2, 55.9, "EPSG:25830"), (2.1, 41.4, "EPSG:25831"), (-74, 40.7, "EPSG:32618"),
     (151.2, -33.9, "EPSG:32756"), (180, 0, "EPSG:32660"), (18.4, -33.9, "EPSG:32734")],
)  # fmt: skip
def test_metres_are_those_of_the_city_s_zone(longitude, latitude, crs):
    assert metric_crs(longitude, latitude) == crs


def test_an_unknown_number_of_people_is_left_out():
    found = coverage(
        [Area("west", square(9.0, 0.0), {"all": 10, "children": None})], np.array([MIDDLE_OF_WEST])
    )

    assert found.population == {"all": 10}
    assert found.share_of("children", 400) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([WEST], [[np.nan, 1]]), "longitude"),
        (([WEST], [[181, 1]]), "longitude"),
        (([WEST], [[9, 1]], [0]), "above zero"),
        (([WEST], [[9, 1]], [math.inf]), "above zero"),
        (([Area("west", None, {"all": -1})], [[9, 1]]), "people"),
        (([Area("west", None, {"all": math.nan})], [[9, 1]]), "people"),
        (([WEST, WEST], [[9, 1]]), "same key"),
    ],
)
def test_what_cannot_be_counted_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        coverage(*arguments)


def test_one_more_place_stands_in_the_middle_of_what_is_not_near_one_yet():
    survey = Survey([WEST, EAST], np.array([MIDDLE_OF_WEST]), [800])

    west, east = survey.one_more_in_each(800)

    assert survey.holds(west.longitude, west.latitude)
    assert west.people["all"] == pytest.approx(
        survey.effect_of(west.longitude, west.latitude).people[800]["all"], rel=1e-6
    )
    assert west.people["all"] > 100
    assert (east.longitude, east.latitude) == pytest.approx((9.03, 0.01), abs=1e-6)


def test_hamburg_s_best_places_for_one_more_library_reach_thousands(shared_data):
    survey = Survey(areas(shared_data), places(shared_data))

    found = survey.one_more_in_each(800)

    best = max((one for one in found if one), key=lambda one: one.people[EVERYONE])
    assert best.people[EVERYONE] == pytest.approx(19_335, abs=5)
    assert all(survey.holds(one.longitude, one.latitude) for one in found if one)


def test_the_middle_of_a_bent_area_lies_within_it():
    bent = shapely.box(9, 0, 9.02, 0.02) - shapely.box(9.004, 0.004, 9.02, 0.02)
    survey = Survey([Area("bent", shapely.geometry.mapping(bent), {})], np.empty((0, 2)))

    (middle,) = survey.middles()

    assert shapely.contains_xy(bent, *middle)
