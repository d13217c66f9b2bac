"""Schedules as frab and pretalx publish them (version 1), in JSON and XML, for the programs that show conferences.

The form knows neither cancellation nor whole days: cancelled sessions are left out, whole days last from 0:00 to 24:00.
"""

import datetime as dt
import hashlib
import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from learning_events.calendar.events import SourceEvent, SourceSession
from participation.foundation.calendar_text import NOT_TEXT

_SPACE = uuid.UUID("6f1f3f0e-5f0e-5d0a-9d7f-1b7f0a6f4c11")
_LONGEST = dt.timedelta(hours=99)


@dataclass(frozen=True, slots=True)
class Conference:
    """The festival as schedules call it; `acronym` is made of small letters, digits and underscores, four or more."""

    title: str
    acronym: str
    zone: ZoneInfo
    base_url: str
    version: str


@dataclass(frozen=True, slots=True)
class _Slot:
    event: SourceEvent
    session: SourceSession
    start: dt.datetime
    length: dt.timedelta
    room: str
    guid: str
    number: int


_Days = dict[dt.date, dict[str, list[_Slot]]]


def schedule_json(events: Iterable[SourceEvent], conference: Conference) -> dict:
    """Return the schedule as a dictionary for json.dumps; its form is voc/schedule's schema.json."""
    days = _days(events, conference)
    first, last = _first_and_last(days)
    return {
        "schedule": {
            "version": conference.version,
            "base_url": conference.base_url,
            "conference": {
                "acronym": conference.acronym,
                "title": conference.title,
                "start": first,
                "end": last,
                "daysCount": len(days),
                "timeslot_duration": "00:05",
                "time_zone_name": conference.zone.key,
                "days": [
                    {
                        "index": index,
                        "date": day.isoformat(),
                        "day_start": _begin(day, conference.zone).isoformat(),
                        "day_end": _end(rooms).isoformat(),
                        "rooms": {
                            room: [_slot_json(slot, conference) for slot in rooms[room]] for room in rooms
                        },
                    }
                    for index, (day, rooms) in enumerate(days.items(), start=1)
                ],
            },
        }
    }


def schedule_xml(events: Iterable[SourceEvent], conference: Conference) -> Iterator[bytes]:
    """Yield the schedule as XML in pieces; its form is voc/schedule's schedule.xml.xsd."""
    days = _days(events, conference)
    first, last = _first_and_last(days)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<schedule>\n'
        f"<version>{_xml(conference.version)}</version>\n<conference>"
        f"<title>{_xml(conference.title)}</title><acronym>{_xml(conference.acronym)}</acronym>"
        f"<start>{first}</start><end>{last}</end><days>{len(days)}</days>"
        f"<timeslot_duration>00:05</timeslot_duration><base_url>{_xml(conference.base_url)}</base_url>"
        f"<time_zone_name>{_xml(conference.zone.key)}</time_zone_name></conference>\n"
    ).encode()
    for index, (day, rooms) in enumerate(days.items(), start=1):
        begin, end = _begin(day, conference.zone).isoformat(), _end(rooms).isoformat()
        yield f'<day index="{index}" date="{day}" start="{begin}" end="{end}">\n'.encode()
        for room, slots in rooms.items():
            yield f'<room name="{_xml(room)}">\n'.encode()
            for slot in slots:
                yield _slot_xml(slot).encode()
            yield b"</room>\n"
        yield b"</day>\n"
    yield b"</schedule>\n"


