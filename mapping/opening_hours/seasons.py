"""Parts of the year: how they are written in OSM notation, and whether two of them meet."""

from dataclasses import dataclass
from datetime import date

from mapping.opening_hours.notation import DAYS_IN_MONTH, MONTHS
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.words import CalendarDate

FIRST_YEAR, LAST_YEAR = 1900, 9999


@dataclass(frozen=True)
class Season:
    """``osm``: the selector. ``days``: (month, day) covered every year; or ``years``: first and last day once.

    ``before``: a month of which only a part belongs, nobody says which ("mid-April"), and the words for it.
    """

    osm: str
    days: frozenset[tuple[int, int]] = frozenset()
    years: tuple[date, date] | None = None
    before: tuple[str, str] | None = None

    def meets(self, other: "Season") -> bool:
        if self.years and other.years:
            return self.years[0] <= other.years[1] and other.years[0] <= self.years[1]
        if self.years or other.years:
            return True  # a date among seasons of every year: which one counts is not said
        return bool(self.days & other.days)


def between(first: CalendarDate, last: CalendarDate, written: str) -> Season:
    """From a date or month to another, both included."""
    if last.is_mid:
        raise NotUnderstood(written, "season")
    if first.year or last.year:
        return _once(first, last, written)
    if first.is_mid:
        month = first.month % 12 + 1
        if first.day or last.day or month == last.month % 12 + 1:
            raise NotUnderstood(written, "season")
        whole = between(CalendarDate(month), last, written)
        partial = MONTHS[first.month - 1]
        days = whole.days | {(first.month, day) for day in range(1, 32)}
        return Season(whole.osm, days, None, (partial, f"from mid-{partial}"))
    if first.day is None and last.day is None:
        osm = MONTHS[first.month - 1]
        if last.month != first.month:
            osm += f"-{MONTHS[last.month - 1]}"
        return Season(osm, _covered(first, last))
    if last.day is None and last.month == 2:
        raise NotUnderstood(written, "season")  # its last day differs from year to year
    return Season(f"{_named(first)}-{_named(last, is_end=True)}", _covered(first, last))


def since(first: CalendarDate, written: str) -> Season:
    if not first.year or first.is_mid:
        raise NotUnderstood(written, "season")
    return between(first, CalendarDate(12, 31, LAST_YEAR), written)


def until(last: CalendarDate, written: str) -> Season:
    if not last.year or last.is_mid:
        raise NotUnderstood(written, "season")
    return between(CalendarDate(1, 1, FIRST_YEAR), last, written)


def only(at: CalendarDate, written: str) -> Season:
    """One month or one day."""
    if at.is_mid:
        raise NotUnderstood(written, "season")
    if at.year:
        return between(at, at, written)
    if at.day:
        _named(at)
        return Season(_named(at), _covered(at, at))
    return between(at, at, written)


def _once(first: CalendarDate, last: CalendarDate, written: str) -> Season:
    if first.is_mid:
        raise NotUnderstood(written, "season")
    year = first.year or last.year
    if first.year is None and (first.month, first.day or 1) > (last.month, last.day or 31):
        raise NotUnderstood(written, "season")  # November to March 2015: of which winter?
    if last.year is None:
        raise NotUnderstood(written, "season")
    first_on = _day_of(CalendarDate(first.month, first.day or 1, year), written)
    last_day = last.day or DAYS_IN_MONTH[last.month - 1]
    if last.day is None and last.month == 2 and last.year % 4:
        last_day = 28
    last_on = _day_of(CalendarDate(last.month, last_day, last.year), written)
    if first_on > last_on:
        raise NotUnderstood(written, "season")
    osm = f"{first_on.year} {MONTHS[first_on.month - 1]} {first_on.day:02}"
    if first_on != last_on:
        osm += f"-{last_on.year} {MONTHS[last_on.month - 1]} {last_on.day:02}"
    return Season(osm, frozenset(), (first_on, last_on))


def _day_of(at: CalendarDate, written: str) -> date:
    try:
        return date(at.year or FIRST_YEAR, at.month, at.day or 1)
    except ValueError as error:
        raise NotUnderstood(written, "impossible_date") from error


def _named(at: CalendarDate, *, is_end: bool = False) -> str:
    last = DAYS_IN_MONTH[at.month - 1]
    day = at.day or (last if is_end else 1)
    if not 1 <= day <= last:
        raise NotUnderstood(f"{day} {MONTHS[at.month - 1]}", "impossible_date")
    return f"{MONTHS[at.month - 1]} {day:02}"


def _covered(first: CalendarDate, last: CalendarDate) -> frozenset[tuple[int, int]]:
    start, end = (first.month, first.day or 1), (last.month, last.day or 31)
    every = [(month, day) for month in range(1, 13) for day in range(1, DAYS_IN_MONTH[month - 1] + 1)]
    if start <= end:
        return frozenset(at for at in every if start <= at <= end)
    return frozenset(at for at in every if at >= start or at <= end)
