"""Tables of places and areas from uploaded files: known by their content, checked before anything is built from them."""

import os
import re
from pathlib import Path
from typing import BinaryIO

from mapping.spatial.reading.archive import open_archive
from mapping.spatial.reading.columns import guess_columns
from mapping.spatial.reading.delimited import read_delimited
from mapping.spatial.reading.geojson import read_json
from mapping.spatial.reading.geopackage import SQLITE_HEADER, read_geopackage
from mapping.spatial.reading.kml import read_kml
from mapping.spatial.reading.points import PROBLEMS, Problem, points_of
from mapping.spatial.reading.refusal import LIMITS, WORDS, Limits, Unreadable
from mapping.spatial.reading.shapefile import read_shapefile
from mapping.spatial.reading.table import Note, Table
from mapping.spatial.reading.workbook import read_workbook
from mapping.spatial.reading.xml import looks_like_xml, root_of

__all__ = [
    "LIMITS", "PROBLEMS", "WORDS", "Limits", "Note", "Problem", "Table", "Unreadable", "guess_columns", "points_of",
    "read_table",
]  # fmt: skip

# What a name may promise, and what may then be inside.
_PROMISES = {
    "geojson": {"json"}, "json": {"json"}, "csv": {"csv"}, "tsv": {"csv"}, "txt": {"csv"}, "gpkg": {"gpkg"},
    "zip": {"shapefile"}, "kml": {"kml"}, "xlsx": {"xlsx"},
}  # fmt: skip
_CALLED = {
    "json": "JSON", "csv": "a plain table (CSV)", "gpkg": "a GeoPackage", "shapefile": "a zip archive",
    "kml": "KML", "xlsx": "a workbook (XLSX)",
}  # fmt: skip


def read_table(
    source: str | os.PathLike | bytes | BinaryIO,
    name: str,
    limits: Limits = LIMITS,
    sheet: str | None = None,
    crs: str | None = None,
) -> Table:
    """Read a CSV, XLSX, GeoJSON, GeoPackage, KML, zipped shapefile or Overpass JSON.

    `source` is a path of ours, bytes or an open binary file; `name` is what the person's file was called, used for its
    ending only. `sheet` picks a sheet or layer; `crs` ("EPSG:27700") is for files of geometries that do not name theirs.
    Geometries come in EPSG:4326. Raises Unreadable, and nothing else, for whatever is wrong with the contents.
    """
    content = _content(source, limits)
    kind = _kind(content, limits)
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension == "kmz":
        raise Unreadable("kmz")
    if extension and kind not in _PROMISES.get(extension, set()):
        raise Unreadable("extension", extension=re.sub(r"\W", "", extension)[:20], found=_CALLED[kind])
    match kind:
        case "json":
            return read_json(content, limits, crs)
        case "gpkg":
            return read_geopackage(content, limits, sheet)
        case "shapefile":
            return read_shapefile(content, limits, crs)
        case "kml":
            return read_kml(content, limits)
        case "xlsx":
            return read_workbook(content, limits, sheet)
        case _:
            return read_delimited(content, limits)


def _content(source: str | os.PathLike | bytes | BinaryIO, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        content = source
    elif isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            content = file.read(limits.max_bytes + 1)
    else:
        content = source.read(limits.max_bytes + 1)
    if len(content) > limits.max_bytes:
        raise Unreadable("too-large", limit=limits.max_bytes // 1_000_000)
    if not content.strip():
        raise Unreadable("empty")
    return content


def _kind(content: bytes, limits: Limits) -> str:
    """Tell by the contents what a file is, whatever it is called."""
    if content.startswith(SQLITE_HEADER):
        return "gpkg"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(content, limits)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old-excel")
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        return "json"
    utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if start == b"<" or (utf16 and content[2:4].strip(b"\x00") == b"<") or content.startswith(b"\x00<"):
        if looks_like_xml(content) and root_of(content) == "kml":
            return "kml"
        raise Unreadable("kml")
    if not utf16 and b"\x00" in content[:4096]:
        raise Unreadable("unknown-format")
    return "csv"


def _kind_of_archive(content: bytes, limits: Limits) -> str:
    with open_archive(content, limits) as archive:
        names = {name.lower() for name in archive.names}
    if "xl/workbook.xml" in names or "[content_types].xml" in names:
        return "xlsx"
    if any(name.endswith(".kml") for name in names):
        raise Unreadable("kmz")
    return "shapefile"
