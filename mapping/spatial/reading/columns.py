"""Which column of an unknown table holds what: OpenStreetMap's keys, and headings in English and German."""

import re
import unicodedata
from collections.abc import Sequence

from mapping.spatial.reading.table import Table

# For each target the headings that mean it, the surest first; folded as `folded` does.
HEADINGS: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "source id", "osm id", "full id", "identifier", "external id", "ref", "fid", "objectid", "nummer"),
    "name": (
        "name", "name en", "name de", "title", "site name", "place name", "library name", "bezeichnung", "titel",
        "einrichtung", "einrichtungsname", "name der einrichtung", "organisation name",
    ),
    "category": (
        "category", "kind", "type", "kategorie", "art", "typ", "amenity", "art der einrichtung", "sector", "library type",
        "tourism", "leisure",
    ),
    "street": (
        "street", "addr street", "address", "street address", "address line 1", "strasse", "strasse und hausnummer",
        "adresse", "anschrift", "strasse hausnummer", "addr full", "addr place",
    ),
    "postal_code": (
        "postal code", "postcode", "post code", "zip code", "zip", "zipcode", "addr postcode", "plz", "postleitzahl",
    ),
    "locality": ("locality", "city", "town", "addr city", "ort", "stadt", "place", "wohnort", "village", "ortschaft"),
    "latitude": (
        "latitude", "lat", "geo lat", "y wgs84", "wgs84 lat", "breite", "breitengrad", "geographische breite",
    ),
    "longitude": (
        "longitude", "lon", "lng", "long", "geo lon", "geo long", "x wgs84", "wgs84 lon", "lange", "laenge",
        "langengrad", "laengengrad", "geographische lange",
    ),
    "latlon": (
        "latlon", "lat lon", "lat long", "latlng", "location", "coordinates", "position", "geo point", "geopoint",
        "koordinaten", "standort",
    ),
    "x": ("x", "x coord", "x coordinate", "easting", "eastings", "coord x", "rechtswert", "ostwert", "utm x", "x koordinate"),
    "y": ("y", "y coord", "y coordinate", "northing", "northings", "coord y", "hochwert", "nordwert", "utm y", "y koordinate"),
    "opening_hours": ("opening hours", "opening times", "hours", "offnungszeiten", "oeffnungszeiten", "day and time"),
    "phone": (
        "phone", "contact phone", "telephone", "phone number", "telephone number", "tel", "telefon", "telefonnummer",
    ),
    "email": ("email", "e mail", "contact email", "email address", "mail", "e mail adresse"),
    "website": (
        "website", "contact website", "url", "web", "homepage", "web site", "website url", "webseite", "internet",
        "more information", "link",
    ),
    "description": (
        "description", "details", "about", "notes", "beschreibung", "text", "angebot", "bemerkung", "activities",
    ),
    "wheelchair": (
        "wheelchair", "wheelchair access", "disabled access", "step free", "accessible", "rollstuhl",
        "rollstuhlgerecht", "barrierefrei", "barrierefreiheit",
    ),
    "languages": ("languages", "language", "sprachen", "sprache"),
}  # fmt: skip

_LATLON = re.compile(r"\s*-?[0-9]{1,2}(\.[0-9]+)?\s*[,; ]\s*-?[0-9]{1,3}(\.[0-9]+)?\s*")
_LOOK_AT = 50


def folded(heading: str) -> str:
    """Return a heading in small letters without accents and signs: "Straße/Hausnummer" becomes "strasse hausnummer"."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def guess_columns(table: Table) -> dict[str, str]:
    """Return {target: column} for what the headings and the first cells tell; each column serves one target at most."""
    by_heading: dict[str, str] = {}
    for column in table.columns:
        by_heading.setdefault(folded(column), column)
    found: dict[str, str] = {}
    for target, names in HEADINGS.items():
        for name in names:
            known = by_heading.get(name)
            if known is None or known in found.values():
                continue
            # "Location" may be a position or the name of a village.
            if target == "latlon" and not _holds_positions(table.rows, known):
                continue
            found[target] = known
            break
    for pair in (("latitude", "longitude"), ("x", "y")):
        if len(found.keys() & set(pair)) == 1:
            for target in pair:
                found.pop(target, None)
    return found


def _holds_positions(rows: Sequence[dict[str, str | None]], column: str) -> bool:
    cells = [cell for row in rows[:_LOOK_AT] if (cell := row[column])]
    # Half is enough: the rows that are wrong are then named one by one.
    return bool(cells) and 2 * sum(bool(_LATLON.fullmatch(cell)) for cell in cells) >= len(cells)
