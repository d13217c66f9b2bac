"""How the programme is laid out for people: by the hour, with a column for each kind of event."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning_events.models import EventKind
from learning_events.queries.programme import ShownSession

MOST_TRACKS = 7


@dataclass
class Hour:
    """What begins within one hour, or a heading of its own such as "All day"."""

    label: str
    key: str
    rows: list[ShownSession] = field(default_factory=list)


def by_hour(rows: Sequence[ShownSession], day: dt.date) -> list[Hour]:
    """Arrange the sessions of a day under the hours at which they begin, in their order; no hour comes twice."""
    hours: dict[str, Hour] = {}
    for row in rows:
        label, key = _hour_of(row, day)
        hours.setdefault(key, Hour(label, key)).rows.append(row)
    return list(hours.values())


def _hour_of(row: ShownSession, day: dt.date) -> tuple[str, str]:
    if row.session.is_all_day:
        return _("All day"), "all-day"
    if row.starts.date() < day:
        return _("Began before and goes on"), "before"
    begin = row.starts.replace(minute=0, second=0, microsecond=0)
    # The same hour comes twice in the night when clocks go back.
    return date_format(begin, "TIME_FORMAT"), f"{begin:%H%M}-{begin.fold}"


def tracks_of(rows: Sequence[ShownSession]) -> list[tuple[EventKind, int]]:
    """Return the kinds of these sessions with the number of their column, from 1; what is too many shares the last."""
    kinds = {row.event.kind.pk: row.event.kind for row in rows if row.event.kind is not None}
    ordered = sorted(kinds.values(), key=lambda kind: (kind.sort_order, kind.name))
    return [(kind, min(number, MOST_TRACKS)) for number, kind in enumerate(ordered, start=1)]
