"""What the map gives away comes back the same, in every format and to every reader."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapping.spatial.reading import points_of, read_table
from mapping.spatial.writing import CONTENT_TYPES, neutral_cell, write_table
from participation.foundation import spreadsheets

FORMATS = list(CONTENT_TYPES)
COLUMNS = ["source_id", "name", "postal_code", "description"]
NASTY = {
    "plain": "Bücherhalle Barmbek",
    "emoji": "📚 Leseclub 🏳️‍🌈",
    "right to left": "مكتبة المدينة \u200f(עברית)\u200e",
    "zero width": "a\u200bb\u200dc\ufeffd",
    "quotes": """He said "it's 'fine'" — “so”""",
    "lines": "Monday 1pm\nTuesday 2pm\n\nclosed",
    "separators": "a,b;c\td|e",
    "markup": "<b>&amp; ]]> <!-- x --></b><?x?>",
    "formula": "=HYPERLINK(\"http://x\",\"y\")",
    "plus": "+49 40 123",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "apostrophe": "'s Heerenberg",
    "zeros": "01067",
    "number": "1e5",
    "sql": "'); DROP TABLE places; --",
    "backslash": "C:\\new\\x00 \\u0041 %s {0}",
    "excel": "_x0041_",
}  # fmt: skip
NASTY_TEXTS = tuple(NASTY.values())


def written(rows, format: str, columns=COLUMNS, **more) -> bytes:
    file = io.BytesIO()
    write_table(rows, columns, format, file, **more)
    assert not file.closed
    return file.getvalue()


def places(texts=NASTY_TEXTS) -> list[dict]:
    return [
        {"source_id": f"{n:03}", "name": text, "postal_code": "01067", "description": text, "latitude": 53.5 + n / 100,
         "longitude": -10.25 - n / 100}
        for n, text in enumerate(texts)
    ]  # fmt: skip


def with_position(format: str) -> list[str]:
    return [*COLUMNS, "latitude", "longitude"] if format in ("csv", "xlsx") else COLUMNS


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", NASTY)
def test_every_text_comes_back_as_it_was(format, kind):
    rows = places([NASTY[kind]])

    table = read_table(written(rows, format, with_position(format), attribution="© City"), f"x.{format}")

    assert [{name: row[name] for name in COLUMNS} for row in table.rows] == [
        {name: row[name] for name in COLUMNS} for row in rows
    ]
    assert points_of(table) == ([(53.5, -10.25)], [])


@pytest.mark.parametrize("format", ["geojson", "gpkg", "kml"])
def test_geopandas_reads_what_we_write(format, tmp_path):
    import geopandas

    rows = places()
    path = tmp_path / f"x.{format}"
    path.write_bytes(written(rows, format))

    frame = geopandas.read_file(path)

    names = "Name" if "Name" in frame.columns else "name"
    assert frame[names].tolist() == [row["name"] for row in rows]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.y.tolist() == pytest.approx([row["latitude"] for row in rows])
    assert frame.geometry.x.tolist() == pytest.approx([row["longitude"] for row in rows])


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_pandas_reads_what_we_write(format, tmp_path):
    import pandas

    rows = places()
    path = tmp_path / f"x.{format}"
    path.write_bytes(written(rows, format, with_position(format)))

    if format == "csv":
        frame = pandas.read_csv(path, dtype={"source_id": str, "postal_code": str}, keep_default_na=False)
    else:
        frame = pandas.read_excel(path, dtype={"source_id": str, "postal_code": str})

    wanted = [neutral_cell(row["name"]) if format == "csv" else row["name"] for row in rows]
    assert frame["name"].tolist() == wanted
    assert frame["latitude"].tolist() == [row["latitude"] for row in rows]
    assert frame["longitude"].tolist() == [row["longitude"] for row in rows]


@pytest.mark.parametrize("format", FORMATS)
def test_what_no_file_may_hold_is_left_away(format):
    rows = places(["a\x00b\x07c\r\nd\re\ud800\ufffef"])

    table = read_table(written(rows, format, with_position(format)), f"x.{format}")

    assert table.rows[0]["name"] == "abc\nd\nef"


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("format", FORMATS)
@quick
@given(st.text(min_size=1, max_size=40))
def test_any_text_comes_back_without_blanks_around_it(format, text):
    rows = places([f"x{text}"])

    table = read_table(written(rows, format, with_position(format)), f"x.{format}")

    kept = "".join(
        c
        for c in f"x{text}".replace("\r\n", "\n").replace("\r", "\n")
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")
    )
    assert table.rows[0]["name"] == kept.strip()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "x", "", "'x", " =1", "1=1"])
def test_formulas_are_neutral_by_the_rule_of_the_house(text):
    assert neutral_cell(text) == spreadsheets.neutral_cell(text)


def test_a_spreadsheet_finds_no_formula_in_a_csv():
    lines = written(places(), "csv", with_position("csv")).decode("utf-8-sig")

    import csv

    rows = list(csv.reader(io.StringIO(lines, newline="")))
    for row in rows[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row[:4])
        assert row[5].startswith("-10.")  # a number stays a number


def test_a_workbook_holds_text_and_numbers_but_no_formula():
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(written(places(["=1+1", "01067"]), "xlsx", with_position("xlsx"), attribution="=© City"))
    )

    assert [cell.data_type for cell in book["Places"][2]] == ["s", "s", "s", "s", "n", "n"]
    assert book["Places"]["B2"].value == "=1+1"
    assert (book["Source"]["A1"].value, book["Source"]["A1"].data_type) == ("=© City", "s")


def test_every_format_names_its_source(tmp_path):
    import sqlite3

    source = "© OpenStreetMap contributors, ODbL"

    made = {format: written(places(["A"]), format, attribution=source) for format in FORMATS}

    assert json.loads(made["geojson"])["attribution"] == source
    assert f"<description>{source}</description>" in made["kml"].decode()
    assert read_table(made["csv"], "x.csv").rows[0]["attribution"] == source
    assert read_table(made["xlsx"], "x.xlsx", sheet="Places").columns == tuple(COLUMNS)
    (tmp_path / "x.gpkg").write_bytes(made["gpkg"])
    connection = sqlite3.connect(tmp_path / "x.gpkg")
    assert connection.execute("SELECT description FROM gpkg_contents").fetchone() == (source,)
    connection.close()


def test_values_of_every_kind_are_written_plainly():
    row = {
        "a": None,
        "b": True,
        "c": 3,
        "d": Decimal("1.50"),
        "e": date(2026, 5, 4),
        "f": ["de", "tr"],
        "g": 2**70,
    }

    made = written([row, row], "geojson", list(row))

    assert json.loads(made)["features"][0]["properties"] == {
        "a": None, "b": True, "c": 3, "d": 1.5, "e": "2026-05-04", "f": "de; tr", "g": 2**70,
    }  # fmt: skip
    assert json.loads(made)["features"][1]["geometry"] is None
    for format in ("csv", "xlsx", "gpkg", "kml"):
        found = read_table(written([row, row], format, list(row)), f"x.{format}").rows[1]
        assert (found["b"], found["c"], found["e"], found["f"]) == ("true", "3", "2026-05-04", "de; tr"), (
            format
        )


def test_a_missing_number_in_a_geopackage_stays_missing():
    rows = read_table(
        written([{"n": 1, "x": 0.5}, {"n": None, "x": None}], "gpkg", ["n", "x"]), "x.gpkg"
    ).rows

    assert [(row["n"], row["x"]) for row in rows] == [("1", "0.5"), (None, None)]


def test_columns_may_be_called_as_a_geopackage_calls_its_own():
    rows = read_table(written([{"fid": "7", "geom": "x"}], "gpkg", ["fid", "geom"]), "x.gpkg").rows

    assert (rows[0]["fid"], rows[0]["geom"]) == ("7", "x")


@pytest.mark.parametrize("format", ["csv", "geojson", "kml"])
def test_rows_are_written_as_they_come(format):
    """Rows are taken one by one: the first is in the file before the last is asked for."""
    file = io.BytesIO()
    sizes = []

    def rows():
        for _row in range(2000):
            sizes.append(file.tell())
            yield places(["x" * 200])[0]

    write_table(rows(), COLUMNS, format, file)

    assert sizes[0] == 0
    assert sizes[1000] > 100_000


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_make_a_whole_file(format):
    assert written([], format)


@pytest.mark.parametrize("format", ["geojson", "gpkg", "kml"])
@pytest.mark.parametrize("position", [(91, 0), (0, 181), (float("nan"), 0), (float("inf"), 0), ("x", 1)])
def test_a_position_off_the_globe_is_refused(format, position):
    with pytest.raises(ValueError, match=r"position|convert"):
        written([{"name": "A", "latitude": position[0], "longitude": position[1]}], format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_number_that_is_not_finite_is_refused(format):
    with pytest.raises(ValueError, match="not finite"):
        written([{"name": float("nan")}], format)


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="“dbf” is not one of geojson, csv"):
        written([], "dbf")
