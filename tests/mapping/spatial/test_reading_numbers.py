"""Numbers and positions of files that are none, or that lie nowhere (D4)."""

import json

import pytest

from mapping.spatial.reading import Table, Unreadable, points_of
from participation.foundation.geometry import clean_coordinate
from tests.mapping.spatial.files import (
    collection,
    feature,
    kml,
    point,
)
from tests.mapping.spatial.refusals import refused


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "true", '"1"', "null", "[1]"]
)
def test_a_corner_of_geojson_is_a_finite_number(number):
    content = json.dumps(json.loads(collection(feature(point("@"))))).replace('"@"', number).encode()

    assert refused(content, "x.geojson").code in ("not-a-number", "geometry")


@pytest.mark.parametrize("number", ["nan", "inf", "1_0", "١٢", "1e999", "0x10", "", "a"])
def test_a_corner_of_kml_is_a_finite_number(number):
    content = kml(f"<Placemark><Point><coordinates>{number},53</coordinates></Point></Placemark>")

    assert refused(content, "x.kml").code in ("not-a-number", "geometry")


ODDITIES = [
    "1_0", "١٢", "NaN", "nan", "inf", "Infinity", "-inf", "1e5", "1E1", "0x10", "1,5", "true", "+5", "--5", "5-", "5.5.5",
    "½", "１２", "1 2", "°", "'=1",
]  # fmt: skip


@pytest.mark.parametrize("text", ODDITIES)
def test_an_odd_coordinate_is_refused_with_its_line_as_the_forms_do(text):
    table = Table(
        ("lat", "lon"),
        [{"lat": "53.5", "lon": "10"}, {"lat": text, "lon": "10"}],
        [None, None],
        [2, 3],
        "csv",
    )

    points, problems = points_of(table)

    assert points == [(53.5, 10.0), None]
    assert [(p.line, p.column, p.code) for p in problems] == [(3, "lat", "number")]
    assert "53.5511" in str(problems[0])
    with pytest.raises(Exception, match="decimal degrees"):
        clean_coordinate(text, limit=90)


@pytest.mark.parametrize("text", ["0", "-0", "53", "53.", ".5", "-.5", "-53.123456", "007"])
def test_a_plain_coordinate_is_taken_as_the_forms_do(text):
    table = Table(("lat", "lon"), [{"lat": text, "lon": text}], [None], [2], "csv")

    points, problems = points_of(table)

    assert problems == []
    assert points[0][0] == pytest.approx(float(clean_coordinate(text, limit=90)))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"lat": "91", "lon": "10"}, "range"),
        ({"lat": "53", "lon": "-180.1"}, "range"),
        ({"lat": "53", "lon": None}, "half"),
        ({"lat": None, "lon": "10"}, "half"),
    ],
)
def test_a_position_off_the_globe_or_half_given_is_named(row, code):
    _points, problems = points_of(Table(("lat", "lon"), [row], [None], [2], "csv"))

    assert [problem.code for problem in problems] == [code]
    assert str(problems[0])


@pytest.mark.parametrize(
    ("text", "code"),
    [("53.5", "pair"), ("53.5,10,3", "pair"), ("10.1,NaN", "number"), ("95,10", "range"), ("a,b", "number")],
)
def test_a_pair_that_is_none_is_named(text, code):
    points, problems = points_of(Table(("at",), [{"at": text}], [None], [9], "csv"), latlon="at")

    assert (points, [(p.line, p.column, p.code) for p in problems]) == ([None], [(9, "at", code)])


@pytest.mark.parametrize("text", ["53.5,10", " 53.5 , 10 ", "53.5; 10", "53.5 10"])
def test_a_pair_may_be_written_in_several_ways(text):
    assert points_of(Table(("at",), [{"at": text}], [None], [9], "csv"), latlon="at") == ([(53.5, 10.0)], [])


def test_metres_outside_their_country_are_named():
    table = Table(
        ("x", "y"), [{"x": "9999999", "y": "1"}, {"x": "327073", "y": "674330"}], [None] * 2, [2, 3], "csv"
    )

    points, problems = points_of(table, crs="EPSG:27700", x="x", y="y")

    assert points[0] is None
    assert points[1] == pytest.approx((55.956, -3.17), abs=0.01)
    assert [(p.line, p.code) for p in problems] == [(2, "outside-crs")]


@pytest.mark.parametrize(
    "crs", ["", "EPSG:999999", "/etc/passwd", "+proj=longlat +nadgrids=/etc/passwd", "27700", "EPSG:٢"]
)
def test_a_coordinate_system_is_named_by_its_number_or_refused(crs):
    with pytest.raises(Unreadable) as caught:
        points_of(Table(("x", "y"), [{"x": "1", "y": "1"}], [None], [2], "csv"), x="x", y="y", crs=crs)
    assert caught.value.code == "crs"


def test_a_table_without_positions_asks_for_the_columns():
    table = Table(("name",), [{"name": "A"}], [None], [2], "csv")

    for more in ({}, {"x": "lon", "y": "lat"}, {"latlon": "at"}, {"x": "name"}):
        with pytest.raises(Unreadable) as caught:
            points_of(table, **more)
        assert caught.value.code == "no-position"


def test_metres_without_a_system_are_refused_with_the_way_out():
    error = refused(collection(feature(point()), feature(point(565000, 5934000))), "x.geojson")

    assert (error.code, error.line, error.unit) == ("range", 2, "feature")
    assert str(error).startswith("Feature 2: The position 565000, 5934000 is not")
