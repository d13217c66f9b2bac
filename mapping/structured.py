"""A place in schema.org's words (JSON-LD), for search engines and whoever reads pages by program."""

import datetime as dt
import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mapping.enums import Cost, Symbol
from mapping.models import LearningPlace
from mapping.words import timetable_of

TYPES = {
    Symbol.BOOK: "Library",
    Symbol.MUSEUM: "Museum",
    Symbol.SCHOOL: "School",
    Symbol.UNIVERSITY: "CollegeOrUniversity",
    Symbol.STAGE: "PerformingArtsTheater",
    Symbol.SPORT: "SportsActivityLocation",
    Symbol.TREE: "Park",
    Symbol.FAITH: "PlaceOfWorship",
}
# What would end the script element or start a comment in it (X9).
_ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def schema_org(place: LearningPlace, *, url: str, today: dt.date) -> dict[str, Any]:
    """Return the place as schema.org describes places; `url` is its own address, hours are those of the week from `today`."""
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(Symbol(place.category.symbol), "Place"),
        "@id": url,
        "url": url,
        "name": place.name,
        "description": place.summary or place.description,
        "telephone": place.phone,
        "email": place.email,
        "sameAs": place.website,
        "keywords": ", ".join(topic.name for topic in place.topics.all()),
    }
    address = {
        "streetAddress": place.street,
        "postalCode": place.postal_code,
        "addressLocality": place.locality,
    }
    if any(address.values()):
        known["address"] = {"@type": "PostalAddress", **_filled(address)}
    if place.has_point:
        known["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    if place.cost == Cost.FREE:
        known["isAccessibleForFree"] = True
    known["openingHoursSpecification"] = _hours(place, today)
    return _filled(known)


def _hours(place: LearningPlace, today: dt.date) -> list[dict[str, str]]:
    table = timetable_of(place.opening_hours)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": day.on.isoformat(),
            "validThrough": day.on.isoformat(),
            "opens": f"{span.start:%H:%M}",
            "closes": f"{span.end:%H:%M}" if span.end else "23:59",
        }
        for day in (table.week(today) if table else ())
        for span in day.spans
        if span.state == "open"
    ]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def json_ld(content: dict[str, Any]) -> SafeString:
    """Return a script element of data that no browser runs, safe whatever people have written."""
    text = json.dumps(content, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
