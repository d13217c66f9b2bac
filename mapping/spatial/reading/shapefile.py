"""Zipped shapefiles (Esri white paper, July 1998; dBASE III tables), read without a driver: only the parts of one map."""

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from mapping.spatial.outlines import WGS84
from mapping.spatial.reading.archive import Archive, open_archive
from mapping.spatial.reading.geometry import Counter, described_crs, named_crs, to_longitude_latitude
from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

_POINT, _LINE, _POLYGON, _MULTIPOINT = 1, 3, 5, 8
_MAGIC = 9994
# Language driver of the dBASE table -> encoding (the ones that European programs write).
_LANGUAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0xC8: "cp1250", 0xC9: "cp1251"}
_ENCODINGS = {
    "utf-8",
    "utf8",
    "65001",
    "cp1252",
    "1252",
    "ansi 1252",
    "iso-8859-1",
    "88591",
    "iso 88591",
    "latin1",
}


def read_shapefile(content: bytes, limits: Limits, crs: str | None = None) -> Table:
    """Read the one shapefile of an archive; the system of its .prj comes before `crs`, and longitude and latitude last."""
    with open_archive(content, limits) as archive:
        parts = _parts(archive)
        shapes = archive.read(parts["shp"])
        attributes = archive.read(parts["dbf"]) if "dbf" in parts else None
        projection = archive.read(parts["prj"]) if "prj" in parts else None
        code_page = archive.read(parts["cpg"]) if "cpg" in parts else b""
    builder = Builder("shapefile", limits, unit="feature")
    system: CRS | str = WGS84
    if projection and projection.strip():
        system = described_crs(projection.decode("utf-8", "replace").strip().strip("\ufeff"))
        code = system.to_epsg()
        builder.crs_found = f"EPSG:{code}" if code else system.name
    elif crs:
        system = named_crs(crs)
        builder.crs_found = system
    else:
        builder.note(
            "no-projection", "The shapefile has no .prj part; it was read as longitude and latitude."
        )
    counter = Counter(limits)
    records = _Attributes(attributes, code_page, limits) if attributes is not None else None
    if records:
        builder.name_columns(records.names)
    for number, shape in enumerate(_shapes(shapes, limits), start=1):
        values = records.row(number - 1) if records else {}
        if values is not None:
            builder.add(number, values.items(), _geometry(shape, number, counter))
    builder.geometries = to_longitude_latitude(builder.geometries, system, builder.lines)
    return builder.table()


def _parts(archive: Archive) -> dict[str, str]:
    real = [name for name in archive.names if not name.startswith("__MACOSX/")]
    shapes = [name for name in real if name.lower().endswith(".shp")]
    if not shapes:
        raise Unreadable("zip-contents")
    if len(shapes) > 1:
        raise Unreadable("zip-several", names=", ".join(shapes)[:200])
    stem = shapes[0][:-4].lower()
    return {name.lower()[len(stem) + 1 :]: name for name in real if name.lower().startswith(stem + ".")}


def _shapes(content: bytes, limits: Limits) -> Iterator[bytes]:
    """Yield the contents of each record, as the lengths in front of them say."""
    if len(content) < 100 or struct.unpack_from(">I", content)[0] != _MAGIC:
        raise Unreadable("shapefile", part=".shp")
    if len(content) > 16 * limits.max_vertices * 3:
        raise Unreadable("too-many-vertices", limit=limits.max_vertices)
    at = 100
    while at + 8 <= len(content):
        (words,) = struct.unpack_from(">I", content, at + 4)
        end = at + 8 + 2 * words
        if words < 2 or end > len(content):
            raise Unreadable("shapefile", part=".shp")
        yield content[at + 8 : end]
        at = end


def _geometry(shape: bytes, feature: int, counter: Counter) -> "BaseGeometry | None":
    import shapely

    try:
        (kind,) = struct.unpack_from("<I", shape)
        if kind == 0:
            return None
        kind %= 10  # 11 and 21 are points with a height or a measure, and so on
        if kind == _POINT:
            counter.count(1, feature=feature)
            return shapely.Point(_finite(np.frombuffer(shape, "<f8", 2, 4)))
        if kind == _MULTIPOINT:
            (count,) = struct.unpack_from("<I", shape, 36)
            counter.count(count, feature=feature)
            return shapely.MultiPoint(_finite(np.frombuffer(shape, "<f8", 2 * count, 40)).reshape(-1, 2))
        if kind not in (_LINE, _POLYGON):
            raise Unreadable("geometry-kind", line=feature, unit="feature", kind=str(kind))
        parts, count = struct.unpack_from("<II", shape, 36)
        counter.count(count, feature=feature)
        if parts > count:
            raise Unreadable("geometry", line=feature, unit="feature")
        starts = np.frombuffer(shape, "<u4", parts, 44)
        corners = _finite(np.frombuffer(shape, "<f8", 2 * count, 44 + 4 * parts)).reshape(-1, 2)
        lines = [line for line in np.split(corners, starts[1:]) if len(line)] if parts else []
        if not lines:
            return None
        if kind == _LINE:
            return shapely.MultiLineString([line for line in lines if len(line) > 1])
        if any(len(line) < 4 or (line[0] != line[-1]).any() for line in lines):
            raise Unreadable("ring", line=feature, unit="feature")
        return _polygons(lines)
    except (struct.error, shapely.errors.ShapelyError):
        raise Unreadable("geometry", line=feature, unit="feature") from None
    except Unreadable:
        raise
    except (ValueError, IndexError):
        raise Unreadable("geometry", line=feature, unit="feature") from None


