"""The clocks a calendar names: by IANA, by Windows, by a longer path, or by a definition of its own."""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import replace
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from learning_events.calendar.recurrence import Frequency, NotRepeatable, Rule, from_rrule, occurrences

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")


def zone_called(name: str) -> ZoneInfo | None:
    """Return the zone of a name as programs write it, None if it is not known."""
    plain = name.strip().strip('"')
    parts = plain.strip("/").split("/")
    # Mozilla and libical write "/example.org/20050126_1/Europe/Berlin"; only a path so marked is taken apart.
    tails = [parts[-3:], parts[-2:], parts[-1:]] if plain.startswith("/") and len(parts) > 1 else [parts]
    for key in [*("/".join(tail) for tail in tails), WINDOWS_TO_OLSON.get(plain, "")]:
        if not _KEY.fullmatch(key):
            continue
        try:
            return ZoneInfo(key)
        except (KeyError, ValueError, OSError):  # unknown, or a folder of the database
            continue
    return None


class Observance:
    """When a clock changes to an offset: once, on dates, or every year by a rule."""

    def __init__(
        self,
        onset: dt.datetime,
        before: dt.timedelta,
        after: dt.timedelta,
        rule: Rule | None,
        dates: list[dt.datetime],
    ) -> None:
        self.onset, self.before, self.after, self.rule = onset, before, after, rule
        self.dates = sorted({onset, *dates})
        self._by_year: dict[int, list[dt.datetime]] = {}

    def latest(self, moment: dt.datetime) -> dt.datetime | None:
        """Return the latest onset not after a naive time."""
        onsets = self._onsets(moment.year)
        reached = bisect_right(onsets, moment)
        return onsets[reached - 1] if reached else None

    def _onsets(self, year: int) -> list[dt.datetime]:
        """Return the onsets up to the end of a year; of a yearly rule, those of that year and the two before."""
        if self.rule is None or year < self.onset.year:
            return self.dates
        if year not in self._by_year:
            since = self.onset.replace(year=max(self.onset.year, year - 2), day=min(self.onset.day, 28))
            until = self.rule.until
            end = until.replace(tzinfo=None) if isinstance(until, dt.datetime) else dt.datetime.max
            by_rule = occurrences(
                self.rule,
                max(self.onset, since.replace(month=1, day=1)),
                min(end, dt.datetime(year, 12, 31, 23, 59)),
            )
            self._by_year[year] = sorted({*self.dates, *by_rule})
        return self._by_year[year]


class WrittenZone(dt.tzinfo):
    """A clock that the file itself defines (VTIMEZONE, RFC 5545 3.6.5)."""

    def __init__(self, name: str, observances: list[Observance]) -> None:
        self.name = name
        self.observances = observances
        self._known: dict[dt.datetime, dt.timedelta] = {}

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        if moment is None:
            return self.observances[0].after
        naive = moment.replace(tzinfo=None, fold=0)
        if naive not in self._known:
            reached = [
                (at, seen.after) for seen in self.observances if (at := seen.latest(naive)) is not None
            ]
            first = min(self.observances, key=lambda seen: seen.onset)
            self._known[naive] = max(reached)[1] if reached else first.before
        return self._known[naive]

    def dst(self, _moment: dt.datetime | None) -> None:
        return None

    def tzname(self, _moment: dt.datetime | None) -> str:
        return self.name

    def fromutc(self, moment: dt.datetime) -> dt.datetime:
        guess = moment + self.utcoffset(moment)
        return moment + self.utcoffset(guess)


def offset_of(text: str) -> dt.timedelta:
    """Read "+0130"; ValueError for anything else."""
    found = _OFFSET.fullmatch(text.strip())
    if not found or int(found[3]) > 59:
        raise ValueError("offset")
    length = dt.timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if length >= dt.timedelta(hours=24):
        raise ValueError("offset")
    return -length if found[1] == "-" else length


def yearly(text: str, onset: dt.datetime) -> Rule | None:
    """Return the rule of a clock's change; None for one that is not yearly and therefore none of a clock."""
    try:
        rule = from_rrule(text)
    except NotRepeatable:
        return None
    if rule.frequency != Frequency.YEARLY or rule.interval != 1 or rule.positions or rule.count:
        return None
    # What the rule leaves to the first date must not follow the year that counting begins in.
    return replace(rule, months=rule.months or (onset.month,), hours=(), minutes=(), seconds=())
