"""Geometries of uploaded files: counted and checked before any is built, then moved to longitude and latitude."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from mapping.spatial.outlines import WGS84, transformer
from mapping.spatial.reading.refusal import Limits, Unreadable

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

_EPSG = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[0-9.]*:)?([0-9]{3,6})", re.IGNORECASE | re.ASCII)
_LONGITUDE_LATITUDE = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "CRS84"}
_FARTHEST = 1e12  # metres or degrees: beyond it lies no map
# How many lists lie around a position (RFC 7946, 3.1).
_NESTING = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


class Counter:
    """Counts the corners of a file and of each feature, and stops at the limit."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = 0

    def count(self, corners: int, *, feature: int) -> None:
        if corners > self.limits.max_feature_vertices:
            raise Unreadable(
                "outline-too-detailed", line=feature, unit="feature", limit=self.limits.max_feature_vertices
            )
        self.total += corners
        if self.total > self.limits.max_vertices:
            raise Unreadable(
                "too-many-vertices", line=feature, unit="feature", limit=self.limits.max_vertices
            )


def build(kind: object, coordinates: object, *, feature: int, counter: Counter) -> "BaseGeometry | None":
    """Build a geometry from GeoJSON's kind and coordinates; None for an empty one. A height is left away."""
    import shapely

    if not isinstance(kind, str) or kind not in _NESTING:
        raise Unreadable("geometry-kind", line=feature, unit="feature", kind=str(kind)[:40])
    if coordinates == []:
        return None
    counter.count(_corners(coordinates, _NESTING[kind]), feature=feature)
    try:
        match kind:
            case "Point":
                return shapely.Point(_position(coordinates))
            case "MultiPoint":
                return shapely.MultiPoint(_line(coordinates))
            case "LineString":
                return shapely.LineString(_line(coordinates))
            case "MultiLineString":
                return shapely.MultiLineString([_line(line) for line in _list(coordinates)])
            case "Polygon":
                return _polygon(coordinates)
            case _:
                return shapely.MultiPolygon([_polygon(polygon) for polygon in _list(coordinates)])
    except Unreadable as error:
        raise Unreadable(error.code, line=feature, unit="feature", **error.params) from None
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        raise Unreadable("geometry", line=feature, unit="feature") from None


def _corners(coordinates: object, nesting: int) -> int:
    if nesting == 0:
        return 1
    if not isinstance(coordinates, list):
        return 0
    return len(coordinates) if nesting == 1 else sum(_corners(part, nesting - 1) for part in coordinates)


def _list(parts: object) -> list:
    if not isinstance(parts, list):
        raise Unreadable("geometry")
    return parts


def _position(position: object) -> tuple[float, float]:
    numbers = _list(position)
    if not 2 <= len(numbers) <= 4:
        raise Unreadable("geometry")
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise Unreadable("not-a-number", value=str(number)[:40])
        if abs(number) > _FARTHEST or not isfinite(number):
            raise Unreadable("not-a-number", value=str(float(number) if abs(number) < 1e300 else "∞")[:40])
    return float(numbers[0]), float(numbers[1])


def _line(positions: object) -> np.ndarray:
    """Return n x 2 numbers; one position after another only where something is wrong or odd, to say what."""
    line = _list(positions)
    lengths = set(map(len, line)) if set(map(type, line)) == {list} else set()
    if (
        len(lengths) == 1
        and lengths <= {2, 3, 4}
        and set(map(type, chain.from_iterable(line))) <= {int, float}
    ):
        with suppress(OverflowError):
            numbers = np.array(line, dtype=float)
            if (np.abs(numbers) < _FARTHEST).all():
                return numbers[:, :2]
    return np.array([_position(position) for position in line], dtype=float).reshape(-1, 2)


def _polygon(rings: object) -> "BaseGeometry":
    import shapely

    lines = [_line(ring) for ring in _list(rings)]
    if not lines or any(len(line) < 4 or (line[0] != line[-1]).any() for line in lines):
        raise Unreadable("ring")
    return shapely.Polygon(lines[0], lines[1:])


def named_crs(name: str) -> str:
    """Return "EPSG:nnnn" for a name of a coordinate system that a file or a person gives; refuse what is not one."""
    import pyproj

    if name.strip() in _LONGITUDE_LATITUDE:
        return WGS84
    match = _EPSG.fullmatch(name.strip())
    if match:
        code = f"EPSG:{match[1]}"
        try:
            pyproj.CRS.from_epsg(int(match[1]))
        except pyproj.exceptions.CRSError:
            pass
        else:
            return code
    raise Unreadable("crs", crs=name[:80])


def described_crs(wkt: str) -> "CRS":
    """Return the coordinate system that a WKT describes; one that points to files of its own is refused."""
    import pyproj

    if len(wkt) > 20_000 or re.search(r"EXTENSION|PARAMETERFILE|nadgrids|geoidgrids", wkt, re.IGNORECASE):
        raise Unreadable("crs", crs=wkt[:80])
    try:
        crs = pyproj.CRS.from_wkt(wkt)
    except (pyproj.exceptions.CRSError, ValueError):
        raise Unreadable("crs", crs=wkt[:80]) from None
    code = crs.to_epsg(min_confidence=60)
    return pyproj.CRS.from_epsg(code) if code else crs


def to_longitude_latitude(
    geometries: Sequence["BaseGeometry | None"], crs: "CRS | str", lines: Sequence[int]
) -> list["BaseGeometry | None"]:
    """Move geometries to EPSG:4326 and refuse the first that does not lie on the globe."""
    import pyproj
    import shapely

    moved: np.ndarray[Any, np.dtype[np.object_]] = np.empty(len(geometries), dtype=object)
    moved[:] = geometries
    if crs != WGS84:
        try:
            move: Callable = transformer(crs, WGS84).transform
            after = shapely.transform(moved, lambda x, y: move(x, y), interleaved=False)
        except (pyproj.exceptions.ProjError, shapely.errors.ShapelyError):
            raise Unreadable("crs", crs=str(crs)[:80]) from None
    else:
        after = moved
    west, south, east, north = shapely.bounds(after).T
    known = ~shapely.is_missing(after) & ~shapely.is_empty(after)
    # Written so that NaN, which no comparison finds, counts as wrong.
    wrong = known & ~((west >= -180) & (south >= -90) & (east <= 180) & (north <= 90))
    if wrong.any():
        index = int(np.flatnonzero(wrong)[0])
        x, y = shapely.get_coordinates(moved[index])[0]
        raise Unreadable("range", line=lines[index], unit="feature", x=f"{x:.10g}", y=f"{y:.10g}")
    after[shapely.is_empty(after)] = None
    return list(after)
