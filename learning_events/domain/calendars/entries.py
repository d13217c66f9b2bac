"""Entries of a source as they are kept: JSON and back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from learning_events.calendar.events import Moment, SourceCost, SourceEvent, SourcePlace, SourceSession

_TEXTS = (
    "uid",
    "title",
    "summary",
    "description",
    "url",
    "organiser",
    "attendance",
    "online_url",
    "image_url",
)
_LISTS = ("leaders", "languages", "audience", "categories", "accessibility")


def as_json(event: SourceEvent) -> dict[str, Any]:
    """Return an entry as JSON, without what is empty."""
    kept: dict[str, Any] = {name: getattr(event, name) for name in _TEXTS}
    kept |= {name: list(getattr(event, name)) for name in _LISTS}
    kept["place"] = _place_json(event.place)
    kept["cost"] = [event.cost.kind, event.cost.words] if event.cost != SourceCost() else None
    kept["is_uid_made"] = event.is_uid_made
    kept["sessions"] = [session_json(session) for session in event.sessions]
    return {name: value for name, value in kept.items() if value}


def from_json(kept: Mapping[str, Any]) -> SourceEvent:
    """Return the entry that `as_json` made this of."""
    cost = kept.get("cost")
    said: dict[str, Any] = {name: kept.get(name, "") for name in _TEXTS}
    said |= {name: tuple(kept.get(name, ())) for name in _LISTS}
    return SourceEvent(
        **said,
        place=_place(kept.get("place")) or SourcePlace(),
        cost=SourceCost(*cost) if cost else SourceCost(),
        is_uid_made=kept.get("is_uid_made", False),
        sessions=tuple(map(session_from_json, kept.get("sessions", ()))),
    )


def session_json(session: SourceSession) -> dict[str, Any]:
    """Return a date of an entry as JSON, without what is empty."""
    kept = {
        "uid": session.uid,
        "start": session.start.isoformat(),
        "end": session.end.isoformat() if session.end is not None else None,
        "zone": session.zone,
        "room": session.room,
        "capacity": session.capacity,
        "status": session.status,
        "note": session.note,
        "place": _place_json(session.place),
    }
    return {name: value for name, value in kept.items() if value not in (None, "", [])}


def session_from_json(kept: Mapping[str, Any]) -> SourceSession:
    """Return the date that `session_json` made this of."""
    zone = kept.get("zone", "UTC")
    start = _moment(kept["start"], zone)
    assert start is not None  # noqa: S101 - written by `session_json`
    return SourceSession(
        uid=kept["uid"],
        start=start,
        end=_moment(kept.get("end"), zone),
        zone=zone,
        room=kept.get("room", ""),
        capacity=kept.get("capacity"),
        status=kept.get("status", "scheduled"),
        note=kept.get("note", ""),
        place=_place(kept.get("place")),
    )


def _moment(text: str | None, zone: str) -> Moment | None:
    if text is None:
        return None
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    return dt.datetime.fromisoformat(text).astimezone(ZoneInfo(zone))


def _place_json(place: SourcePlace | None) -> list[Any] | None:
    return [place.name, place.address, place.latitude, place.longitude] if place else None


def _place(kept: list[Any] | None) -> SourcePlace | None:
    return SourcePlace(*kept) if kept else None
