"""Where and when the city is, for opening hours: its time zone, its public holidays and its sun; and who counted its people."""

from typing import Any

from django.conf import settings


def city_of_hours() -> dict[str, Any]:
    """Return what `mapping.opening_hours` wants to know of the city (keyword arguments of `Timetable`).

    MAPPING_COUNTRY is an ISO 3166 code whose public holidays count ("" for none); MAPPING_CENTRE is (latitude, longitude) in
    degrees, for hours that follow the sun.
    """
    latitude, longitude = getattr(settings, "MAPPING_CENTRE", None) or (None, None)
    return {
        "timezone": settings.TIME_ZONE,
        "country": getattr(settings, "MAPPING_COUNTRY", "") or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def population_source() -> str:
    """Return who counted the residents of the neighbourhoods, and when, for everybody to read; "" where nobody has said.

    MAPPING_POPULATION_SOURCE, for example "Statistical office, 31 December 2025".
    """
    return str(getattr(settings, "MAPPING_POPULATION_SOURCE", "") or "")
