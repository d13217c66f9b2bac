"""The outlines of the neighbourhoods, light enough for a phone."""

import json

from django.core.cache import cache
from django.db.models import Count, Max

from participation.models import Neighbourhood

KEPT_FOR = 600
DECIMALS = 5
# Above this many points the outlines are simplified: to about ten metres, edges that two share staying one.
LIGHT = 4_000
TOLERANCE = 0.0001


def outlines_json() -> str:
    """Return a GeoJSON FeatureCollection (EPSG:4326) of all neighbourhoods with an outline, as text; kept for ten minutes."""
    state = Neighbourhood.objects.aggregate(number=Count("pk"), last=Max("pk"))
    key = f"mapping.outlines.{state['number']}.{state['last']}"
    text = cache.get(key)
    if text is None:
        text = _build()
        cache.set(key, text, KEPT_FOR)
    return text


def _build() -> str:
    rows = list(Neighbourhood.objects.filter(outline__isnull=False).values_list("name", "slug", "outline"))
    outlines = [_rounded(outline or {}) for _name, _slug, outline in rows]
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
