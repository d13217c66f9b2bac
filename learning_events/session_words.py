"""When a session is, in the reader's language and on the clock of its place."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learning_events.models import Session


def when_words(session: Session) -> str:
    """Return day and hours, such as “Saturday, Sept. 12, 2026, 18:00 – 20:00”."""
    zone = ZoneInfo(session.zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    day = f"{capfirst(date_format(starts, 'l'))}, {date_format(starts, 'DATE_FORMAT')}"
    if session.is_all_day:
        return _("%(day)s, all day") % {"day": day}
    end = date_format(ends, "TIME_FORMAT")
    if ends.date() != starts.date():
        end = f"{date_format(ends, 'SHORT_DATE_FORMAT')} {end}"
    return _("%(day)s, %(begin)s – %(end)s") % {
        "day": day,
        "begin": date_format(starts, "TIME_FORMAT"),
        "end": end,
    }
