"""Time zones: the city's own, and the names we accept."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def city_zone() -> str:
    """Return the city's own zone as an IANA name."""
    return settings.TIME_ZONE


def validate_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("Please choose a time zone from the list, for example Europe/Berlin."))