def _finite(numbers: np.ndarray) -> np.ndarray:
    # Esri writes anything below -10^38 for “no data”.
    if not (np.abs(numbers) < 1e12).all():
        raise ValueError("not finite")
    return numbers


def _polygons(lines: list[np.ndarray]) -> "BaseGeometry":
    """Sort rings into shells (clockwise) and holes; where the directions make no sense, what lies inside what decides."""
    import shapely

    rings = [shapely.LinearRing(line) for line in lines]
    if len(rings) == 1:
        return shapely.Polygon(rings[0])
    hole = shapely.is_ccw(rings)
    shells = [shapely.Polygon(ring) for ring, inner in zip(rings, hole, strict=True) if not inner]
    holes = [ring for ring, inner in zip(rings, hole, strict=True) if inner]
    if not shells:
        return shapely.build_area(shapely.GeometryCollection(rings))
    if not holes:
        return shapely.MultiPolygon(shells)
    held: list[list] = [[] for _shell in shells]
    tree = shapely.STRtree(shells)
    areas = shapely.area(shells)
    for ring in holes:
        around = tree.query(shapely.Polygon(ring), predicate="covered_by")
        if not len(around):
            return shapely.build_area(shapely.GeometryCollection(rings))
        held[min(around, key=areas.__getitem__)].append(ring)
    polygons = [shapely.Polygon(shell.exterior, inner) for shell, inner in zip(shells, held, strict=True)]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


class _Attributes:
    """The .dbf part: fields of fixed width, one record for each shape."""

    def __init__(self, content: bytes, code_page: bytes, limits: Limits) -> None:
        self._content = content
        try:
            self._count, self._header, self._width = struct.unpack_from("<IHH", content, 4)
            language = content[29]
            descriptions = content[32 : self._header].split(b"\r", 1)[0]
        except (struct.error, IndexError):
            raise Unreadable("shapefile", part=".dbf") from None
        self._fields: list[tuple[str, str, int, int]] = []
        page = code_page.decode("ascii", "ignore").strip().lower()
        self._encoding = page.removeprefix("ansi ") if page in _ENCODINGS else _LANGUAGES.get(language, "")
        if self._encoding in ("1252", "65001", "88591", "iso 88591"):
            self._encoding = {"1252": "cp1252", "65001": "utf-8"}.get(self._encoding, "latin1")
        if len(descriptions) // 32 > limits.max_columns:
            raise Unreadable("too-many-columns", limit=limits.max_columns)
        at = 1
        for start in range(0, len(descriptions) - 31, 32):
            field = descriptions[start : start + 32]
            name, kind, width = field[:11].split(b"\x00", 1)[0], chr(field[11]), field[16]
            if kind in "CNFDL":
                self._fields.append(
                    (self._decoded(name, 0).strip() or f"column {start // 32 + 1}", kind, at, width)
                )
            at += width
        self.names = [name for name, _kind, _at, _width in self._fields]
        if self._width < at or len(set(self.names)) != len(self.names):
            raise Unreadable("shapefile", part=".dbf")

    def row(self, index: int) -> dict[str, str | None] | None:
        """Return a record's values as text; None for a deleted record."""
        start = self._header + index * self._width
        record = self._content[start : start + self._width]
        if index >= self._count or len(record) < self._width:
            raise Unreadable("shapefile", part=".dbf", line=index + 1, unit="feature")
        if record[:1] == b"*":
            return None
        return {
            name: _value(kind, self._decoded(record[at : at + width], index + 1).strip(" \x00"))
            for name, kind, at, width in self._fields
        }

    def _decoded(self, text: bytes, feature: int) -> str:
        for encoding in (self._encoding, "utf-8", "cp1252"):
            if encoding:
                try:
                    return text.decode(encoding)
                except UnicodeDecodeError:
                    continue
        raise Unreadable("shapefile", part=".dbf", line=feature or None, unit="feature")


def _value(kind: str, text: str) -> str | None:
    if kind == "D" and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if kind == "L":
        return {"t": "true", "y": "true", "f": "false", "n": "false"}.get(text.lower())
    if kind in "NF" and text.strip("*") == "":
        return None  # stars are what did not fit
    return text or None
