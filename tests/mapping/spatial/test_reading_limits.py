"""Files that are too much: refused where it begins, and at once."""

import io
from dataclasses import replace

import openpyxl
import pytest
import shapely

from mapping.spatial.reading import LIMITS, Unreadable, read_table
from tests.mapping.spatial.files import (
    barcelona,
    collection,
    feature,
    geopackage,
    kml,
    point,
    workbook,
)
from tests.mapping.spatial.refusals import SMALL, SQUARE, refused


def test_D6_a_file_over_the_limit_is_not_even_read_to_its_end(tmp_path):
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            self.taken += size
            return b"a" * size

    endless = Endless()

    assert refused(endless, "x.csv").code == "too-large"
    assert endless.taken == LIMITS.max_bytes + 1
    assert refused(b"a" * 101, "x.csv", replace(LIMITS, max_bytes=100)).code == "too-large"


@pytest.mark.parametrize(
    ("content", "name", "code", "line"),
    [
        (b"a\n1\n2\n3\n4\n", "x.csv", "too-many-rows", 5),
        (b"a,b,c,d\n1,2,3,4\n", "x.csv", "too-many-columns", 1),
        (b"a\nx\n" + b"y" * 21, "x.csv", "cell-too-long", 3),
        (b"a,b,c\n1,2,3\n1,2,3\n1,2,3\n", "x.csv", "too-many-cells", None),
        (collection(*[feature(point())] * 4), "x.json", "too-many-rows", 4),
        (collection(feature(point(), a=1, b=2, c=3, d=4)), "x.json", "too-many-columns", None),
        (collection(feature(point(), a="y" * 21)), "x.json", "cell-too-long", 1),
        (
            collection(feature({"type": "LineString", "coordinates": [[0, 0]] * 7})),
            "x.json",
            "outline-too-detailed",
            1,
        ),
        (
            collection(*[feature({"type": "MultiPoint", "coordinates": [[0, 0]] * 5})] * 3),
            "x.json",
            "too-many-vertices",
            3,
        ),
        (workbook(["a"], *[["x"]] * 4), "x.xlsx", "too-many-rows", None),
        (workbook(["a", "b", "c", "d"], ["1"] * 4), "x.xlsx", "too-many-columns", None),
        (workbook(["a"], ["x"], ["y" * 21]), "x.xlsx", "cell-too-long", 3),
        (kml(f"<Placemark><name>{'y' * 21}</name></Placemark>"), "x.kml", "cell-too-long", 1),
        (kml("<Placemark><name>y</name></Placemark>" * 4), "x.kml", "too-many-rows", 4),
        (
            kml(f"<Placemark><LineString><coordinates>{'0,0 ' * 7}</coordinates></LineString></Placemark>"),
            "x.kml",
            "outline-too-detailed",
            1,
        ),
    ],
)
def test_D6_too_much_is_refused_where_it_begins(content, name, code, line):
    error = refused(content, name, SMALL)

    assert error.code == code
    assert line is None or error.line == line


def test_D6_outlines_with_too_many_corners_are_refused_in_every_format(shared_data, tmp_path, package):
    import geopandas

    line = shapely.LineString([(i / 10, 0) for i in range(7)])
    drawn = geopackage(tmp_path, geopandas.GeoDataFrame({"n": ["a"]}, geometry=[line], crs="EPSG:4326"))

    assert refused(drawn, "x.gpkg", SMALL).code == "outline-too-detailed"
    assert refused(barcelona(shared_data), "x.zip", replace(LIMITS, max_feature_vertices=50)).line == 1
    assert (
        refused(barcelona(shared_data), "x.zip", replace(LIMITS, max_vertices=900)).code
        == "too-many-vertices"
    )


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":['])
@pytest.mark.parametrize("start", ["", '{"type":"FeatureCollection","features":'])
def test_D3_D6_deep_json_is_refused_before_it_is_parsed(opening, start):
    assert refused((start + opening * 100_000).encode(), "x.geojson").code == "too-deep"


def test_a_text_that_never_ends_is_looked_through_once():
    assert refused(b'["' + b'\\"' * 2_000_000, "x.geojson").code == "json"


def test_millions_of_empty_lines_are_no_table():
    assert refused(b"a\n" + b"\n" * 2_000_000, "x.csv").code == "too-many-rows"


@pytest.mark.parametrize(
    "corner", [[True, 1], ["1", 1], [None, 1], [1], [1, 2, 3, 4, 5], [1e13, 1], [[1], 1], 1, "12"]
)
@pytest.mark.parametrize("at", [0, 2])
def test_one_odd_corner_among_good_ones_is_refused(corner, at):
    ring = [list(point) for point in SQUARE]
    ring[at] = corner

    assert refused(collection(feature({"type": "LineString", "coordinates": ring})), "x.json").line == 1


def test_brackets_inside_a_text_are_not_depth():
    assert read_table(collection(feature(point(), name="[" * 5000 + '\\"{' * 100)), "x.json")


def test_deep_xml_is_refused():
    assert refused(kml("<Folder>" * 100_000), "x.kml").code == "too-deep"


def test_a_workbook_may_hold_fewer_cells_than_a_plain_table():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(5):
        sheet.append([f"a{number}", f"b{number}"])
    file = io.BytesIO()
    book.save(file)
    small = replace(LIMITS, max_workbook_cells=8)

    with pytest.raises(Unreadable) as refusal:
        read_table(file.getvalue(), "list.xlsx", small)

    assert refusal.value.code == "too-many-cells"
    assert len(read_table(b"a,b\n1,2\n3,4\n5,6\n7,8\n", "list.csv", small)) == 4
