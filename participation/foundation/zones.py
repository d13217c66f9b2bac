"""Time zones: the city's own, and the names we accept."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

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


def moment_at(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return in UTC what the clock of `zone` shows on that day at that time.

    A time that happens twice (clocks go back) is the first of the two, one that is left out (clocks go forward) moves on by
    the length of the gap: RFC 5545, section 3.3.5.
    """
    return dt.datetime.combine(day, time, ZoneInfo(zone)).astimezone(dt.UTC)


def is_left_out(day: dt.date, time: dt.time, zone: str) -> bool:
    """Say whether the clock of `zone` never shows this time, because it goes forward in that hour."""
    moment = moment_at(day, time, zone)
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != dt.datetime.combine(day, time)
