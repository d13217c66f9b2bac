"""Repetition: a rule in an organiser's terms and in RFC 5545's, the starts it gives, and what it says in words.

Which reading is followed where the standard leaves room is written in docs/calendar.md.
"""

import datetime as dt
import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, product
from typing import NamedTuple

MOST = 1_000
TWO_YEARS = dt.timedelta(days=731)
_MOST_TIMES_A_DAY = 48
_MOST_TEXT = 4_000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

WORDS = {
    "text": "The rule “%(text)s” cannot be read. It looks like FREQ=WEEKLY;BYDAY=MO;COUNT=10.",
    "part": "“%(part)s” is no part of a rule that can be followed. Take it out.",
    "value": "The value of %(part)s (%(value)s) is not possible. Correct it.",
    "too-often": "Something cannot repeat every hour, minute or second. Choose days, weeks, months or years.",
    "too-many": "The rule gives more than %(limit)d dates. Give an earlier end, or split it.",
    "too-long": "The rule reaches further than two years ahead. Give an earlier end.",
    "both-ends": "Give either a last day or a number of times, not both.",
    "no-dates": "The rule gives no date at all. Check its days and its end.",
    "start": "The first date (%(value)s) is too early or too late. Correct the year.",
}


class NotRepeatable(ValueError):
    """A rule that is not followed: a code, the sentence for it and its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.message_id = WORDS[code]
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return self.message_id % self.params


class Frequency(StrEnum):
    YEARLY = "YEARLY"
    MONTHLY = "MONTHLY"
    WEEKLY = "WEEKLY"
    DAILY = "DAILY"
    HOURLY = "HOURLY"
    MINUTELY = "MINUTELY"
    SECONDLY = "SECONDLY"
    DATES = "DATES"
    """Only the dates written by hand."""


_UNITS = {
    Frequency.HOURLY: dt.timedelta(hours=1),
    Frequency.MINUTELY: dt.timedelta(minutes=1),
    Frequency.SECONDLY: dt.timedelta(seconds=1),
}


class Weekday(NamedTuple):
    """A day of the week (Monday is 0), and which one of the month or year: 1 the first, -1 the last, 0 every one."""

    day: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """When something repeats.

    `until` is a date (that day included), a naive time of the place's clock or an aware one. `dates` are added by hand,
    naive in the place's clock; `without` are taken out: a naive time one start, a date every start of that day.
    """

    frequency: Frequency = Frequency.DATES
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: dt.date | dt.datetime | None = None
    dates: tuple[dt.datetime, ...] = ()
    without: tuple[dt.date | dt.datetime, ...] = ()


class RuleWords(NamedTuple):
    """A rule said in a code and its parameters, so that whoever shows it finds the words of a language."""

    code: str
    params: dict[str, object]


# --- the starts ---


def dates_of(
    rule: Rule, start: dt.datetime, zone: dt.tzinfo, *, window: dt.timedelta = TWO_YEARS, most: int = MOST
) -> tuple[dt.datetime, ...]:
    """Return the aware starts of a rule in their order, none twice.

    `start` is naive, in the clock of `zone`, and keeps its hour over every change of that clock: an hour that happens twice
    is the first of the two, one that is left out moves on by the length of the gap (RFC 5545, 3.3.5). The starts reach as
    far as `window` after `start`. Raises NotRepeatable for rules and windows that are too long, too many or too often.
    """
    check(rule, start, window=window, most=most)
    starts = list(islice(local_dates(rule, start, zone, start + window), most + 1))
    if len(starts) > most:
        raise NotRepeatable("too-many", limit=most)
    if not starts:
        raise NotRepeatable("no-dates")
    moments = {on_the_clock(moment, zone).astimezone(dt.UTC) for moment in starts}
    return tuple(moment.astimezone(zone) for moment in sorted(moments))


def check(rule: Rule, start: dt.datetime, *, window: dt.timedelta = TWO_YEARS, most: int = MOST) -> None:
    """Raise NotRepeatable for what is asked too far, too often or too many times, before anything is counted out."""
    if window > TWO_YEARS:
        raise NotRepeatable("too-long")
    if not 1900 <= start.year <= 2200:
        raise NotRepeatable("start", value=start.year)
    if rule.frequency in _UNITS:
        raise NotRepeatable("too-often")
    if rule.interval < 1:
        raise NotRepeatable("value", part="INTERVAL", value=rule.interval)
    if rule.count is not None and rule.until is not None:
        raise NotRepeatable("both-ends")
    times = max(1, len(rule.hours)) * max(1, len(rule.minutes)) * max(1, len(rule.seconds))
    if times > _MOST_TIMES_A_DAY or (rule.count or 0) > most or len(rule.dates) > most:
        raise NotRepeatable("too-many", limit=most)
    last = start.date() + window
    if rule.until is not None and _day(rule.until) > last:
        raise NotRepeatable("too-long")
    if rule.dates and max(rule.dates).date() > last:
        raise NotRepeatable("too-long")


def local_dates(
    rule: Rule, start: dt.datetime, zone: dt.tzinfo | None, end: dt.datetime
) -> Iterator[dt.datetime]:
    """Yield the naive starts until `end`: those of the rule, then those by hand, without those that are taken out."""
    days_off = {off for off in rule.without if not isinstance(off, dt.datetime)}
    times_off = {off for off in rule.without if isinstance(off, dt.datetime)}
    by_rule = occurrences(rule, start, _last(rule, zone, end))
    for source in (islice(by_rule, rule.count), sorted(rule.dates)):
        for moment in source:
            if moment not in times_off and moment.date() not in days_off:
                yield moment


def on_the_clock(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return a naive local time as an aware one that its zone's clock really shows."""
    aware = moment.replace(tzinfo=zone, fold=0)
    return aware.astimezone(dt.UTC).astimezone(zone)


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _last(rule: Rule, zone: dt.tzinfo | None, end: dt.datetime) -> dt.datetime:
    """Return the last naive time that the rule may give."""
    until = rule.until
    if until is None:
        return end
    if not isinstance(until, dt.datetime):
        until = dt.datetime.combine(until, dt.time.max)
    elif until.tzinfo is not None:
        until = (until.astimezone(zone) if zone else until).replace(tzinfo=None)
    return min(until, end)


