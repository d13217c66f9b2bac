"""iCalendar (RFC 5545), written event by event: what is changed or cancelled reaches whoever subscribed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from learning_events.calendar.events import SourceEvent, SourcePlace, SourceSession
from mapping.spatial.reading.table import NOT_TEXT

PRODID = "-//wagtail-learning-city//learning_events//EN"
_LONGEST = 75  # octets of a line without its end (RFC 5545, 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_of(
    events: Iterable[SourceEvent],
    *,
    name: str,
    made_at: dt.datetime,
    prodid: str = PRODID,
    refresh: dt.timedelta = dt.timedelta(hours=1),
) -> Iterator[bytes]:
    """Yield a calendar in pieces; each session is an entry of its own, under the uid it always has.

    `made_at` (aware) stamps events that do not know when they changed, so that the same events give the same bytes.
    `refresh` is how often a program may ask again. A zone is defined before the first entry that counts in its clock.
    """
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_escaped(prodid)}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_length(refresh)}", f"X-PUBLISHED-TTL:{_length(refresh)}",
    ]  # fmt: skip
    yield _lines(head)
    defined: set[str] = set()
    stamp = _utc(made_at)
    for event in events:
        for zone in {_zone_of(session) for session in event.sessions} - defined - {""}:
            defined.add(zone)
            yield _definition(zone)
        yield _entries(event, stamp)
    yield b"END:VCALENDAR\r\n"


def _entries(event: SourceEvent, made: str) -> bytes:
    event_changed = _utc(event.changed_at) if event.changed_at else ""
    same = [f"SUMMARY:{_escaped(event.title)}"]
    if event.url:
        same.append(f"URL:{_address(event.url)}")
    if event.categories:
        same.append("CATEGORIES:" + ",".join(map(_escaped, event.categories)))
    if event.online_url:
        same.append(f"CONFERENCE;VALUE=URI:{_address(event.online_url)}")
    if event.image_url:
        same.append(f"IMAGE;VALUE=URI:{_address(event.image_url)}")
    shared = _lines(same)
    about = "\n\n".join(filter(None, (event.summary, event.description)))
    described = _lines([f"DESCRIPTION:{_escaped(about)}"]) if about else b""
    pieces = []
    for session in event.sessions:
        # Written in UTC and to the second, so that the later of two is the greater text.
        changed = max(event_changed, _utc(session.changed_at)) if session.changed_at else event_changed
        own = ["BEGIN:VEVENT", f"UID:{_escaped(session.uid)}", *_times(session), f"DTSTAMP:{changed or made}"]
        own.append(f"SEQUENCE:{max(event.sequence, session.sequence)}")
        if changed:
            own.append(f"LAST-MODIFIED:{changed}")
        own.append(f"STATUS:{'CANCELLED' if session.status == 'cancelled' else 'CONFIRMED'}")
        place = session.place or event.place
        where = ", ".join(filter(None, (session.room, place.name, place.address)))
        if where:
            own.append(f"LOCATION:{_escaped(where)}")
        own.extend(_position(place))
        if session.note:
            own.append(f"DESCRIPTION:{_escaped(session.note + (chr(10) * 2 + about if about else ''))}")
        pieces += [_lines(own), shared, b"" if session.note else described, b"END:VEVENT\r\n"]
    return b"".join(pieces)


def _times(session: SourceSession) -> Iterator[str]:
    start, end = session.start, session.end
    if not isinstance(start, dt.datetime):
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        last = end if end is not None else start
        yield f"DTEND;VALUE=DATE:{last + dt.timedelta(days=1):%Y%m%d}"
        return
    zone = _zone_of(session)
    clock = ZoneInfo(zone) if zone else dt.UTC
    yield f"DTSTART{_moment(start, clock, zone)}"
    if isinstance(end, dt.datetime) and end > start:
        yield f"DTEND{_moment(end, clock, zone)}"


def _moment(moment: dt.datetime, clock: dt.tzinfo, zone: str) -> str:
    local = moment.astimezone(clock)
    # The second 02:30 of the night when clocks go back: with a zone's name every program takes the first.
    if not zone or local.fold:
        return f":{_utc(moment)}"
    return f";TZID={zone}:{local.year:04}{local.month:02}{local.day:02}T{local.hour:02}{local.minute:02}{local.second:02}"


def _zone_of(session: SourceSession) -> str:
    """Return the zone that must be defined for a session; "" for whole days and for UTC."""
    return "" if session.is_all_day or session.zone in ("UTC", "Etc/UTC", "") else session.zone


def _position(place: SourcePlace) -> Iterator[str]:
    if place.latitude is not None and place.longitude is not None:
        yield f"GEO:{place.latitude:.6f};{place.longitude:.6f}"


@lru_cache(maxsize=32)
def _definition(zone: str) -> bytes:
    import icalendar

    return icalendar.Timezone.from_tzinfo(ZoneInfo(zone), zone).to_ical()


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _length(length: dt.timedelta) -> str:
    return f"PT{max(1, int(length.total_seconds() // 60))}M"


def _escaped(text: str) -> str:
    return NOT_TEXT.sub("", text).translate(_ESCAPES)


def _address(url: str) -> str:
    return "".join(NOT_TEXT.sub("", url).split())


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """Return a line with its end, folded after 75 octets, never within a letter."""
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
