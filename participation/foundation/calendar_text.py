"""The grammar of iCalendar (RFC 5545) that every calendar of ours is written in; knows no framework."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

# What neither a database text nor a calendar can hold: control characters but tab and line ends, and halves of characters.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 75  # octets of a line without its end (RFC 5545, 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def escaped(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    return NOT_TEXT.sub("", text).translate(_ESCAPES)


def address(url: str) -> str:
    """Return an address as a value, without anything that could begin another line."""
    return "".join(NOT_TEXT.sub("", url).split())


def in_utc(moment: dt.datetime) -> str:
    """Return an aware moment in UTC and to the second, so that the later of two is the greater text."""
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def length(span: dt.timedelta) -> str:
    """Return a duration in whole minutes, at least one."""
    return f"PT{max(1, int(span.total_seconds() // 60))}M"


def on_clock(moment: dt.datetime, zone: str) -> str:
    """Return what follows DTSTART or DTEND: an aware moment on the clock of `zone` (IANA name, "" for UTC)."""
    local = moment.astimezone(ZoneInfo(zone) if zone else dt.UTC)
    # The second 02:30 of the night when clocks go back: with a zone's name every program takes the first.
    if not zone or local.fold:
        return f":{in_utc(moment)}"
    return f";TZID={zone}:{local.year:04}{local.month:02}{local.day:02}T{local.hour:02}{local.minute:02}{local.second:02}"


def zone_named(zone: str) -> str:
    """Return the zone that has to be defined for a time on this clock: none ("") for UTC."""
    return "" if zone in ("UTC", "Etc/UTC", "") else zone


@lru_cache(maxsize=32)
def zone_definition(zone: str) -> bytes:
    """Return the VTIMEZONE of an IANA zone."""
    import icalendar

    return icalendar.Timezone.from_tzinfo(ZoneInfo(zone), zone).to_ical()


def calendar_head(*, name: str, prodid: str, method: str, refresh: dt.timedelta | None = None) -> bytes:
    """Return the first lines of a calendar; `refresh` is how often a program may ask for it again."""
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{escaped(prodid)}", "CALSCALE:GREGORIAN", f"METHOD:{method}",
        f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    if refresh is not None:
        head += [f"REFRESH-INTERVAL;VALUE=DURATION:{length(refresh)}", f"X-PUBLISHED-TTL:{length(refresh)}"]
    return written(head)


def written(lines: Iterable[str]) -> bytes:
    """Return lines with their ends, folded after 75 octets, never within a letter."""
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    if len(line) <= _LONGEST:
        return line + b"\r\n"
    pieces, begin, room = [], 0, _LONGEST
    while len(line) - begin > room:
        end = begin + room
        while line[end] & 0xC0 == 0x80:  # the middle of a letter of several octets
            end -= 1
        pieces.append(line[begin:end])
        begin, room = end, _LONGEST - 1
    pieces.append(line[begin:])
    return b"\r\n ".join(pieces) + b"\r\n"
