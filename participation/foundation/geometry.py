"""Plain geometry on longitude and latitude (EPSG:4326): limits, and which outline holds a point."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
