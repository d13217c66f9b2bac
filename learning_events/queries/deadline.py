"""Which festival an event belongs to, and until when organisers write and change events themselves."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from learning_events.models import EventPage, Festival
from participation.foundation.clock import database_now


def festival_of(event: EventPage) -> Festival:
    """Return the festival that the event's page lies below."""
    return Festival.objects.get(pk=event.get_parent().pk)


def festivals_of(events: Sequence[EventPage]) -> dict[int, Festival]:
    """Return the published festivals that these events lie below, by the id of the event; one query."""
    by_path = {event.path[: -EventPage.steplen] for event in events}
    found = {festival.path: festival for festival in Festival.objects.live().filter(path__in=by_path)}
    return {
        event.pk: found[event.path[: -EventPage.steplen]]
        for event in events
        if event.path[: -EventPage.steplen] in found
    }


def today_at(festival: Festival) -> dt.date:
    """Return the day it is where the festival takes place: deadlines end with that day."""
    return database_now().astimezone(ZoneInfo(festival.zone)).date()


def submissions_are_closed(festival: Festival) -> bool:
    """Say whether the last day to hand in new events is over."""
    return festival.submissions_close_on is not None and today_at(festival) > festival.submissions_close_on


def changes_are_closed(festival: Festival) -> bool:
    """Say whether organisers now have to ask for changes of what is published."""
    return festival.changes_close_on is not None and today_at(festival) > festival.changes_close_on
