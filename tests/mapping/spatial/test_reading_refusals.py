"""Files that are not what they say or are damaged: each is refused with a code, a place and words."""

import pytest

from mapping.spatial.reading import WORDS
from tests.mapping.spatial.files import (
    collection,
    feature,
    kml,
    point,
    workbook,
    zipped,
)
from tests.mapping.spatial.refusals import SQUARE, refused


def test_every_sentence_takes_its_parameters():
    values = {"limit": 1, "found": 2, "wanted": 3}
    for code, words in WORDS.items():
        names = {name for name in ("column", "character", "extension", "why", "value", "kind", "x", "y", "crs", "name",
                                   "names", "part", *values) if f"%({name})" in words}  # fmt: skip
        assert words % {name: values.get(name, "?") for name in names}, code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.csv", "empty"),
        (b" \n\r\n ", "x.csv", "empty"),
        (b'{"type": "FeatureCollection", "features": []}', "x.csv", "extension"),
        (b"name\nA\n", "x.geojson", "extension"),
        (b"name\nA\n", "x.xlsx", "extension"),
        (b"name\nA\n", "x.exe", "extension"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "old-excel"),
        (b"<html><body></body></html>", "x.kml", "kml"),
        (b"<?xml version='1.0'?><gpx/>", "x.kml", "kml"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.csv", "unknown-format"),
        (b"PK\x03\x04 this is no archive", "x.zip", "zip"),
        (b"SQLite format 3\x00" + b"\xff" * 500, "x.gpkg", "database"),
        (b"\x00", "x", "unknown-format"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named(content, name, code):
    assert refused(content, name).code == code


def test_a_kmz_is_refused_with_the_way_out():
    content = zipped([("doc.kml", kml(""))])

    assert refused(content, "map.kmz").code == refused(content, "map.zip").code == "kmz"
    assert "upload the .kml file" in str(refused(content, "map.kmz"))


def test_a_workbook_called_csv_is_named():
    error = refused(workbook(["name"], ["A"]), "places.csv")

    assert str(error) == (
        "The name ends in “.csv”, but the file holds a workbook (XLSX). Rename the file, or choose the right one."
    )


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"a,b\n1,2,3\n", "too-many-cells-in-row", 2),
        (b"a,a\n1,2\n", "column-twice", 1),
        (b",,\n1,2,3\n", "no-rows", None),
        (b"a,b\n", "no-rows", None),
        (b'a,b\n1,2\n"3,4\n5,6\n', "quotes", 3),
        (b'a,b\n1,"2"x\n', "quotes", 2),
        ("a\nÄ\n".encode() + b"\x81\n", "encoding", 3),
        (b"a\n1\n2\x00\n", "unknown-format", None),
        (b"a\n1\n2\x07\n", "bad-character", 3),
    ],
)
def test_a_damaged_table_is_refused_with_its_line(content, code, line):
    error = refused(content, "x.csv")

    assert (error.code, error.line) == (code, line)


@pytest.mark.parametrize("text", ["\x00", "a\x07", "\ud800", "\ufffe"])
def test_what_is_no_text_is_refused_in_json(text):
    error = refused(collection(feature(point(), name="fine"), feature(point(), name=text)), "x.json")

    assert (error.code, error.line, error.params["column"]) == ("bad-character", 2, "name")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "json"),
        (b"[}", "json"),
        (b'{"type": "FeatureCollection"}', "not-features"),
        (b'{"type": "FeatureCollection", "features": {}}', "not-features"),
        (b'{"type": "FeatureCollection", "features": []}', "no-rows"),
        (b'{"type": "FeatureCollection", "features": [1]}', "feature"),
        (b'{"type": "Topology"}', "not-features"),
        (b"[]", "not-features"),
        (b"[1]", "not-features"),
        (collection({"type": "Feature", "properties": [], "geometry": None}), "feature"),
        (collection({"type": "Feature", "properties": {}, "geometry": "x"}), "feature"),
        (collection(feature({"type": "GeometryCollection", "geometries": []})), "geometry-kind"),
        (collection(feature({"type": "Point"})), "geometry"),
        (collection(feature({"type": "Point", "coordinates": [1]})), "geometry"),
        (collection(feature({"type": "LineString", "coordinates": [[1, 1]]})), "geometry"),
        (collection(feature({"type": "Polygon", "coordinates": [SQUARE[:-1]]})), "ring"),
        (collection(feature({"type": "Polygon", "coordinates": SQUARE})), "geometry"),
        (collection(feature({"type": "Polygon", "coordinates": "x"})), "geometry"),
        (collection(feature(point()), crs={"type": "link"}), "crs"),
        (collection(feature(point()), crs={"properties": {"name": "http://127.0.0.1:9/x"}}), "crs"),
        (
            b'{"elements": [{"type": "node", "id": 1, "tags": {"a": "b"}, "lat": "x", "lon": 1}]}',
            "not-a-number",
        ),
    ],
)
def test_damaged_geojson_is_refused(content, code, no_network):
    assert refused(content, "x.json").code == code
