"""Parts of the festival's pages in the Wagtail admin."""

from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils.formats import date_format

from learning_events.queries.session import sessions_of
from learning_events.rules import may_run_festival

register = template.Library()


@register.filter
def session_times(session) -> str:
    """Day, begin and end of a session on its own clock."""
    zone = ZoneInfo(session.zone)
    begin, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    day, last_day = date_format(begin, "D j N Y"), date_format(end, "D j N Y")
    if session.is_all_day:
        return day if day == last_day else f"{day} – {last_day}"
    from_time, to_time = date_format(begin, "TIME_FORMAT"), date_format(end, "TIME_FORMAT")
    return (
        f"{day}, {from_time}–{to_time}" if day == last_day else f"{day}, {from_time} – {last_day}, {to_time}"
    )


@register.inclusion_tag("learning_events/admin/sessions_table.html")
def sessions_table(sessions, links: bool = False) -> dict:
    """The sessions of an event as a table; with `links` each leads to its own page."""
    return {"sessions": sessions, "links": links}


@register.inclusion_tag("learning_events/admin/sessions_panel.html")
def sessions_panel(event, request) -> dict:
    """The sessions of an event in the form of its page, where they are only shown."""
    if event.pk is None:
        return {"sessions": [], "url": ""}
    url = reverse("learning_events_sessions", args=[event.pk])
    may = request is not None and may_run_festival(request.user)
    return {"sessions": sessions_of(event).select_related("place"), "url": url if may else ""}
