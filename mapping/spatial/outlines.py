"""Outlines of areas: from GeoJSON to valid polygons, into metres and back together again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pyproj import CRS, Transformer
    from shapely.geometry.base import BaseGeometry

    Polygons = np.ndarray[Any, np.dtype[np.object_]]

WGS84 = "EPSG:4326"
# ETRS89 / UTM is defined for zones 28 to 38 and used on the European plate only (EPSG registry, area of use).
_ETRS_ZONES = range(28, 39)
_ETRS_LATITUDES = (34.0, 72.0)


def polygons_of(outlines: Sequence[Mapping | None]) -> tuple["Polygons", list[int]]:
    """Return one polygon or None per GeoJSON outline (EPSG:4326), and the indices of those that were repaired.

    None stands for an outline that is missing, empty, or has no surface. Raises ValueError for anything but a GeoJSON
    Polygon or MultiPolygon of finite positions in closed rings.
    """
    import shapely

    # Filled flat and built in one call: several times as fast as one geometry after another.
    corners: list[Sequence[float]] = []
    ring_ends, polygon_ends, outline_ends = [0], [0], [0]
    for outline in outlines:
        for polygon in _polygons(outline):
            for ring in polygon:
                corners.extend(ring)
                ring_ends.append(len(corners))
            if polygon:
                polygon_ends.append(len(ring_ends) - 1)
        outline_ends.append(len(polygon_ends) - 1)
    try:
        found = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON, _flat(corners), (ring_ends, polygon_ends, outline_ends)
        )
    except (shapely.errors.ShapelyError, TypeError, IndexError, ValueError) as error:
        raise ValueError(f"An outline is not GeoJSON: {error}") from None
    repaired = [int(i) for i in np.flatnonzero(~shapely.is_valid(found))]
    for index in repaired:
        found[index] = _surfaces(shapely.make_valid(found[index]))
    found[shapely.is_empty(found)] = None
    return found, repaired


def _polygons(outline: Mapping | None) -> list:
    if not outline:
        return []
    kind = outline.get("type")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(outline.get("coordinates"), list | tuple):
        raise ValueError(f"An outline is not GeoJSON with a Polygon or MultiPolygon but {kind}.")
    return [outline["coordinates"]] if kind == "Polygon" else outline["coordinates"]


def _flat(corners: list[Sequence[float]]) -> np.ndarray:
    try:
        flat = np.array(corners, dtype=float).reshape(len(corners), -1)[:, :2]
    except ValueError:
        flat = np.array(
            [corner[:2] for corner in corners], dtype=float
        )  # some corners carry a height, some do not
    if not np.isfinite(flat).all():
        raise ValueError("a corner is not finite.")
    return np.ascontiguousarray(flat) if len(corners) else np.empty((0, 2))


def _surfaces(geometry: "BaseGeometry") -> "BaseGeometry":
    """Keep only the polygons of a mixed geometry: repairing a bow tie also leaves lines and points."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def merge_outlines(outlines: Iterable[tuple[str, Mapping]]) -> dict[str, dict]:
    """Join outlines that carry the same name into one GeoJSON each, in the order of first appearance.

    Hamburg's file has 181 Ortsteile with 104 names of Stadtteile: this gives the 104.
    """
    import shapely

    by_name: dict[str, list[Mapping]] = {}
    for name, outline in outlines:
        by_name.setdefault(name, []).append(outline)
    merged = {}
    for name, parts in by_name.items():
        if len(parts) == 1:
            merged[name] = dict(parts[0])
        else:
            whole = shapely.union_all(polygons_of(parts)[0])
            merged[name] = json.loads(shapely.to_geojson(whole))
    return merged


def metric_crs(longitude: float, latitude: float) -> str:
    """Name a coordinate system in metres for a city: the UTM zone of the position, on ETRS89 in Europe, else on WGS84.

    Hamburg (10.0, 53.6) gives EPSG:25832. Inside a zone lengths are true to 0.04 % (EPSG guidance note 7-2, 3.2.1).
    """
    zone = min(60, int((longitude + 180) // 6) + 1)
    if zone in _ETRS_ZONES and _ETRS_LATITUDES[0] <= latitude <= _ETRS_LATITUDES[1]:
        return f"EPSG:{25800 + zone}"
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"


@lru_cache(maxsize=32)
def transformer(source: "str | CRS", target: str) -> "Transformer":
    """Return the transformation between two systems, x before y, without asking the network for grids."""
    import pyproj

    pyproj.network.set_network_enabled(False)
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def to_crs(geometries: "Polygons", source: str, target: str) -> "Polygons":
    """Move geometries from one named system to another; None stays None."""
    import shapely

    move = transformer(source, target)
    return shapely.transform(geometries, lambda x, y: move.transform(x, y), interleaved=False)
