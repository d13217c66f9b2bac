"""Times as iCalendar writes them, on the clocks that a calendar defines or names."""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from learning_events.calendar.events import (
    Moment,
)
from learning_events.calendar.reading.collecting import Collector
from learning_events.calendar.reading.lines import Component
from learning_events.calendar.reading.zones import Observance, WrittenZone, offset_of, yearly, zone_called
from learning_events.calendar.recurrence import (
    on_the_clock,
)

_VALUE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?(Z?))?", re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-]?)P(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,8})S)?)?",
    re.IGNORECASE,
)
LONGEST = dt.timedelta(days=1500)
_MOST_OBSERVANCES = 100


class LeftOut(Exception):
    """This entry cannot be brought in; the problem says why."""

    def __init__(self, code: str, line: int | None = None, **params: object) -> None:
        super().__init__(code)
        self.code, self.line, self.params = code, line, params


class Clocks:
    """Finds the clock of a time: the named one, else the calendar's, else the city's."""

    def __init__(self, zone: ZoneInfo, written: Iterable[Component], collector: Collector) -> None:
        self.zone = zone
        self._notes = collector.notes
        self._written = {component.text("TZID"): component for component in written}
        self._found: dict[str, dt.tzinfo] = {}

    def called(self, name: str, line: int) -> dt.tzinfo:
        if name not in self._found:
            found = zone_called(name) or self._defined(name)
            if found is None:
                self._notes.add("zone", line, zone=name, instead=self.zone.key)
            self._found[name] = found or self.zone
        return self._found[name]

    def _defined(self, name: str) -> dt.tzinfo | None:
        component = self._written.get(name.strip())
        if component is None:
            return None
        alias = component.text("X-LIC-LOCATION")
        if alias and (zone := zone_called(alias)):
            return zone
        seen = [
            observance
            for child in component.children[:_MOST_OBSERVANCES]
            if (observance := _observance(child))
        ]
        return WrittenZone(name, seen) if seen else None


def _observance(component: Component) -> Observance | None:
    try:
        before, after = offset_of(component.text("TZOFFSETFROM")), offset_of(component.text("TZOFFSETTO"))
        onset = _naive(component.text("DTSTART"))
        dates = [
            _naive(value)
            for line in component.all("RDATE")
            for value in line.value.split(",")[:500]
            if value.strip()
        ]
    except ValueError:
        return None
    rule = component.first("RRULE")
    return Observance(onset, before, after, yearly(rule.value, onset) if rule else None, dates)


def _naive(text: str) -> dt.datetime:
    found = _VALUE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(found[n] or 0) for n in range(1, 7))
    # Some write a leap second, and some the year 1 for "always".
    return dt.datetime(max(year, 2), month, day, hour, minute, min(second, 59))


def moment_in(text: str, zone: dt.tzinfo) -> Moment:
    """Read "20260907", "20260907T180000" (in `zone`) or "20260907T160000Z"; ValueError for anything else."""
    found = _VALUE.fullmatch(text.strip())
    if not found or not 1900 <= int(found[1]) <= 2200:
        raise ValueError(text)
    naive = _naive(text)
    if found[4] is None:
        return naive.date()
    return naive.replace(tzinfo=dt.UTC) if found[7] else on_the_clock(naive, zone)


def length_of(text: str) -> dt.timedelta:
    """Read "P1DT2H30M" of RFC 5545; ValueError for anything else, for what runs backwards and for more than four years."""
    found = _LENGTH.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]) or found[1] == "-":
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(found[n] or 0) for n in range(2, 7))
    length = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > LONGEST:
        raise ValueError(text)
    return length
