"""The dates of a rule as RFC 5545, 3.3.10 has them, period by period."""

import datetime as dt
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from itertools import product

from learning_events.calendar.recurrence.rule import (
    UNITS,
    Frequency,
    Rule,
    Weekday,
)


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
    if rule.frequency in UNITS:
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
    unit = UNITS[rule.frequency]
    moment = start
    while moment <= end:
        if (
            _limited(rule, moment.date())
            and (not rule.hours or moment.hour in rule.hours)
            and (unit > UNITS[Frequency.MINUTELY] or not rule.minutes or moment.minute in rule.minutes)
            and (unit > UNITS[Frequency.SECONDLY] or not rule.seconds or moment.second in rule.seconds)
        ):
            minutes = (rule.minutes if unit > UNITS[Frequency.MINUTELY] else ()) or (moment.minute,)
            seconds = (rule.seconds if unit > UNITS[Frequency.SECONDLY] else ()) or (moment.second,)
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
