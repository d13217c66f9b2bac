"""Outlines as paths of an SVG: a map that needs neither tiles nor JavaScript, light enough to stand inside a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np

from mapping.spatial.outlines import polygons_of

WIDTH = 1000
_MOST_HEIGHT = 1200
_METRES_IN_A_DEGREE = 111_320.0  # of latitude


@dataclass(frozen=True, slots=True)
class Drawing:
    """The paths (one for each outline, "" without one) and how degrees become units of the picture: evenly, north up."""

    paths: tuple[str, ...]
    widths: tuple[float, ...]  # of each outline from west to east, in units of the picture
    west: float
    north: float
    units_in_longitude: float  # units of the picture in a degree
    units_in_latitude: float
    width: int
    height: int

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point (degrees) is in the picture: units from its left and from its top."""
        return (
            round((longitude - self.west) * self.units_in_longitude, 1),
            round((self.north - latitude) * self.units_in_latitude, 1),
        )

    def length(self, metres: float) -> float:
        """Return a distance in units of the picture."""
        return round(metres / _METRES_IN_A_DEGREE * self.units_in_latitude, 1)


def draw(outlines: Sequence[Mapping | None], *, framing: Sequence[bool] | None = None) -> Drawing | None:
    """Draw GeoJSON outlines (EPSG:4326); edges that two share stay one. None where there is nothing to draw.

    `framing` says of each outline whether the picture must show it: a far island without people would make the city small.
    """
    import shapely

    polygons, _repaired = polygons_of(outlines)
    drawn = np.flatnonzero(~shapely.is_missing(polygons))
    if not len(drawn):
        return None
    framed = [index for index in drawn.tolist() if framing is None or framing[index]] or list(drawn)
    west, south, east, north = shapely.total_bounds(polygons[framed]).tolist()
    drawn = drawn[shapely.intersects(polygons[drawn], shapely.box(west, south, east, north))]
    if not (east > west and north > south):
        return None
    # Plate carrée with the middle parallel true to scale: a city is small enough for it to look as people know it.
    shrink = cos(radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * shrink), _MOST_HEIGHT / (north - south))
    across, up = scale * shrink, scale
    flat = shapely.transform(
        polygons[drawn], lambda x, y: ((x - west) * across, (north - y) * up), interleaved=False
    )
    flat = (
        shapely.coverage_simplify(flat, 0.7)
        if shapely.coverage_is_valid(flat)
        else shapely.simplify(flat, 0.7)
    )
    paths, widths = [""] * len(outlines), [0.0] * len(outlines)
    for index, geometry in zip(drawn, flat, strict=True):
        paths[int(index)] = _path(geometry)
        widths[int(index)] = round(geometry.bounds[2] - geometry.bounds[0])
    return Drawing(
        paths=tuple(paths),
        widths=tuple(widths),
        west=west,
        north=north,
        units_in_longitude=across,
        units_in_latitude=up,
        width=round((east - west) * across),
        height=round((north - south) * up),
    )


def _path(geometry) -> str:
    import shapely

    parts = []
    for ring in shapely.get_rings(shapely.get_parts(geometry)):
        corners = [f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(ring)]
        distinct = [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]
        if len(distinct) > 3:  # a smaller one would not be seen
            parts.append("M" + "L".join(distinct[:-1]) + "Z")
    return "".join(parts)
