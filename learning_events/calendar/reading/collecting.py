"""What every format ends in: events of one shape, none twice, no more than allowed."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from learning_events.calendar.events import Moment, Reading, SourceEvent, SourceSession, sort_key
from learning_events.calendar.problems import Problem
from learning_events.calendar.reading.refusal import Limits, Unreadable
from learning_events.calendar.reading.text import Notes, address_of, clean


class Collector:
    """Takes the events of one file, checks and counts them, and gives the reading."""

    def __init__(self, source_format: str, limits: Limits, since: dt.date | None, unit: str = "line") -> None:
        self.format = source_format
        self.limits = limits
        self.since = since
        self.notes = Notes(limits, unit)
        self.skipped: Counter[str] = Counter()
        self.credits = ""
        self._first_left_out: Problem | None = None
        self._events: dict[str, SourceEvent] = {}
        self._sessions = 0
        self._days = 0

    def may_count(self, days: int) -> bool:
        """Take so many days from what all series of the file together may be counted through; say whether they were left."""
        self._days += days
        return self._days <= self.limits.max_days

    def leave_out(self, code: str, line: int | None, uid: str = "", **params: object) -> None:
        problem = self.notes.add(code, line, uid, **params)
        self._first_left_out = self._first_left_out or problem
        self.skipped["event"] += 1

    def writer(self, line: int | None, uid: str) -> tuple[Callable[..., Problem], list[Problem]]:
        """Return what notes a problem of one event, and the list that the problems of that event gather in."""
        own: list[Problem] = []

        def note(code: str, **params: object) -> Problem:
            problem = self.notes.add(code, line, uid, **params)
            own.append(problem)
            return problem

        return note, own

    def add(self, event: SourceEvent, line: int | None) -> None:
        """Keep an event; one that says the same as an earlier one adds only its other sessions."""
        sessions = self._wanted(event, line)
        if not sessions:
            return
        event = replace(event, sessions=sessions)
        earlier = self._events.get(event.uid)
        if event.is_uid_made and earlier is not None and earlier.place != event.place:
            # The same title at the same time elsewhere: another event.
            event = _renamed(event, made_uid(f"{event.title}\n{event.place}", event.sessions[0].start))
            earlier = self._events.get(event.uid)
        if earlier is not None and earlier.title != event.title:
            self.leave_out("uid-twice", line, event.uid)
            return
        if earlier is not None:
            known = {session.start for session in earlier.sessions}
            more = tuple(session for session in event.sessions if session.start not in known)
            if not more:
                self.leave_out("twice", line, event.uid)
                return
            event = replace(earlier, sessions=_in_order((*earlier.sessions, *_apart(earlier, more))))
            self._sessions -= len(earlier.sessions)
        self._events[event.uid] = event
        self._sessions += len(event.sessions)
        if len(self._events) > self.limits.max_events:
            raise Unreadable("too-many-events", limit=self.limits.max_events)
        if self._sessions > self.limits.max_sessions:
            raise Unreadable("too-many-sessions", limit=self.limits.max_sessions)

    def _wanted(self, event: SourceEvent, line: int | None) -> tuple[SourceSession, ...]:
        if not event.sessions:
            self.leave_out("no-sessions", line, event.uid)
            return ()
        sessions = _in_order(event.sessions)
        if self.since is not None:
            sessions = tuple(session for session in sessions if last_day(session) >= self.since)
            self.skipped["past"] += len(event.sessions) - len(sessions)
        return sessions

    def text(self, value: object, field: str, note: Callable[..., object], limit: int | None = None) -> str:
        return clean(value, field, limit or self.limits.max_text, note) if isinstance(value, str) else ""

    def texts(self, values: list, field: str, note: Callable[..., object]) -> tuple[str, ...]:
        """Return short texts, none twice and none empty."""
        short = partial(self.text, field=field, note=note, limit=self.limits.max_title)
        return tuple(dict.fromkeys(filter(None, map(short, values[: self.limits.max_list]))))

    def address(self, value: object, note: Callable[..., object]) -> str:
        return address_of(value, note) if isinstance(value, str) else ""

    def reading(self) -> Reading:
        problems = self.notes.listed()
        if not self._events and not self.skipped.get("past"):
            if self._first_left_out is not None:
                raise Unreadable(
                    "no-event-left", found=self.skipped["event"], first=str(self._first_left_out)
                )
            raise Unreadable("no-events")
        return Reading(
            tuple(self._events.values()),
            problems,
            self.format,
            self.credits,
            {k: n for k, n in self.skipped.items() if n},
        )


def _renamed(event: SourceEvent, uid: str) -> SourceEvent:
    sessions = tuple(
        replace(session, uid=uid + session.uid.removeprefix(event.uid)) for session in event.sessions
    )
    return replace(event, uid=uid, sessions=sessions)


def last_day(session: SourceSession) -> dt.date:
    moment = session.end if session.end is not None else session.start
    return moment.date() if isinstance(moment, dt.datetime) else moment


def made_uid(title: str, start: Moment) -> str:
    """Return a name for an event whose source gives none: the same title and start give the same one."""
    moment = start.astimezone(dt.UTC) if isinstance(start, dt.datetime) else start
    return "made-" + hashlib.sha256(f"{title}\n{moment.isoformat()}".encode()).hexdigest()[:24]


def stamp(moment: Moment) -> str:
    """Return a moment as it names one session of a series: "20260907T160000Z" or "20260907"."""
    if isinstance(moment, dt.datetime):
        return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"


def _in_order(sessions: tuple[SourceSession, ...]) -> tuple[SourceSession, ...]:
    return tuple(sorted(sessions, key=lambda session: (sort_key(session.start), session.uid)))


def _apart(earlier: SourceEvent, more: tuple[SourceSession, ...]) -> list[SourceSession]:
    """Give sessions that would carry a name twice one of their own."""
    taken = {session.uid for session in earlier.sessions}
    return [
        replace(session, uid=f"{event_uid(session)}#{stamp(session.start)}")
        if session.uid in taken
        else session
        for session in more
    ]


def event_uid(session: SourceSession) -> str:
    return session.uid.rpartition("#")[0] or session.uid
