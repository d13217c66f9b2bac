"""What a search finds in one festival."""

import datetime as dt
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import QuerySet

from learning_events.models import EventPage, Festival, Session
from learning_events.queries.programme import (
    KEPT_FOR_S,
    ProgrammeSearch,
    ShownSession,
    count_by_day,
    find_sessions,
    on_day,
    shown,
    with_all_that_is_shown,
)
from learning_events.queries.version import Version, closed_pages


class FoundSessions:
    """The sessions of a festival that fit a search; `events` are all its public events, `day` is one the search names."""

    def __init__(
        self,
        festival: Festival,
        events: QuerySet[EventPage],
        version: Version,
        search: ProgrammeSearch,
        day: dt.date | None = None,
    ):
        self.festival, self.events, self.version, self.search, self.day = (
            festival,
            events,
            version,
            search,
            day,
        )
        self.zone = ZoneInfo(festival.zone)

    @cached_property
    def sessions(self) -> QuerySet[Session]:
        """What fits, on whatever day."""
        return find_sessions(self.events, self.search)

    @cached_property
    def sessions_of_day(self) -> QuerySet[Session]:
        """What fits on the day that the search names; all that fits where it names none."""
        return self.sessions.filter(on_day(self.day, self.zone)) if self.day else self.sessions

    def shown(self, *lists: QuerySet[Session]) -> list[list[ShownSession]]:
        """Return what is shown of several lists of sessions: two queries for their events, and one for each list."""
        found = [list(with_all_that_is_shown(sessions)) for sessions in lists]
        rows = shown([session for each in found for session in each], self.events, zone=self.festival.zone)
        of_session = {row.session.pk: row for row in rows}
        return [[of_session[session.pk] for session in each if session.pk in of_session] for each in found]

    def count_by_day(self, days: list[dt.date]) -> dict[dt.date, int]:
        """Return how many there are on each of these days, which follow each other.

        Without a search it is counted once for each version of the programme; one query while it is kept, else two.
        """
        if self.search.is_narrow or not days:
            return count_by_day(self.sessions, days, self.zone)
        # What a password closes raises no version.
        seen = sha256(repr((self.version.tag, closed_pages())).encode()).hexdigest()[:24]
        key = f"learning_events.counts.{self.festival.pk}.{days[0]}.{len(days)}.{seen}"
        found = cache.get(key)
        if found is None:
            found = count_by_day(self.sessions, days, self.zone)
            cache.set(key, found, KEPT_FOR_S)
        return found
