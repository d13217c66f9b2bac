"""Tables of places for other programs: GeoJSON, CSV, GeoPackage, XLSX and KML."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from html import escape
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np

from mapping.spatial.reading.table import NOT_TEXT

CONTENT_TYPES = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "gpkg": "application/geopackage+sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "kml": "application/vnd.google-earth.kml+xml",
}
# What a spreadsheet would run. The forms and exports of the site follow the same rule; a test holds the two together.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, Any]


def write_table(
    rows: Iterable[Row],
    columns: Sequence[str],
    format: str,
    file: BinaryIO,
    *,
    geometry: tuple[str, str] = ("latitude", "longitude"),
    attribution: str = "",
    sheets: tuple[str, str] = ("Places", "Source"),
) -> None:
    """Write rows to an open binary file; CSV, GeoJSON and KML row by row, so that `rows` may be an endless iterator.

    `geometry` names the keys of latitude and longitude (degrees, EPSG:4326) in each row, whether or not they are also
    columns; a row without them has no position. `attribution` goes where the format keeps such words: a member of the
    GeoJSON, the description of KML and GeoPackage, a second sheet of the workbook, a last column of the CSV.
    `sheets` are the names of a workbook's two sheets.
    Text loses what no file may hold (NUL and other control characters) and ends its lines with LF. Raises ValueError
    for an unknown format, a number or position that is not finite or not on the globe.
    """
    if format not in CONTENT_TYPES:
        raise ValueError(f"“{format}” is not one of {', '.join(CONTENT_TYPES)}.")
    if format == "xlsx":
        _write_xlsx(rows, tuple(columns), file, _clean(attribution), sheets)
    else:
        _WRITERS[format](rows, tuple(columns), file, geometry, _clean(attribution))


def neutral_cell(text: str) -> str:
    """Put an apostrophe before text that starts like a formula; `read_table` takes it away again."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _clean(text: str) -> str:
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _value(value: object) -> str | int | float | bool | None:
    """Return a value as one of the plain kinds that every format knows."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        if not isfinite(value):
            raise ValueError("A number in the table is not finite.")
        return float(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return _clean("; ".join(str(part) for part in value))
    return _clean(str(value))


def _written(value: object) -> str:
    plain = _value(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return str(plain)


def _position(row: Row, geometry: tuple[str, str]) -> tuple[float, float] | None:
    """Return (longitude, latitude), the order of GeoJSON and WKB."""
    latitude, longitude = (row.get(key) for key in geometry)
    if latitude is None or longitude is None or "" in (latitude, longitude):
        return None
    y, x = float(latitude), float(longitude)
    if not (abs(y) <= 90 and abs(x) <= 180):
        raise ValueError(f"The position {latitude}, {longitude} is not a latitude and longitude.")
    return x, y


@contextmanager
def _text_of(file: BinaryIO, encoding: str = "utf-8"):  # type: ignore[no-untyped-def]
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.flush()
        text.detach()  # the file belongs to the caller


def _write_csv(
    rows: Iterable[Row], columns: Sequence[str], file: BinaryIO, _geometry: Any, attribution: str
) -> None:
    # With its mark at the start, or Excel takes UTF-8 for Windows-1252.
    with _text_of(file, "utf-8-sig") as text:
        writer = csv.writer(text)
        extra = ["attribution"] if attribution else []
        writer.writerow([neutral_cell(_clean(name)) for name in (*columns, *extra)])
        words = [neutral_cell(attribution)] if attribution else []
        for row in rows:
            # Numbers stay numbers, so that "-3.2" is a longitude; only text can be a formula.
            values = ((row.get(name), _written(row.get(name))) for name in columns)
            writer.writerow(
                [w if isinstance(v, int | float | Decimal) else neutral_cell(w) for v, w in values] + words
            )


def _write_geojson(
    rows: Iterable[Row], columns: Sequence[str], file: BinaryIO, geometry: tuple[str, str], attribution: str
) -> None:
    with _text_of(file) as text:
        text.write('{"type": "FeatureCollection"')
        if attribution:
            text.write(f', "attribution": {json.dumps(attribution, ensure_ascii=False)}')
        text.write(', "features": [')
        for number, row in enumerate(rows):
            position = _position(row, geometry)
            feature = {
                "type": "Feature",
                "properties": {_clean(name): _value(row.get(name)) for name in columns},
                "geometry": {"type": "Point", "coordinates": position} if position else None,
            }
            text.write(",\n" if number else "\n")
            text.write(json.dumps(feature, ensure_ascii=False, allow_nan=False))
        text.write("\n]}\n")


def _write_kml(
    rows: Iterable[Row], columns: Sequence[str], file: BinaryIO, geometry: tuple[str, str], attribution: str
) -> None:
    extended = [name for name in columns if name not in ("name", "description")]
    with _text_of(file) as text:
        text.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        text.write('<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        if attribution:
            text.write(f"<description>{escape(attribution)}</description>\n")
        for row in rows:
            text.write("<Placemark>")
            for name in ("name", "description"):
                if name in columns and row.get(name) is not None:
                    text.write(f"<{name}>{escape(_written(row[name]))}</{name}>")
            text.write("<ExtendedData>")
            for name in extended:
                if row.get(name) is not None:
                    value = escape(_written(row[name]))
                    text.write(f'<Data name="{escape(_clean(name))}"><value>{value}</value></Data>')
            text.write("</ExtendedData>")
            position = _position(row, geometry)
            if position:
                text.write(f"<Point><coordinates>{position[0]},{position[1]}</coordinates></Point>")
            text.write("</Placemark>\n")
        text.write("</Document>\n</kml>\n")


def _write_xlsx(
    rows: Iterable[Row], columns: Sequence[str], file: BinaryIO, attribution: str, sheets: tuple[str, str]
) -> None:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(sheets[0])

    def text_cell() -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet)
        cell.number_format = "@"
        return cell

    def typed(cell: WriteOnlyCell, value: object) -> object:
        if not isinstance(value, str):
            return value
        cell.value = value
        cell.data_type = "s"  # or openpyxl makes a formula of what starts with "="
        return cell

    # One cell for each column, filled anew for each row: making its style every time takes most of the time.
    cells = [text_cell() for _name in columns]
    # Judged before the sheet is begun: openpyxl leaves a broken one open.
    values = [[_value(row.get(name)) for name in columns] for row in rows]
    sheet.append([typed(cell, _clean(name)) for cell, name in zip(cells, columns, strict=True)])
    for line in values:
        sheet.append([typed(cell, value) for cell, value in zip(cells, line, strict=True)])
    if attribution:
        book.create_sheet(sheets[1]).append([typed(text_cell(), attribution)])
    book.save(file)


def _write_gpkg(
    rows: Iterable[Row], columns: Sequence[str], file: BinaryIO, geometry: tuple[str, str], attribution: str
) -> None:
    import pyogrio.raw
    import shapely

    kept = list(rows)
    positions = [_position(row, geometry) for row in kept]
    # A layer of its own names for key and geometry, so that columns may be called what they like.
    taken = {name.lower() for name in columns}
    key = "fid" if "fid" not in taken else "_fid"
    shape = "geom" if "geom" not in taken else "_geom"
    fields = [_field([_value(row.get(name)) for row in kept]) for name in columns]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        pyogrio.raw.write(
            path,
            np.array([shapely.to_wkb(shapely.Point(at)) if at else None for at in positions], dtype=object),
            [values for values, _missing in fields],
            [_clean(name) for name in columns],
            field_mask=[missing for _values, missing in fields],
            geometry_type="Point",
            crs="EPSG:4326",
            driver="GPKG",
            layer="places",
            layer_options={"DESCRIPTION": attribution, "FID": key, "GEOMETRY_NAME": shape},
        )
        file.write(path.read_bytes())


def _field(values: list) -> tuple[np.ndarray, np.ndarray | None]:
    """Return a column's values and where they are missing: numbers where all are numbers, else text."""
    missing = np.array([value is None for value in values], dtype=bool)
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        if all(abs(value) < 2**63 for value in known):
            return np.array([value or 0 for value in values], dtype=np.int64), missing
    elif known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return np.array([value or 0 for value in values], dtype=np.float64), missing
    return np.array([None if value is None else _written(value) for value in values], dtype=object), None


_WRITERS: dict[str, Callable[[Iterable[Row], Sequence[str], BinaryIO, tuple[str, str], str], None]] = {
    "geojson": _write_geojson,
    "csv": _write_csv,
    "gpkg": _write_gpkg,
    "kml": _write_kml,
}
