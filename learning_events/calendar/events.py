"""What any programme gives, whatever its format: events with their sessions, places and problems."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from learning_events.calendar.problems import Problem

Moment = dt.datetime | dt.date
"""An aware time, or the date of something that lasts whole days."""

Status = Literal["scheduled", "cancelled", "moved"]
Attendance = Literal["", "in-person", "online", "mixed"]
CostKind = Literal["unknown", "free", "paid"]


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where something happens, as the source writes it; latitude and longitude in degrees (EPSG:4326) or both None."""

    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.address or self.latitude is not None)


@dataclass(frozen=True, slots=True)
class SourceCost:
    """What it costs, in the source's own words; the kind is only what these words say for certain."""

    kind: CostKind = "unknown"
    words: str = ""


@dataclass(frozen=True, slots=True)
class SourceSession:
    """One time at which an event happens.

    `start` and `end` are both aware or both dates; `end` of a date is the last day, that day included. `zone` is the IANA
    name in whose clock the source counts. `place` is only given where it differs from the event's.
    """

    uid: str
    start: Moment
    end: Moment | None = None
    zone: str = "UTC"
    room: str = ""
    capacity: int | None = None
    status: Status = "scheduled"
    note: str = ""
    place: SourcePlace | None = None
    previous_start: Moment | None = None
    """Where a moved session stood before, if the source tells."""
    sequence: int = 0
    """How often this session changed, where that is more than its event did."""
    changed_at: dt.datetime | None = None
    """When this session last changed, where that is later than its event did."""

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, dt.datetime)


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """An event of another programme: plain texts, web addresses (http or https only) and at least one session."""

    uid: str
    title: str
    sessions: tuple[SourceSession, ...]
    summary: str = ""
    description: str = ""
    url: str = ""
    organiser: str = ""
    leaders: tuple[str, ...] = ()
    place: SourcePlace = SourcePlace()
    attendance: Attendance = ""
    online_url: str = ""
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    cost: SourceCost = SourceCost()
    categories: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    image_url: str = ""
    sequence: int = 0
    changed_at: dt.datetime | None = None
    is_uid_made: bool = False
    """The source names no uid; this one was made from the title and the first start."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: its events, what was wrong or left out, and whom to thank."""

    events: tuple[SourceEvent, ...]
    problems: tuple[Problem, ...] = ()
    source_format: str = ""
    credits: str = ""
    skipped: dict[str, int] = field(default_factory=dict)
    """How many of what were passed over: "todo", "alarm", "event" …"""

    @property
    def session_count(self) -> int:
        return count_sessions(self.events)


def count_sessions(events: Sequence[SourceEvent]) -> int:
    return sum(len(event.sessions) for event in events)


def sort_key(moment: Moment) -> tuple[str, str]:
    """Return what puts dates and aware times into one order: the day and time in UTC, whole days first."""
    if isinstance(moment, dt.datetime):
        in_utc = moment.astimezone(dt.UTC)
        return (in_utc.date().isoformat(), in_utc.time().isoformat())
    return (moment.isoformat(), "")
