"""GeoJSON (RFC 7946) and the JSON of OpenStreetMap's Overpass API."""

import json
from collections import Counter as Tally

from mapping.spatial.outlines import WGS84
from mapping.spatial.reading.geometry import Counter, build, named_crs, to_longitude_latitude
from mapping.spatial.reading.json import json_of
from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table

_ELEMENTS = ("node", "way", "relation")


def read_json(content: bytes, limits: Limits, crs: str | None = None) -> Table:
    document = json_of(content, limits.max_depth)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        if not isinstance(document.get("features"), list):
            raise Unreadable("not-features")
        return _features(document["features"], _crs_of(document) or crs, limits)
    if isinstance(document, dict) and document.get("type") == "Feature":
        return _features([document], _crs_of(document) or crs, limits)
    elements = document.get("elements") if isinstance(document, dict) else document
    if isinstance(elements, list) and elements and all(map(_is_element, elements)):
        return _osm(elements, limits)
    if isinstance(document, dict) and isinstance(document.get("coordinates"), list):
        return _features([{"type": "Feature", "properties": {}, "geometry": document}], crs, limits)
    raise Unreadable("not-features")


def _crs_of(document: dict) -> str | None:
    """Return the system that GeoJSON's older form may name; RFC 7946 knows only longitude and latitude."""
    crs = document.get("crs")
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        raise Unreadable("crs", crs=str(crs)[:80])
    return name


def _features(features: list, crs: str | None, limits: Limits) -> Table:
    builder = Builder("geojson", limits, unit="feature")
    counter = Counter(limits)
    system = named_crs(crs) if crs else WGS84
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise Unreadable("feature", line=number, unit="feature")
        properties, drawn = feature.get("properties"), feature.get("geometry")
        if not isinstance(properties, dict | None) or not isinstance(drawn, dict | None):
            raise Unreadable("feature", line=number, unit="feature")
        geometry = None
        if drawn:
            geometry = build(drawn.get("type"), drawn.get("coordinates"), feature=number, counter=counter)
        values = {str(name).strip(): _written(value) for name, value in (properties or {}).items()}
        if feature.get("id") is not None and "id" not in values:
            values = {"id": _written(feature["id"]), **values}
        builder.add(number, values.items(), geometry)
    builder.geometries = to_longitude_latitude(builder.geometries, system, builder.lines)
    builder.crs_found = system if crs else None
    return builder.table()


def _written(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)


def _is_element(element: object) -> bool:
    return isinstance(element, dict) and element.get("type") in _ELEMENTS and "id" in element


def _osm(elements: list[dict], limits: Limits) -> Table:
    """Take the elements of an Overpass answer that have tags: each tag a column, the position of a way its centre."""
    builder = Builder("osm", limits, unit="feature")
    counter = Counter(limits)
    tagged = [
        (n, e) for n, e in enumerate(elements, start=1) if isinstance(e.get("tags"), dict) and e["tags"]
    ]
    common = Tally(key for _number, element in tagged for key in element["tags"])
    kept = [key for key, _count in common.most_common(limits.max_columns - 1)]
    if len(kept) < len(common):
        builder.note(
            "rare-tags", f"{len(common) - len(kept)} rare tags were left out; the most common are kept."
        )
    builder.name_columns(["id", *sorted(key for key in kept if key != "id")])
    for number, element in tagged:
        where = element if "lat" in element else element.get("center")
        geometry = None
        if isinstance(where, dict):
            geometry = build("Point", [where.get("lon"), where.get("lat")], feature=number, counter=counter)
        values = {key: _written(value) for key, value in element["tags"].items() if key in builder.columns}
        values["id"] = f"{element['type']}/{_written(element['id'])}"
        builder.add(number, values.items(), geometry)
    builder.geometries = to_longitude_latitude(builder.geometries, WGS84, builder.lines)
    return builder.table()
