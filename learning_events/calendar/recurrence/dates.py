"""The starts that a rule gives on a zone's clock, within limits."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from learning_events.calendar.recurrence.periods import occurrences
from learning_events.calendar.recurrence.rule import (
    MOST,
    TWO_YEARS,
    UNITS,
    NotRepeatable,
    Rule,
    day_of,
)

_MOST_TIMES_A_DAY = 48


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
    if rule.frequency in UNITS:
        raise NotRepeatable("too-often")
    if rule.interval < 1:
        raise NotRepeatable("value", part="INTERVAL", value=rule.interval)
    if rule.count is not None and rule.until is not None:
        raise NotRepeatable("both-ends")
    times = max(1, len(rule.hours)) * max(1, len(rule.minutes)) * max(1, len(rule.seconds))
    if times > _MOST_TIMES_A_DAY or (rule.count or 0) > most or len(rule.dates) > most:
        raise NotRepeatable("too-many", limit=most)
    last = start.date() + window
    if rule.until is not None and day_of(rule.until) > last:
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