# --- the rule of RFC 5545, 3.3.10, period by period ---


def occurrences(rule: Rule, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Yield the naive starts of the rule alone from `start` to `end`; count, dates and exceptions play no part."""
    for period in _periods(rule, start, end):
        found = sorted(set(period))
        if rule.positions:
            size = len(found)
            places = {at - 1 if at > 0 else size + at for at in rule.positions}
            found = [found[at] for at in sorted(places) if 0 <= at < size]
        for moment in found:
            if moment > end:
                return
            if moment >= start:
                yield moment


def _periods(rule: Rule, start: dt.datetime, end: dt.datetime) -> Iterator[Iterable[dt.datetime]]:
    """Yield the candidates of each year, month, week, day … from that of `start` to that of `end`."""
    if rule.frequency == Frequency.DATES:
        return
    if rule.frequency in _UNITS:
        yield from _short_periods(rule, start, end)
        return
    times = [
        dt.time(hour, minute, second)
        for hour, minute, second in product(
            rule.hours or (start.hour,), rule.minutes or (start.minute,), rule.seconds or (start.second,)
        )
    ]
    for days in _days_of_periods(rule, start.date(), end.date()):
        yield [dt.datetime.combine(day, time) for day in days for time in times]


def _short_periods(rule: Rule, start: dt.datetime, end: dt.datetime) -> Iterator[Iterable[dt.datetime]]:
    unit = _UNITS[rule.frequency]
    moment = start
    while moment <= end:
        if (
            _limited(rule, moment.date())
            and (not rule.hours or moment.hour in rule.hours)
            and (unit > _UNITS[Frequency.MINUTELY] or not rule.minutes or moment.minute in rule.minutes)
            and (unit > _UNITS[Frequency.SECONDLY] or not rule.seconds or moment.second in rule.seconds)
        ):
            minutes = (rule.minutes if unit > _UNITS[Frequency.MINUTELY] else ()) or (moment.minute,)
            seconds = (rule.seconds if unit > _UNITS[Frequency.SECONDLY] else ()) or (moment.second,)
            yield [moment.replace(minute=m, second=s) for m, s in product(minutes, seconds)]
        moment += unit * rule.interval


def _days_of_periods(rule: Rule, start: dt.date, end: dt.date) -> Iterator[list[dt.date]]:
    match rule.frequency:
        case Frequency.YEARLY:
            # Weeks belong to a year of weeks, which begins a few days before or after the first of January.
            first = _week_year(start, rule.week_start) if rule.weeks else start.year
            for year in range(first, end.year + 2, rule.interval):
                yield _days_of_year(rule, year, start)
        case Frequency.MONTHLY:
            first = start.year * 12 + start.month - 1
            for index in range(first, end.year * 12 + end.month, rule.interval):
                yield _days_of_month(rule, *divmod(index, 12), start)
        case Frequency.WEEKLY:
            monday = _week_begin(start, rule.week_start)
            wanted = {day for day, _nth in rule.weekdays} or {start.weekday()}
            while monday <= end:
                week = [monday + dt.timedelta(days=n) for n in range(7)]
                yield [day for day in week if day.weekday() in wanted and _limited(rule, day, weekdays=False)]
                monday += dt.timedelta(weeks=rule.interval)
        case _:
            day = start
            while day <= end:
                yield [day] if _limited(rule, day) else []
                day += dt.timedelta(days=rule.interval)


def _days_of_year(rule: Rule, year: int, start: dt.date) -> list[dt.date]:
    length = 366 if isleap(year) else 365
    if rule.weeks:
        return _days_of_weeks(rule, year, start)
    if rule.year_days:
        numbers = [n if n > 0 else length + 1 + n for n in rule.year_days]
        days = [dt.date(year, 1, 1) + dt.timedelta(days=n - 1) for n in numbers if 1 <= n <= length]
        return [day for day in days if _limited(rule, day)]
    if rule.weekdays and not rule.months and not rule.month_days:
        return _nth_weekdays(dt.date(year, 1, 1), length, rule.weekdays)
    months = rule.months or (start.month,)
    return [day for month in months for day in _days_of_month(rule, year, month - 1, start)]


def _days_of_weeks(rule: Rule, year: int, start: dt.date) -> list[dt.date]:
    first = _first_week(year, rule.week_start)
    size = (_first_week(year + 1, rule.week_start) - first).days // 7
    numbers = {n if n > 0 else size + 1 + n for n in rule.weeks}
    days = [
        first + dt.timedelta(weeks=n - 1, days=k) for n in sorted(numbers) if 1 <= n <= size for k in range(7)
    ]
    wanted = {day for day, _nth in rule.weekdays}
    if not (wanted or rule.month_days or rule.year_days):
        wanted = {start.weekday()}
    return [
        day for day in days if (not wanted or day.weekday() in wanted) and _limited(rule, day, weekdays=False)
    ]


def _days_of_month(rule: Rule, year: int, index: int, start: dt.date) -> list[dt.date]:
    month = index + 1
    if rule.months and month not in rule.months:
        return []
    length = monthrange(year, month)[1]
    if rule.weekdays:
        days = _nth_weekdays(dt.date(year, month, 1), length, rule.weekdays)
    else:
        numbers = [n if n > 0 else length + 1 + n for n in rule.month_days or (start.day,)]
        days = [dt.date(year, month, n) for n in numbers if 1 <= n <= length]
    return [day for day in days if _limited(rule, day, weekdays=False)]


def _nth_weekdays(first: dt.date, length: int, weekdays: Iterable[Weekday]) -> list[dt.date]:
    days: list[int] = []
    for weekday, nth in weekdays:
        all_of_them = range((weekday - first.weekday()) % 7, length, 7)
        if nth == 0:
            days.extend(all_of_them)
        elif -len(all_of_them) <= nth <= len(all_of_them):
            days.append(all_of_them[nth - 1 if nth > 0 else nth])
    return [first + dt.timedelta(days=n) for n in days]


def _limited(rule: Rule, day: dt.date, *, weekdays: bool = True) -> bool:
    """Say whether a day passes every list of the rule that may narrow it."""
    if rule.months and day.month not in rule.months:
        return False
    if weekdays and rule.weekdays and all(day.weekday() != wanted for wanted, _nth in rule.weekdays):
        return False
    if rule.month_days:
        length = monthrange(day.year, day.month)[1]
        if day.day not in rule.month_days and day.day - length - 1 not in rule.month_days:
            return False
    if rule.year_days:
        number, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
        return number in rule.year_days or number - length - 1 in rule.year_days
    return True


def _week_begin(day: dt.date, week_start: int) -> dt.date:
    return day - dt.timedelta(days=(day.weekday() - week_start) % 7)


def _first_week(year: int, week_start: int) -> dt.date:
    """Return the first day of the first week that has four days or more in `year`."""
    return _week_begin(dt.date(year, 1, 4), week_start)


def _week_year(day: dt.date, week_start: int) -> int:
    year = day.year + 1
    while _first_week(year, week_start) > day:
        year -= 1
    return year


# --- as text ---

_NUMBERS = {  # part: field, greatest value, least value (negative ones count from the end, zero is none of them)
    "BYMONTH": ("months", 12, 1), "BYMONTHDAY": ("month_days", 31, -31), "BYYEARDAY": ("year_days", 366, -366),
    "BYWEEKNO": ("weeks", 53, -53), "BYHOUR": ("hours", 23, 0), "BYMINUTE": ("minutes", 59, 0),
    "BYSECOND": ("seconds", 59, 0), "BYSETPOS": ("positions", 366, -366),
}  # fmt: skip
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,6}")


def from_rrule(text: str) -> Rule:
    """Read an RRULE of RFC 5545 ("FREQ=WEEKLY;BYDAY=MO", with or without its name); raise NotRepeatable."""
    plain = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if len(plain) > _MOST_TEXT:
        raise NotRepeatable("text", text=plain[:60] + "…")
    values: dict[str, object] = {}
    for part in plain.split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise NotRepeatable("text", text=text.strip()[:80])
        if name in values:
            raise NotRepeatable("part", part=part[:80])
        if not name.startswith("X-"):
            values[name] = _value(name, value)
    if "FREQ" not in values:
        raise NotRepeatable("text", text=text.strip()[:80])
    fields = {_FIELDS[name]: value for name, value in values.items() if name in _FIELDS}
    rule = Rule(**fields)  # type: ignore[arg-type]
    if rule.weeks and rule.frequency != Frequency.YEARLY:
        raise NotRepeatable("part", part="BYWEEKNO")
    if any(nth for _day, nth in rule.weekdays) and (
        rule.frequency not in (Frequency.MONTHLY, Frequency.YEARLY) or rule.weeks
    ):
        # Outlook and others write them; RFC 5545 forbids them and every reader takes the plain day.
        rule = replace(rule, weekdays=tuple(Weekday(day) for day, _nth in rule.weekdays))
    return rule


_FIELDS = {
    "FREQ": "frequency", "INTERVAL": "interval", "COUNT": "count", "UNTIL": "until", "WKST": "week_start",
    "BYDAY": "weekdays", **{name: field for name, (field, _most, _least) in _NUMBERS.items()},
}  # fmt: skip


def _value(name: str, value: str) -> object:
    match name:
        case "FREQ" if value in Frequency.__members__ and value != Frequency.DATES:
            return Frequency(value)
        case "INTERVAL" | "COUNT":
            return _integer(name, value, 10**6 if name == "COUNT" else 10_000, 1)
        case "UNTIL":
            return _until(value)
        case "WKST" if value in _DAYS:
            return _DAYS.index(value)
        case "RSCALE" | "SKIP":  # RFC 7529; only our calendar, and days that do not exist left out
            if value not in ("GREGORIAN", "OMIT"):
                raise NotRepeatable("part", part=f"{name}={value}"[:80])
            return value
        case "BYDAY":
            return _unique(_weekday(piece) for piece in value.split(","))
        case _ if name in _NUMBERS:
            _field, most, least = _NUMBERS[name]
            return _unique(_integer(name, piece, most, least) for piece in value.split(","))
        case "FREQ" | "WKST":
            raise NotRepeatable("value", part=name, value=value[:40])
    raise NotRepeatable("part", part=f"{name}={value}"[:80])


def _unique(values: Iterable) -> tuple:
    return tuple(dict.fromkeys(values))


def _integer(name: str, text: str, most: int, least: int) -> int:
    text = text.strip()
    number = int(text) if _INTEGER.fullmatch(text) else None
    if number is None or not least <= number <= most or (number == 0 and least < 0):
        raise NotRepeatable("value", part=name, value=text[:40])
    return number


def _weekday(text: str) -> Weekday:
    found = _WEEKDAY.fullmatch(text.strip())
    nth = int(found[1] or 0) if found else 0
    if not found or abs(nth) > 53 or (found[1] and nth == 0):
        raise NotRepeatable("value", part="BYDAY", value=text[:40])
    return Weekday(_DAYS.index(found[2]), nth)


def _until(text: str) -> dt.date | dt.datetime:
    found = _TIME.fullmatch(text)
    try:
        if found:
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
            if found[4] is None:
                return day
            time = dt.time(
                int(found[4]), int(found[5]), min(59, int(found[6])), tzinfo=dt.UTC if found[7] else None
            )
            return dt.datetime.combine(day, time)
    except ValueError:
        pass
    raise NotRepeatable("value", part="UNTIL", value=text[:40])


def to_rrule(rule: Rule) -> str:
    """Return the RRULE of a rule; "" where it has only dates by hand. Its dates and exceptions are RDATE and EXDATE."""
    if rule.frequency == Frequency.DATES:
        return ""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_stamp(rule.until)}")
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{_DAYS[day]}" for day, nth in rule.weekdays))
    for name, (field, _most, _least) in _NUMBERS.items():
        values: tuple[int, ...] = getattr(rule, field)
        if values:
            parts.append(f"{name}=" + ",".join(map(str, values)))
    if rule.week_start:
        parts.append(f"WKST={_DAYS[rule.week_start]}")
    return ";".join(parts)


def _stamp(moment: dt.date | dt.datetime) -> str:
    if not isinstance(moment, dt.datetime):
        return f"{moment:%Y%m%d}"
    if moment.tzinfo is None:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


# --- in words ---


def words_of(rule: Rule, start: dt.date | dt.datetime | None = None) -> RuleWords:
    """Say a rule as a code and parameters: `interval`, `weekdays` (Monday is 0), `nth` (-1 the last), `days`, `months`.

    "every second Monday" is ("weekly", interval=2, weekdays=(0,)); "the last Friday of the month" is
    ("monthly-weekday", nth=(-1,), weekdays=(4,)). `until`, `count`, `added` and `without` come with every code. A rule
    that needs more than a sentence is "other". `start` says what the rule leaves to the first date.
    """
    ending = {
        "until": _day(rule.until) if rule.until is not None else None,
        "count": rule.count,
        "added": len(rule.dates) if rule.frequency != Frequency.DATES else 0,
        "without": len(rule.without),
    }
    code, params = _said(rule, _day(start) if start is not None else None)
    return RuleWords(code, {**params, **ending})


def _said(rule: Rule, start: dt.date | None) -> tuple[str, dict[str, object]]:
    every: dict[str, object] = {"interval": rule.interval}
    odd = rule.positions or rule.hours or rule.minutes or rule.seconds or rule.year_days or rule.weeks
    days = tuple(day for day, _nth in rule.weekdays)
    match rule.frequency:
        case Frequency.DATES:
            return "dates", {"dates": tuple(sorted(rule.dates))}
        case Frequency.DAILY if not (odd or rule.weekdays or rule.month_days or rule.months):
            return "daily", every
        case Frequency.WEEKLY if not (odd or rule.month_days or rule.months):
            weekdays = tuple(sorted(set(days))) or ((start.weekday(),) if start else ())
            return "weekly", {**every, "weekdays": weekdays}
        case Frequency.MONTHLY if rule.weekdays and not (odd or rule.months or rule.month_days):
            nths = tuple(dict.fromkeys(nth for _day, nth in rule.weekdays))
            if 0 not in nths and len(nths) * len(set(days)) == len(rule.weekdays):
                return "monthly-weekday", {**every, "nth": nths, "weekdays": tuple(sorted(set(days)))}
        case Frequency.MONTHLY if len(rule.positions) == 1 and not (
            rule.hours or rule.minutes or rule.seconds or rule.months or rule.month_days
        ):
            # Outlook writes the last Friday as BYDAY=FR;BYSETPOS=-1.
            if len(rule.weekdays) == 1 and rule.weekdays[0].nth == 0:
                return "monthly-weekday", {**every, "nth": rule.positions, "weekdays": days}
        case Frequency.MONTHLY if not (odd or rule.months or rule.weekdays):
            return "monthly-day", {**every, "days": rule.month_days or ((start.day,) if start else ())}
        case Frequency.YEARLY if (
            not (odd or rule.weekdays) and len(rule.months) <= 1 and len(rule.month_days) <= 1
        ):
            month = rule.months or ((start.month,) if start else ())
            return "yearly", {
                **every,
                "months": month,
                "days": rule.month_days or ((start.day,) if start else ()),
            }
    return "other", every
