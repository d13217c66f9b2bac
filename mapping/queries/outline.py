"""The outlines of the neighbourhoods, light enough for a phone."""

import json
from hashlib import sha256

from django.core.cache import cache

from mapping.queries.version import present_version
from participation.models import Neighbourhood

KEPT_FOR = 600
DECIMALS = 5
# Above this many points the outlines are simplified: to about ten metres, edges that two share staying one.
LIGHT = 4_000
TOLERANCE = 0.0001


def outlines_json() -> str:
    """Return a GeoJSON FeatureCollection (EPSG:4326) of all neighbourhoods with an outline, as text.

    Every change of the map may be one of outlines, so they are looked at anew; drawn anew they are only if they differ.
    """
    stamp_key = f"mapping.outlines.of.{present_version().stamp}"
    digest = cache.get(stamp_key)
    text = cache.get(f"mapping.outlines.{digest}") if digest else None
    if text is None:
        rows = _rows()
        digest = sha256(json.dumps(rows).encode()).hexdigest()[:32]
        text = cache.get(f"mapping.outlines.{digest}") or _build(rows)
        cache.set(f"mapping.outlines.{digest}", text, KEPT_FOR)
        cache.set(stamp_key, digest, KEPT_FOR)
    return text


def middle_of(outline: dict) -> tuple[float, float]:
    """Return (latitude, longitude) of the middle of a GeoJSON outline, in degrees with three decimals.

    It is the middle of the largest part's bounding box: near enough to say from where distances are measured.
    """
    coordinates = outline["coordinates"]
    rings = [coordinates[0]] if outline["type"] == "Polygon" else [polygon[0] for polygon in coordinates]
    boxes = [
        (min(x), min(y), max(x), max(y))
        for x, y in (zip(*(point[:2] for point in ring), strict=True) for ring in rings)
    ]
    west, south, east, north = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return round((south + north) / 2, 3), round((west + east) / 2, 3)


def _rows() -> list[tuple[str, str, dict]]:
    rows = Neighbourhood.objects.filter(outline__isnull=False).values_list("name", "slug", "outline")
    return [(name, slug, outline or {}) for name, slug, outline in rows]


def _build(rows: list[tuple[str, str, dict]]) -> str:
    outlines = [_rounded(outline) for _name, _slug, outline in rows]
    if sum(_points(outline) for outline in outlines) > LIGHT:
        outlines = _simplified(outlines)
    features = [
        {"type": "Feature", "properties": {"name": name, "slug": slug}, "geometry": outline}
        for (name, slug, _outline), outline in zip(rows, outlines, strict=True)
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False
    )


def _rounded(geometry: dict) -> dict:
    def short(part):
        return (
            [round(number, DECIMALS) for number in part[:2]]
            if isinstance(part[0], int | float)
            else [short(p) for p in part]
        )

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def _points(geometry: dict) -> int:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _simplified(geometries: list[dict]) -> list[dict]:
    import shapely
    from shapely.geometry import mapping, shape

    shapes = [shape(geometry) for geometry in geometries]
    if shapely.coverage_is_valid(shapes):
        lighter = shapely.coverage_simplify(shapes, TOLERANCE)
    else:
        lighter = [each.simplify(TOLERANCE) for each in shapes]
    return [_rounded(json.loads(json.dumps(mapping(each)))) for each in lighter]
