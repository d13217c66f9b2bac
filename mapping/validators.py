"""What may be written about a place; the model's forms, the API and imports ask the same."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mapping.opening_hours import NotUnderstood, check
from participation.foundation.geometry import clean_coordinate

_CODE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?")
MAX_LANGUAGES = 20
MAX_PICTURES = 4


def clean_opening_hours(text: str | None) -> str:
    """Return opening hours in OSM's syntax in their canonical form; refuse anything else (free text is read before)."""
    text = (text or "").strip()
    if not text:
        return ""
    try:
        return check(text)
    except NotUnderstood as error:
        raise ValidationError(
            _("We do not understand “%(part)s” as opening hours.") % {"part": error.part[:80]},
            code="opening_hours",
        ) from None


def clean_languages(codes: Iterable[str] | str | None) -> str:
    """Return ISO 639 codes, each once, with blanks between; "" for none."""
    parts = codes.split() if isinstance(codes, str) else list(codes or ())
    wanted = list(dict.fromkeys(part.strip().lower() for part in parts if part.strip()))
    if any(not _CODE.fullmatch(code) for code in wanted) or len(wanted) > MAX_LANGUAGES:
        raise ValidationError(_("Please choose languages from the list."), code="languages")
    return " ".join(wanted)


def read_place(value: Any) -> tuple[Decimal, Decimal] | None:
    """Return (latitude, longitude) of two typed coordinates; None for two empty ones; refuse half a place (D4)."""
    parts = [value.get("latitude"), value.get("longitude")] if isinstance(value, Mapping) else value
    latitude, longitude = clean_coordinate(parts[0], limit=90), clean_coordinate(parts[1], limit=180)
    if (latitude is None) != (longitude is None):
        raise ValidationError(
            _("Please write both numbers, latitude and longitude, or leave both empty."), code="half"
        )
    return None if latitude is None or longitude is None else (latitude, longitude)
