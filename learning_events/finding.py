"""A search that came in by an address, and what it finds in one festival; pages, feeds and blocks ask here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from learning_events.forms.search import ProgrammeSearchForm
from learning_events.models import Festival
from learning_events.queries.choices import choices_of
from learning_events.queries.found import FoundSessions
from learning_events.queries.programme import events_below
from learning_events.queries.version import Version, present_version

LONGEST_FESTIVAL_OF_DAYS = 16


class Finding(FoundSessions):
    """A search among the sessions of a festival; `query` is that of an address, `ProgrammeSearchForm` says what it may hold."""

    def __init__(
        self,
        festival: Festival,
        query: Mapping[str, Any],
        *,
        offers_days: bool = False,
        version: Version | None = None,
    ):
        version = version or present_version()
        events = events_below(festival, version)
        self.choices = choices_of(events, str(festival.pk), version, ZoneInfo(festival.zone))
        self.form = ProgrammeSearchForm(
            query, choices=self.choices, days=days_of(festival) if offers_days else None
        )
        super().__init__(festival, events, version, self.form.search(), self.form.on_day)

    def day_before(self, day: dt.date) -> dt.date | None:
        """Return the last day of the programme before this one: nobody, and no machine, is led through empty years."""
        return max((each for each in self._days if each < day), default=None)

    def day_after(self, day: dt.date) -> dt.date | None:
        return min((each for each in self._days if each > day), default=None)

    @property
    def _days(self) -> set[dt.date]:
        return {*self.choices.days, *days_of(self.festival)}


def days_of(festival: Festival) -> list[dt.date]:
    """Return the days of a festival, none for one too long to choose a day from a list."""
    length = (festival.ends_on - festival.starts_on).days + 1
    if length > LONGEST_FESTIVAL_OF_DAYS:
        return []
    return [festival.starts_on + dt.timedelta(days=number) for number in range(length)]


def week_of(day: dt.date) -> list[dt.date]:
    """Return the seven days from Monday to Sunday around a day."""
    monday = day - dt.timedelta(days=day.weekday())
    return [monday + dt.timedelta(days=number) for number in range(7)]
