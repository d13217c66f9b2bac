"""A rule as the text of an RRULE, read and written."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from learning_events.calendar.recurrence.rule import (
    DAYS,
    Frequency,
    NotRepeatable,
    Rule,
    Weekday,
)

_MOST_TEXT = 4_000
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
        case "WKST" if value in DAYS:
            return DAYS.index(value)
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
    return Weekday(DAYS.index(found[2]), nth)


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
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{DAYS[day]}" for day, nth in rule.weekdays))
    for name, (field, _most, _least) in _NUMBERS.items():
        values: tuple[int, ...] = getattr(rule, field)
        if values:
            parts.append(f"{name}=" + ",".join(map(str, values)))
    if rule.week_start:
        parts.append(f"WKST={DAYS[rule.week_start]}")
    return ";".join(parts)


def _stamp(moment: dt.date | dt.datetime) -> str:
    if not isinstance(moment, dt.datetime):
        return f"{moment:%Y%m%d}"
    if moment.tzinfo is None:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
