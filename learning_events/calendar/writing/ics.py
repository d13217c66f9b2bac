"""iCalendar (RFC 5545), written event by event: what is changed or cancelled reaches whoever subscribed."""

import datetime as dt
from collections.abc import Iterable, Iterator

from learning_events.calendar.events import SourceEvent, SourcePlace, SourceSession
from participation.foundation.calendar_text import (
    address,
    calendar_head,
    escaped,
    in_utc,
    on_clock,
    written,
    zone_definition,
    zone_named,
)

PRODID = "-//wagtail-learning-city//learning_events//EN"


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
    yield calendar_head(name=name, prodid=prodid, method="PUBLISH", refresh=refresh)
    defined: set[str] = set()
    stamp = in_utc(made_at)
    for event in events:
        for zone in {_zone_of(session) for session in event.sessions} - defined - {""}:
            defined.add(zone)
            yield zone_definition(zone)
        yield _entries(event, stamp)
    yield b"END:VCALENDAR\r\n"


def _entries(event: SourceEvent, made: str) -> bytes:
    event_changed = in_utc(event.changed_at) if event.changed_at else ""
    same = [f"SUMMARY:{escaped(event.title)}"]
    if event.url:
        same.append(f"URL:{address(event.url)}")
    if event.categories:
        same.append("CATEGORIES:" + ",".join(map(escaped, event.categories)))
    if event.online_url:
        same.append(f"CONFERENCE;VALUE=URI:{address(event.online_url)}")
    if event.image_url:
        same.append(f"IMAGE;VALUE=URI:{address(event.image_url)}")
    shared = written(same)
    about = "\n\n".join(filter(None, (event.summary, event.description)))
    described = written([f"DESCRIPTION:{escaped(about)}"]) if about else b""
    pieces = []
    for session in event.sessions:
        # Written in UTC and to the second, so that the later of two is the greater text.
        changed = max(event_changed, in_utc(session.changed_at)) if session.changed_at else event_changed
        own = ["BEGIN:VEVENT", f"UID:{escaped(session.uid)}", *_times(session), f"DTSTAMP:{changed or made}"]
        own.append(f"SEQUENCE:{max(event.sequence, session.sequence)}")
        if changed:
            own.append(f"LAST-MODIFIED:{changed}")
        own.append(f"STATUS:{'CANCELLED' if session.status == 'cancelled' else 'CONFIRMED'}")
        place = session.place or event.place
        where = ", ".join(filter(None, (session.room, place.name, place.address)))
        if where:
            own.append(f"LOCATION:{escaped(where)}")
        own.extend(_position(place))
        if session.note:
            own.append(f"DESCRIPTION:{escaped(session.note + (chr(10) * 2 + about if about else ''))}")
        pieces += [written(own), shared, b"" if session.note else described, b"END:VEVENT\r\n"]
    return b"".join(pieces)


def _times(session: SourceSession) -> Iterator[str]:
    start, end = session.start, session.end
    if not isinstance(start, dt.datetime):
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        last = end if end is not None else start
        yield f"DTEND;VALUE=DATE:{last + dt.timedelta(days=1):%Y%m%d}"
        return
    zone = _zone_of(session)
    yield f"DTSTART{on_clock(start, zone)}"
    if isinstance(end, dt.datetime) and end > start:
        yield f"DTEND{on_clock(end, zone)}"


def _zone_of(session: SourceSession) -> str:
    """Return the zone that must be defined for a session; "" for whole days and for UTC."""
    return "" if session.is_all_day else zone_named(session.zone)


def _position(place: SourcePlace) -> Iterator[str]:
    if place.latitude is not None and place.longitude is not None:
        yield f"GEO:{place.latitude:.6f};{place.longitude:.6f}"
