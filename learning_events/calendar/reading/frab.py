"""Schedules of frab and pretalx, version 1, in JSON and in XML."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from learning_events.calendar.events import Reading, SourceEvent, SourcePlace, SourceSession
from learning_events.calendar.reading.collecting import Collector
from learning_events.calendar.reading.refusal import Limits, Unreadable
from learning_events.calendar.reading.text import moment_of
from learning_events.calendar.reading.tree import Element
from learning_events.calendar.reading.zones import zone_called

_LENGTH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(slots=True)
class _Talk:
    """An entry of a schedule, in either form."""

    line: int
    texts: dict[str, str]
    persons: list[str] = field(default_factory=list)


def is_schedule(document: object) -> bool:
    return isinstance(document, dict) and isinstance(document.get("schedule"), dict)


def read_frab_json(document: dict, zone: ZoneInfo, limits: Limits, since: dt.date | None) -> Reading:
    schedule = document["schedule"]
    conference = schedule.get("conference")
    days = conference.get("days") if isinstance(conference, dict) else None
    if isinstance(schedule.get("events"), list):
        raise Unreadable("frab-draft")
    if not isinstance(conference, dict) or not isinstance(conference.get("title"), str):
        raise Unreadable("frab-form", part="conference.title")
    if not isinstance(days, list):
        raise Unreadable("frab-form", part="conference.days")
    if "rooms" in schedule:  # the schema forbids it by name: rooms belong to the conference
        raise Unreadable("frab-form", part="conference.rooms")
    collector = Collector("frab", limits, since, unit="event")
    return _read(
        _talks_of(days, collector), conference["title"], conference.get("time_zone_name"), zone, collector
    )


def read_frab_xml(root: Element, zone: ZoneInfo, limits: Limits, since: dt.date | None) -> Reading:
    conference = root.first("conference")
    if conference is None or not root.all("day"):
        raise Unreadable("frab-form", part="<conference>" if conference is None else "<day>")
    collector = Collector("frab", limits, since)
    return _read(
        _talks_of_xml(root),
        conference.text_of("title"),
        conference.text_of("time_zone_name"),
        zone,
        collector,
    )


def _read(
    talks: Iterator[_Talk], title: str, zone_name: object, zone: ZoneInfo, collector: Collector
) -> Reading:
    collector.credits = collector.text(title, "title", lambda *_a, **_k: None, 250)
    named = zone_called(zone_name) if isinstance(zone_name, str) and zone_name else None
    if isinstance(zone_name, str) and zone_name and named is None:
        collector.notes.add("zone", zone=zone_name, instead=zone.key)
    for talk in talks:
        event = _event(talk, title, named or zone, collector)
        if event is not None:
            collector.add(event, talk.line)
    return collector.reading()


def _talks_of(days: list, collector: Collector) -> Iterator[_Talk]:
    number = 0
    for day in days:
        rooms = day.get("rooms") if isinstance(day, dict) else None
        for room, entries in rooms.items() if isinstance(rooms, dict) else ():
            for entry in entries if isinstance(entries, list) else ():
                number += 1
                if not isinstance(entry, dict):
                    collector.leave_out("entry", number)
                    continue
                if isinstance(entry.get("id"), bool) or not isinstance(entry.get("id"), int):
                    collector.leave_out("id", number, value=str(entry.get("id")))
                    continue
                texts = {key: value for key, value in entry.items() if isinstance(value, str)}
                texts["id"] = str(entry["id"])[:20]
                texts.setdefault("room", room)
                persons = entry.get("persons")
                names = [
                    person.get("public_name") or person.get("name")
                    for person in (persons if isinstance(persons, list) else ())
                    if isinstance(person, dict)
                ]
                yield _Talk(number, texts, [name for name in names if isinstance(name, str)])


def _talks_of_xml(root: Element) -> Iterator[_Talk]:
    for day in root.all("day"):
        for room in day.all("room"):
            for event in room.all("event"):
                texts = {child.name: child.text for child in event.children if not child.children}
                texts["guid"] = event.attributes.get("guid", "")
                texts["id"] = event.attributes.get("id", "")
                texts.setdefault("room", room.attributes.get("name", ""))
                persons = event.first("persons")
                names = [person.text for person in persons.all("person")] if persons else []
                yield _Talk(event.line, texts, names)


def _event(talk: _Talk, conference: str, zone: ZoneInfo, collector: Collector) -> SourceEvent | None:
    texts = talk.texts
    uid = (texts.get("guid") or "").strip()[:500]
    if not uid:
        if not _NUMBER.fullmatch(texts.get("id", "")):
            collector.leave_out("id", talk.line, value=texts.get("id", ""))
            return None
        uid = f"{conference}-{texts['id']}"[:500]
    note, problems = collector.writer(talk.line, uid)
    title = collector.text(texts.get("title"), "title", note, collector.limits.max_title)
    if not title:
        collector.leave_out("no-name", talk.line, uid)
        return None
    try:
        start = moment_of(texts.get("date"), zone)
    except (ValueError, OverflowError):
        collector.leave_out("start", talk.line, uid, value=texts.get("date", ""))
        return None
    end = None
    if isinstance(start, dt.datetime):
        found = _LENGTH.fullmatch(texts.get("duration", ""))
        if found:
            days, hours, minutes = (int(found[n] or 0) for n in (1, 2, 3))
            length = dt.timedelta(days=days, hours=hours, minutes=minutes)
            end = (start.astimezone(dt.UTC) + length).astimezone(zone)
        else:
            note("duration", value=texts.get("duration", ""))
    room = collector.text(texts.get("room"), "room", note, 250)
    kind = [texts.get("track", ""), texts.get("type", "")]
    subtitle, abstract = (collector.text(texts.get(name), name, note) for name in ("subtitle", "abstract"))
    description = collector.text(texts.get("description"), "description", note)
    return SourceEvent(
        uid=uid,
        title=title,
        sessions=(SourceSession(uid, start, end, zone.key, room=room),),
        summary=(subtitle or abstract)[:1_000],
        description="\n\n".join(filter(None, (abstract if subtitle else "", description))),
        url=collector.address(texts.get("url"), note),
        leaders=collector.texts(talk.persons, "persons", note),
        place=SourcePlace(),
        attendance="in-person" if room else "",
        languages=collector.texts([texts.get("language", "")], "language", note),
        categories=collector.texts(kind, "track", note),
        # Relative to the conference's own address, which is not always given: only whole addresses are kept.
        image_url=collector.address(texts.get("logo"), note)
        if texts.get("logo", "").startswith("http")
        else "",
        problems=tuple(problems),
    )
