"""Programmes as people and attackers make them, built in memory."""

import json
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from learning_events.calendar.events import Reading
from learning_events.calendar.reading import read_events

BERLIN = ZoneInfo("Europe/Berlin")


def ics(*lines: str, calendar: Iterable[str] = ()) -> bytes:
    """Return a calendar of one event with these lines; an event's own lines may begin with BEGIN:VEVENT to hold several."""
    body = list(lines)
    if not body or not body[0].startswith("BEGIN:"):
        body = ["BEGIN:VEVENT", *body, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *calendar, *body, "END:VCALENDAR", ""]).encode()


def event(
    *lines: str, uid: str = "tea", title: str = "Tea and talk", start: str = "DTSTART:20260907T180000"
) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", start, *lines, "END:VEVENT"]


def jsonld(*events: dict, **more: object) -> bytes:
    """Return schema.org events, each with a name and a start unless it says otherwise."""
    plain = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Tea and talk",
        "startDate": "2026-09-07T18:00:00+02:00",
    }
    return json.dumps([{**plain, **one} for one in events or [more]]).encode()


def talk(**more: object) -> dict:
    plain = {
        "id": 7, "guid": "8079583e-8321-506c-95af-fd2903a5f075", "date": "2026-09-07T18:00:00+02:00", "start": "18:00",
        "duration": "01:30", "room": "Hall", "title": "Tea and talk", "persons": [{"id": 1, "public_name": "Ada"}],
    }  # fmt: skip
    return {**plain, **more}


def frab(*talks: dict, conference: dict | None = None, **schedule: object) -> bytes:
    days = [{"index": 1, "date": "2026-09-07", "rooms": {"Hall": list(talks)}}]
    about = {"title": "Festival", "acronym": "festival", "days": days, **(conference or {})}
    return json.dumps({"schedule": {"version": "1", "conference": about, **schedule}}).encode()


def frab_xml(inside: str, conference: str = "<title>Festival</title>") -> bytes:
    return (
        f'<?xml version="1.0"?><schedule><version>1</version><conference>{conference}</conference>'
        f'<day index="1" date="2026-09-07"><room name="Hall">{inside}</room></day></schedule>'
    ).encode()


def xcri(inside: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><catalog xmlns="http://xcri.org/profiles/catalog"><provider>'
        f"<title>Evening school</title>{inside}</provider></catalog>"
    ).encode()


def read(content: bytes, name: str = "", **more) -> Reading:
    return read_events(content, name, zone=BERLIN, **more)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]
