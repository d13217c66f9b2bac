"""Texts, addresses, numbers and moments as sources write them, made safe to keep."""

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from learning_events.calendar.events import Moment, SourceCost
from learning_events.calendar.problems import Problem
from learning_events.calendar.reading.refusal import Limits
from mapping.spatial.reading.points import coordinate
from participation.foundation.calendar_text import NOT_TEXT

_ADDRESS = re.compile(
    r"https?://[^\s/?#<>\"\\^`{|}%]{1,253}(?:[/?#][^\s<>\"\\^`{|}\x00-\x20]{0,2000})?", re.IGNORECASE
)
# What people leave in addresses, as it must be written there.
_AS_WRITTEN = str.maketrans(
    {
        " ": "%20",
        "<": "%3C",
        ">": "%3E",
        '"': "%22",
        "{": "%7B",
        "}": "%7D",
        "|": "%7C",
        "^": "%5E",
        "`": "%60",
    }
)
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r" ?(Z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*0+(?:[.,]0+)?\W*(?:[A-Z]{3})?"
    r"|\W*(?:free|gratis|kostenlos|kostenfrei|gratuit|frei|no charge|nil)\b.{0,20}",
    re.IGNORECASE,
)
_SOME = re.compile(r"[1-9]")


class Notes:
    """The problems of one file, as many as are worth listing."""

    def __init__(self, limits: Limits, unit: str = "line") -> None:
        self.limits = limits
        self.unit = unit
        self.problems: list[Problem] = []
        self._unlisted = 0

    def add(self, code: str, line: int | None = None, uid: str = "", **params: object) -> Problem:
        shown = {key: value[:80] if isinstance(value, str) else value for key, value in params.items()}
        problem = Problem(code, shown, line, uid[:200], self.unit)
        if len(self.problems) < self.limits.max_problems:
            self.problems.append(problem)
        else:
            self._unlisted += 1
        return problem

    def listed(self) -> tuple[Problem, ...]:
        if self._unlisted:
            return (*self.problems, Problem("more", {"found": self._unlisted}))
        return tuple(self.problems)


def clean(text: str, field: str, limit: int, note: Callable[..., object]) -> str:
    """Return a text without blanks around it and without what is no text, at most `limit` letters of it."""
    wrong = NOT_TEXT.search(text)
    if wrong:
        note("bad-character", field=field, character=f"U+{ord(wrong[0]):04X}")
        text = NOT_TEXT.sub("", text)
    text = text.strip()
    if len(text) > limit:
        note("cut", field=field, limit=limit)
        text = text[:limit].rstrip()
    return text


def address_of(text: str, note: Callable[..., object]) -> str:
    """Return a web address; "" with a problem for any other (a script, a file, a mail address)."""
    text = text.strip().translate(_AS_WRITTEN)
    if not text:
        return ""
    if text.lower().startswith("www."):
        text = f"https://{text}"
    if not _ADDRESS.fullmatch(text):
        note("address", value=text)
        return ""
    return text


def position_of(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Return degrees from numbers or plain texts; ValueError for what is no position, None for 0, 0 (nowhere)."""
    numbers = []
    for value, limit in ((latitude, 90), (longitude, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("position")
        # Files write a plus, too; NaN, infinity and exponents have no place in degrees.
        number = coordinate(value.strip().removeprefix("+")) if isinstance(value, str) else float(value)
        if not -limit <= number <= limit:
            raise ValueError("position")
        numbers.append(round(number, 7))
    return (numbers[0], numbers[1]) if any(numbers) else None


def whole(value: object, most: int = 1_000_000) -> int | None:
    """Return a count from 0 to `most` as sources write it, None for anything else."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,7}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= most else None


def moment_of(text: object, zone: ZoneInfo) -> Moment:
    """Read a date or time of ISO 8601; a time without an offset is one of `zone`, in whose clock all come. ValueError else."""
    found = _MOMENT.fullmatch(text.strip()) if isinstance(text, str) else None
    if not found:
        raise ValueError("moment")
    day = dt.date.fromisoformat(found[1])
    if not 1900 <= day.year <= 2200:
        raise ValueError("moment")
    if found[2] is None:
        return day
    time = dt.time.fromisoformat(found[2])
    offset = found[3]
    if offset is None:
        tzinfo: dt.tzinfo = zone
    elif offset.upper() == "Z":
        tzinfo = dt.UTC
    else:
        minutes = int(offset[1:3]) * 60 + int(offset[3:].lstrip(":") or 0)
        tzinfo = dt.timezone(dt.timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    return dt.datetime.combine(day, time, tzinfo).astimezone(dt.UTC).astimezone(zone)


def cost_of(words: str) -> SourceCost:
    """Say what the words of a price say for certain: nothing, something, or neither."""
    if not words:
        return SourceCost()
    if _NOTHING.fullmatch(words):
        return SourceCost("free", words)
    return SourceCost("paid" if _SOME.search(words) else "unknown", words)
