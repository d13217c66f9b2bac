"""Sessions in templates: their hours, where they are, and what is said of seats, on the session's own clock."""

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.enums import Booking
from learning_events.models import Festival
from learning_events.queries.programme import ShownSession

register = template.Library()


@register.filter
def hours(row: ShownSession) -> SafeString | str:
    """Write from when to when a session lasts, with the last day where that is another."""
    if row.session.is_all_day:
        if row.last_day == row.starts.date():
            return _("All day")
        return _("All day until %(day)s") % {"day": date_format(row.last_day, "j F")}
    ends = date_format(row.ends, "TIME_FORMAT")
    if row.last_day != row.starts.date():
        ends = f"{date_format(row.ends, 'j M')}, {ends}"
    zone = f" {row.starts:%Z}" if row.names_zone else ""
    return format_html(
        '<time datetime="{}">{}</time>–{}{}',
        row.starts.isoformat(),
        date_format(row.starts, "TIME_FORMAT"),
        ends,
        zone,
    )


@register.filter
def begin(row: ShownSession) -> str:
    """Write when a session begins."""
    return _("All day") if row.session.is_all_day else date_format(row.starts, "TIME_FORMAT")


@register.filter
def where(row: ShownSession) -> str:
    """Write where a session is in a few words: room, place or venue, neighbourhood, or that it is online."""
    place, event = row.place, row.event
    parts = [row.session.room]
    if event.is_in_person:
        parts.append(place.name if place else event.venue_name)
        parts.append(place.neighbourhood.name if place and place.neighbourhood else "")
    if event.is_online:
        parts.append(_("online"))
    return ", ".join(part for part in parts if part)


@register.simple_tag
def track(row: ShownSession, track_of: dict[int, int]) -> str:
    """Return the class of the column that a session stands in."""
    return f"track-{track_of.get(row.event.kind_id or 0, 1)}"


@register.filter
def last_track(tracks: list[tuple[Any, int]]) -> int:
    """Return how many columns there are."""
    return tracks[-1][1] if tracks else 1


@register.simple_tag
def seats_words(row: ShownSession) -> SafeString:
    """Say in a few words whether one can still come."""
    if row.event.booking == Booking.OPEN:
        words = _("No registration needed")
    elif row.event.booking == Booking.ELSEWHERE:
        words = _("Register with the organiser")
    elif row.event.booking == Booking.DRAW:
        words = _("Seats are drawn by lot")
    elif row.seats_left is None:
        words = _("Please register")
    elif row.seats_left:
        words = ngettext("%(number)d free seat", "%(number)d free seats", row.seats_left) % {
            "number": row.seats_left
        }
    else:
        words = _("Full – waiting list")
    return format_html("<span>{}</span>", words)


@register.simple_tag
def festival_dates(festival: Festival) -> str:
    """Write the days of a festival."""
    first, last = festival.starts_on, festival.ends_on
    if first == last:
        return date_format(first, "l, j F Y")
    begin = date_format(first, "j F" if first.year == last.year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": begin, "last": date_format(last, "j F Y")}


@register.filter
def webcal(address: str) -> str:
    """Return the address of a calendar that devices open by subscribing to it."""
    return "webcal:" + address.split(":", 1)[-1]