def _days(events: Iterable[SourceEvent], conference: Conference) -> _Days:
    found: dict[dt.date, dict[str, list[_Slot]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        for session in event.sessions:
            if session.status != "cancelled":
                slot = _slot(event, session, conference.zone)
                found[slot.start.date()][slot.room].append(slot)
    return {
        day: {
            room: sorted(rooms[room], key=lambda slot: (slot.start.astimezone(dt.UTC), slot.guid))
            for room in sorted(rooms)
        }
        for day, rooms in sorted(found.items())
    }


def _slot(event: SourceEvent, session: SourceSession, zone: ZoneInfo) -> _Slot:
    if isinstance(session.start, dt.datetime):
        start = session.start.astimezone(zone)
        end = session.end if isinstance(session.end, dt.datetime) else session.start
        length = end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    else:
        start, length = _begin(session.start, zone), dt.timedelta(hours=24)
    place = session.place or event.place
    room = session.room or place.name or place.address or ("online" if event.online_url else "–")
    guid = _guid(session.uid)
    return _Slot(event, session, start, min(length, _LONGEST), _plain(room), guid, _number(session.uid))


def _slot_json(slot: _Slot, conference: Conference) -> dict:
    event = slot.event
    return {
        "guid": slot.guid,
        "id": slot.number,
        "logo": event.image_url or None,
        "date": slot.start.isoformat(),
        "start": f"{slot.start:%H:%M}",
        "end": (slot.start.astimezone(dt.UTC) + slot.length).astimezone(conference.zone).isoformat(),
        "duration": _duration(slot.length),
        "room": slot.room,
        "slug": _slug(slot, conference),
        "url": event.url or conference.base_url,
        "title": _plain(event.title),
        "subtitle": _plain(slot.session.note),
        "track": _track(event),
        "type": "other",
        "language": event.languages[0] if event.languages else None,
        "abstract": _plain(event.summary),
        "description": _plain(event.description),
        "persons": [{"id": _number(name), "public_name": name} for name in map(_plain, event.leaders)],
        "links": [{"url": event.online_url, "title": event.online_url}] if event.online_url else [],
        "attachments": [],
    }


def _slot_xml(slot: _Slot) -> str:
    event = slot.event
    persons = "".join(f'<person id="{_number(name)}">{_xml(name)}</person>' for name in event.leaders)
    optional = [
        f"<subtitle>{_xml(slot.session.note)}</subtitle>" if slot.session.note else "",
        f"<language>{_xml(event.languages[0])}</language>" if event.languages else "",
        f"<description>{_xml(event.description)}</description>" if event.description else "",
        f"<logo>{_xml(event.image_url)}</logo>" if event.image_url else "",
        f"<url>{_xml(event.url)}</url>" if event.url else "",
        f'<links><link href="{_xml(event.online_url)}">{_xml(event.online_url)}</link></links>'
        if event.online_url
        else "",
    ]
    return (
        f'<event guid="{slot.guid}" id="{slot.number}"><room>{_xml(slot.room)}</room><title>{_xml(event.title)}</title>'
        f"<type>other</type><date>{slot.start.isoformat()}</date><start>{slot.start:%H:%M}</start>"
        f"<duration>{_duration(slot.length)}</duration><abstract>{_xml(event.summary)}</abstract>"
        f"<track>{_xml(_track(event))}</track><persons>{persons}</persons>{''.join(optional)}</event>\n"
    )


def _first_and_last(days: _Days) -> tuple[str, str]:
    # A schedule without any session still has to name its days.
    return (min(days).isoformat(), max(days).isoformat()) if days else ("1970-01-01", "1970-01-01")


def _begin(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def _end(rooms: dict[str, list[_Slot]]) -> dt.datetime:
    return max(
        (slot.start for slots in rooms.values() for slot in slots), key=lambda start: start.astimezone(dt.UTC)
    )


def _duration(length: dt.timedelta) -> str:
    minutes = max(0, int(length.total_seconds() // 60))
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _guid(uid: str) -> str:
    try:
        return str(uuid.UUID(uid))
    except ValueError:
        return str(uuid.uuid5(_SPACE, uid))


def _number(text: str) -> int:
    """Return a number for the readers that still want one: always the same, and hardly ever that of another."""
    return 1 + int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:6], "big")


def _slug(slot: _Slot, conference: Conference) -> str:
    title = unicodedata.normalize("NFKD", slot.event.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", title).strip("_")[:60].strip("_")
    return f"{conference.acronym}-{slot.number}-{words}".strip("-")


def _track(event: SourceEvent) -> str:
    return _plain(event.categories[0]) if event.categories else ""


def _plain(text: str) -> str:
    return NOT_TEXT.sub("", text)


def _xml(text: str) -> str:
    return escape(_plain(text))
