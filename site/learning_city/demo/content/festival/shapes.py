"""Shapes of the festival's facts, and writing an event down in as few words as it needs."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from learning_city.demo.content.facts import prose


@dataclass(frozen=True)
class Time:
    """When a session happens: `day` counts from the festival's first, hours are on the city's clock."""

    day: int
    begin: dt.time
    end: dt.time


@dataclass(frozen=True)
class Event:
    """An event of the festival; `place`, `topics`, `audiences` and `kind` are short names, `organiser` "" is the place's own.

    `weeks` are how many weeks before and after the festival its first session repeats, every `every` weeks.
    """

    title: str
    kind: str
    place: str
    times: tuple[Time, ...]
    summary: str
    learn: str = ""
    text: str = ""
    organiser: str = ""
    leaders: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    languages: str = "en"
    ages: tuple[int | None, int | None] = (None, None)
    cost: str = "free"
    cost_note: str = ""
    signed: bool = False
    note: str = ""
    room: str = ""
    seats: int | None = None
    kept: int = 0
    draw: bool = False
    online: bool = False
    weeks: tuple[int, int] = (0, 0)
    every: int = 1
    story: str = ""
    """What becomes of it in the demo, see `STORIES`."""


# An event is published unless its story says otherwise.
STORIES = ("draft", "sent", "cancelled", "moved", "late", "full", "new-place")


def event(
    title: str, kind: str, place: str, times: str, summary: str, learn: str = "", **facts: Any
) -> Event:
    """Return an event; `times` are written "0@10-12 3@18.30-20": day of the festival, begin and end."""
    for name in ("topics", "audiences", "features"):
        facts[name] = tuple(facts.get(name, "").split())
    return Event(
        title=title,
        kind=kind,
        place=place,
        times=tuple(map(_time, times.split())),
        summary=prose(summary),
        learn=prose(learn),
        text=prose(facts.pop("text", "")),
        **facts,
    )


def _time(text: str) -> Time:
    day, _, hours = text.partition("@")
    begin, _, end = hours.partition("-")
    return Time(int(day), _hour(begin), _hour(end))


def _hour(text: str) -> dt.time:
    hour, _, minute = text.partition(".")
    return dt.time(int(hour), int(minute or 0))
