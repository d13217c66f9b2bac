"""Plain geometry on longitude and latitude (EPSG:4326): limits, and which outline holds a point."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from math import asin, cos, degrees, radians, sin

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.foundation.distance import EARTH_RADIUS_M

MAX_VERTICES = 50_000


def clean_coordinate(value: object, *, limit: int) -> Decimal | None:
    """Return a coordinate in degrees with six decimals, None for nothing; refuse what is not a plain number in range."""
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if not text.isascii() or not text.lstrip("-").replace(".", "", 1).isdigit():
        raise ValidationError(
            _("Please write the coordinate in decimal degrees, for example 53.5511."), code="number"
        )
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValidationError(
            _("Please write the coordinate in decimal degrees, for example 53.5511.")
        ) from None
    if abs(number) > limit:
        raise ValidationError(_("This coordinate lies outside the world."), code="range")
    return number.quantize(Decimal("0.000001"))


def rings(geometry: dict) -> Iterator[list]:
    """Yield each ring of a GeoJSON Polygon or MultiPolygon as a list of [longitude, latitude]."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def contains(geometry: dict, longitude: float, latitude: float) -> bool:
    """Say whether the point lies inside (even-odd rule over all rings, so holes are outside)."""
    inside = False
    for ring in rings(geometry):
        for (x1, y1, *_a), (x2, y2, *_b) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (
                y2 - y1
            ) + x1:
                inside = not inside
    return inside


def bounds(geometry: dict) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) in degrees."""
    points = [point for ring in rings(geometry) for point in ring]
    return (
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    )


def validate_outline(geometry: object) -> None:
    """Refuse anything but a GeoJSON Polygon or MultiPolygon with closed rings of finite degrees and at most 50,000 points."""
    wrong = ValidationError(
        _("This is not a GeoJSON Polygon or MultiPolygon in degrees of longitude and latitude (EPSG:4326)."),
        code="geometry",
    )
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise wrong
    count = 0
    try:
        for ring in rings(geometry):
            if len(ring) < 4 or ring[0] != ring[-1]:
                raise wrong
            for point in ring:
                count += 1
                if count > MAX_VERTICES or not (
                    -180 <= float(point[0]) <= 180 and -90 <= float(point[1]) <= 90
                ):
                    raise wrong
    except (TypeError, KeyError, IndexError, ValueError):
        raise wrong from None
    if not count:
        raise wrong


def box_around(latitude: float, longitude: float, radius_m: float) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) in degrees of a box that holds the circle of `radius_m` around a position.

    Where the circle reaches a pole or the 180th meridian, the box goes around the whole world, so that west is never east
    of east: what is in it is measured anyway.
    """
    reach = degrees(radius_m / EARTH_RADIUS_M)
    south, north = latitude - reach, latitude + reach
    if south <= -90 or north >= 90:
        return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
    # The circle is widest a little nearer to the pole than its middle.
    wide = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(latitude)))))
    west, east = longitude - wide, longitude + wide
    if west < -180 or east > 180:
        return -180.0, south, 180.0, north
    return west, south, east, north


def middle_of(geometry: dict) -> tuple[float, float]:
    """Return (latitude, longitude) of the middle of an outline's box: near enough for "around here"."""
    west, south, east, north = bounds(geometry)
    return (south + north) / 2, (west + east) / 2
