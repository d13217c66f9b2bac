"""What the festival knows of a learning place: the next events there."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning_events.queries.coming import coming_at
from mapping.things import Things
from participation.foundation.clock import database_now

SHOWN = 6


def things_at(place) -> list[Things]:
    """Return the next few sessions at the place, with day and hour on their own clock."""
    links = []
    for session in coming_at(place, database_now())[:SHOWN]:
        starts = session.starts_at.astimezone(ZoneInfo(session.zone))
        when = date_format(starts, "l, j F")
        if not session.is_all_day:
            when = f"{when}, {date_format(starts, 'TIME_FORMAT')}"
        links.append((session.event.url or "", session.event.title, when))
    return [Things(_("Coming events"), links)]
