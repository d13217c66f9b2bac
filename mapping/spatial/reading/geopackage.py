"""GeoPackage (OGC 12-128r18), read as the SQLite file it is: nothing in it runs, and it opens nothing else."""

import sqlite3
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mapping.spatial.outlines import WGS84
from mapping.spatial.reading.geometry import Counter, described_crs, named_crs, to_longitude_latitude
from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

SQLITE_HEADER = b"SQLite format 3\x00"
_MAX_STEPS = 2_000  # of 100,000 instructions each: a minute or so, then the reading is given up
# Every GeoPackage has triggers that keep its spatial index and counts; they run on writing only, and we never write.
_USUAL_TRIGGERS = (
    "rtree_",
    "trigger_insert_feature_count_",
    "trigger_delete_feature_count_",
    "gpkg_",
    "fid_",
)
_USUAL_VIRTUAL = ("rtree_",)
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_CHILD = {4: 1, 5: 2, 6: 3}  # what a MultiPoint, MultiLineString and MultiPolygon is made of


def read_geopackage(content: bytes, limits: Limits, layer: str | None = None) -> Table:
    """Read one layer, the first unless `layer` names another; it comes with its own coordinate system."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.gpkg"
        path.write_bytes(content)
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return _read(connection, limits, layer)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            raise Unreadable("database") from None
        finally:
            connection.close()


def _read(connection: sqlite3.Connection, limits: Limits, layer: str | None) -> Table:
    steps = iter(range(_MAX_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000_000)
    connection.text_factory = bytes
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(
        lambda action, *_what: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
    )
    _check_parts(connection)
    name = _layer(connection, layer)
    column, srs = _one(
        connection, "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", name
    )
    builder = Builder("gpkg", limits, unit="feature")
    counter = Counter(limits)
    rows = connection.execute(f"SELECT * FROM {_quoted(name)}")  # noqa: S608
    columns = [description[0] for description in rows.description]
    drawn = _text(column)
    if drawn not in columns:
        raise Unreadable("database")
    at = columns.index(drawn)
    builder.name_columns(name for name in columns if name != drawn)
    for number, row in enumerate(rows, start=1):
        geometry = _geometry(row[at], number, counter)
        values = [(c, _cell(v)) for i, (c, v) in enumerate(zip(columns, row, strict=True)) if i != at]
        builder.add(number, values, geometry)
    crs = _crs(connection, srs)
    builder.crs_found = crs if isinstance(crs, str) else crs.name
    builder.geometries = to_longitude_latitude(builder.geometries, crs, builder.lines)
    return builder.table()


def _check_parts(connection: sqlite3.Connection) -> None:
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        kind, name, sql = _text(kind), _text(name), _text(sql or b"")
        usual = (
            name.startswith(_USUAL_TRIGGERS)
            if kind == "trigger"
            else kind in ("table", "index")
            and ("virtual" not in sql.lower().split()[:2] or name.startswith(_USUAL_VIRTUAL))
        )
        if not usual:
            raise Unreadable("database-parts", name=name[:80])


def _layer(connection: sqlite3.Connection, wanted: str | None) -> str:
    found = connection.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid"
    )
    names = [_text(name) for (name,) in found]
    if not names:
        raise Unreadable("no-layer")
    if wanted is not None and wanted not in names:
        raise Unreadable("sheet", name=wanted[:80], found=", ".join(names)[:200])
    name = wanted or names[0]
    (kind,) = _one(connection, "SELECT type FROM sqlite_master WHERE name = ?", name)
    if _text(kind) != "table":
        raise Unreadable("database")
    return name


def _one(connection: sqlite3.Connection, query: str, value: object) -> tuple:
    row = connection.execute(query, [value]).fetchone()
    if row is None:
        raise Unreadable("database")
    return row


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _cell(value: object) -> str | None:
    """Return a value as text; SQLite keeps text apart from numbers, so postal codes keep their zeros."""
    if value is None:
        return None
    return _text(value) if isinstance(value, bytes) else repr(value)


def _crs(connection: sqlite3.Connection, srs: int) -> "CRS | str":
    organization, code, definition = _one(
        connection,
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        srs,
    )
    if srs in (0, -1):  # “undefined”: what most programs write for plain longitude and latitude
        return WGS84
    if _text(organization).upper() == "EPSG":
        return named_crs(f"EPSG:{code}")
    return described_crs(_text(definition))


def _geometry(blob: object, feature: int, counter: Counter) -> "BaseGeometry | None":
    """Read GeoPackage's binary geometry (2.1.3): a header of eight bytes, an envelope, then WKB."""
    import shapely

    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise Unreadable("geometry", line=feature, unit="feature")
    flags = blob[3]
    if flags & 0b10000:  # declared empty
        return None
    envelope = _ENVELOPES.get(flags >> 1 & 0b111)
    if envelope is None or flags & 0b100000:
        raise Unreadable("geometry", line=feature, unit="feature")
    wkb = memoryview(blob)[8 + envelope :]
    try:
        corners, _end = _corners(wkb, 0, counter.limits.max_feature_vertices)
        counter.count(corners, feature=feature)
        with np.errstate(invalid="ignore"):
            geometry = shapely.from_wkb(bytes(wkb))
        if not np.isfinite(shapely.get_coordinates(geometry)).all():
            raise Unreadable("geometry")
    except Unreadable as error:
        raise Unreadable(error.code, line=feature, unit="feature", **error.params) from None
    except (struct.error, shapely.errors.ShapelyError, ValueError):
        raise Unreadable("geometry", line=feature, unit="feature") from None
    return shapely.force_2d(geometry)


def _corners(wkb: memoryview, at: int, most: int, only: int | None = None) -> tuple[int, int]:
    """Count the corners of a WKB without building it, and return where it ends; only plain kinds, never nested ones."""
    order = "<" if wkb[at : at + 1] == b"\x01" else ">"
    (kind,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    at += 5
    extended, kind = kind & 0xE0000000, kind & 0x1FFFFFFF
    size = 16 + 8 * (bool(extended & 0x80000000) + bool(extended & 0x40000000))
    if kind >= 1000:  # ISO: 1000 for a height, 2000 for a measure, 3000 for both
        size = 16 + 8 * (1, 1, 2)[min(kind // 1000, 3) - 1]
        kind %= 1000
    if extended & 0x20000000:
        at += 4
    if kind not in range(1, 7) or (only is not None and kind != only):
        raise Unreadable("geometry-kind", kind=str(kind))
    if kind == 1:
        return 1, at + size
    (parts,) = struct.unpack_from(f"{order}I", wkb, at)
    at += 4
    if parts * 4 > len(wkb):
        raise Unreadable("geometry")
    if kind == 2:
        return parts, at + parts * size
    total = 0
    for _part in range(parts):
        if kind == 3:
            (corners,) = struct.unpack_from(f"{order}I", wkb, at)
            at += 4 + corners * size
        else:
            corners, at = _corners(wkb, at, most, _CHILD[kind])
        total += corners
        if at > len(wkb):
            raise Unreadable("geometry")
        if total > most:
            raise Unreadable("outline-too-detailed", limit=most)
    return total, at
