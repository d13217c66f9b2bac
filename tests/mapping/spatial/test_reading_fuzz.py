"""Whatever bytes arrive, a reader answers with a table or with Unreadable."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapping.spatial.reading import Table, Unreadable, guess_columns, points_of, read_table
from tests.mapping.spatial.files import (
    barcelona,
    collection,
    feature,
    geopackage,
    kml,
    point,
    with_part,
    workbook,
)

quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "150"))


def read(content: bytes, name: str) -> Table | None:
    try:
        table = read_table(content, name)
    except Unreadable as error:
        str(error)  # each sentence has its parameters
        return None
    assert len(table.rows) == len(table.geometries) == len(table.lines) > 0
    guess_columns(table)
    try:
        points_of(table)
    except Unreadable as error:
        if error.code != "no-position":
            raise
    return table


@pytest.fixture(scope="module")
def seeds(shared_data, tmp_path_factory):
    import geopandas
    import shapely

    outline = shapely.Point(10, 53).buffer(1)
    frame = geopandas.GeoDataFrame(
        {"name": ["ä", "b"]}, geometry=[outline, shapely.MultiPolygon([outline])], crs=4326
    )
    small = collection(
        feature(point(), name="ä"),
        feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}),
    )
    return {
        "x.csv": b'name;lat;lon\n"A; ""x""";53.5;10\n\xc3\xa4;1;2\n',
        "x.geojson": small,
        "x.json": b'{"elements":[{"type":"node","id":1,"lat":1.5,"lon":2,"tags":{"name":"A"}}]}',
        "x.kml": kml("<Placemark><name>A</name><Point><coordinates>1,2</coordinates></Point></Placemark>"),
        "x.gpkg": geopackage(tmp_path_factory.mktemp("gpkg"), frame),
        "x.zip": barcelona(shared_data),
        "x.xlsx": workbook(["name", "lat", "lon"], ["A", 53.5, 10], ["B", "x", None]),
    }  # fmt: skip


@quick
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content):
    for start in (b"", b"PK\x03\x04", b"SQLite format 3\x00", b"{", b"[", b"<", b"\xff\xfe"):
        read(start + content, "")


@quick
@given(st.text(max_size=200))
def test_any_text_is_a_table_or_refused(text):
    read(text.encode("utf-8", "surrogatepass"), "x.csv")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=10)
    | st.just([[0, 0], [1, 1], [0, 0]]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
kinds = st.sampled_from(
    ["Point", "LineString", "Polygon", "MultiPolygon", "MultiPoint", "GeometryCollection", "x"]
)


@quick
@given(
    st.lists(
        st.builds(feature, st.fixed_dictionaries({"type": kinds, "coordinates": json_values}) | json_values),
        max_size=4,
    ),
    json_values,
)
def test_any_geojson_is_a_table_or_refused(features, crs):
    read(collection(*features, crs=crs), "x.geojson")


@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.json", "x.kml", "x.gpkg", "x.zip", "x.xlsx"])
def test_a_file_with_a_few_wrong_bytes_is_a_table_or_refused(seeds, name):
    dice = random.Random(name)
    for _round in range(ROUNDS):
        content = bytearray(seeds[name])
        for _change in range(dice.randint(1, 6)):
            at = dice.randrange(len(content))
            match dice.randrange(4):
                case 0:
                    content[at] = dice.randrange(256)
                case 1:
                    del content[at : at + dice.randint(1, 40)]
                case 2:
                    content[at:at] = content[max(0, at - 40) : at]
                case _:
                    content[at : at + 4] = dice.choice(
                        [b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\x01\0\0\0"]
                    )
            content = content or bytearray(b" ")
        read(bytes(content), name)


@pytest.mark.parametrize("part", ["shp", "dbf", "prj"])
def test_a_shapefile_with_a_few_wrong_bytes_inside_is_a_table_or_refused(shared_data, part):
    whole = (shared_data / f"boundaries/barcelona/shp-epsg25831/barris.{part}").read_bytes()
    dice = random.Random(part)
    for _round in range(ROUNDS // 6):
        content = bytearray(whole)
        for _change in range(dice.randint(1, 20)):
            content[dice.randrange(min(len(content), dice.choice([200, 10**9])))] = dice.randrange(256)
        read(barcelona(shared_data, **{part: bytes(content)}), "x.zip")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_workbook_with_wrong_letters_inside_is_a_table_or_refused(part):
    dice = random.Random(part)
    whole = workbook(["name", "lat"], ["A", 53.5], ["B", None])

    def change(old: bytes) -> bytes:
        content = bytearray(old)
        for _change in range(dice.randint(1, 3)):
            at = dice.randrange(len(content))
            if dice.random() < 0.3:
                content[at] = dice.choice(b'<>"=0123456789ABsn/')
            else:  # a value of its own kind, which is where a reader of well-formed XML stumbles
                digits = [i for i, byte in enumerate(content) if chr(byte).isdigit()]
                content[dice.choice(digits)] = dice.choice(b"-.9e0xA")
        return bytes(content)

    for _round in range(ROUNDS // 3):
        read(with_part(whole, part, change), "x.xlsx")
