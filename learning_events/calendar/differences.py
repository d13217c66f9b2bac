"""What a source says differently since last time: added, changed and gone, one entry to one entry."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields

from learning_events.calendar.events import Moment, SourceEvent, SourceSession, sort_key

# Fields that say something to people; the others count versions or belong to the reading.
_COMPARED = tuple(
    field.name
    for field in fields(SourceEvent)
    if field.name not in ("uid", "sessions", "sequence", "changed_at", "is_uid_made", "problems")
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an event or session that reads otherwise."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session before and after: `fields` tell what changed, `is_moved` and `is_cancelled` what people must hear."""

    before: SourceSession
    after: SourceSession
    fields: tuple[FieldChange, ...]

    @property
    def is_moved(self) -> bool:
        return sort_key(self.before.start) != sort_key(self.after.start)

    @property
    def is_cancelled(self) -> bool:
        return self.after.status == "cancelled" != self.before.status

    @property
    def is_restored(self) -> bool:
        return self.before.status == "cancelled" != self.after.status


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event before and after. `sessions_gone` are to be cancelled, never deleted: somebody may have a seat there."""

    before: SourceEvent
    after: SourceEvent
    fields: tuple[FieldChange, ...]
    sessions_added: tuple[SourceSession, ...]
    sessions_changed: tuple[SessionChange, ...]
    sessions_gone: tuple[SourceSession, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.sessions_added or self.sessions_changed or self.sessions_gone)


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything between two readings of a source; `removed` events are to be cancelled, never deleted."""

    added: tuple[SourceEvent, ...]
    changed: tuple[EventChange, ...]
    removed: tuple[SourceEvent, ...]
    unchanged: tuple[SourceEvent, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare(before: Sequence[SourceEvent], after: Sequence[SourceEvent]) -> Differences:
    """Tell two readings of the same source apart.

    Events match by their uid; what is left by title and first start (some programs make new uids each time), and where the
    source names no uids by title alone, if only one of that title is left on either side. None matches two.
    """
    pairs, gone, new = _matched(before, after, [_by_uid, _by_title_and_start, _by_title])
    changes = [_event_change(old, recent) for old, recent in pairs]
    return Differences(
        added=tuple(new),
        changed=tuple(change for change in changes if change),
        removed=tuple(gone),
        unchanged=tuple(change.after for change in changes if not change),
    )


def _by_uid(event: SourceEvent) -> Hashable:
    return event.uid


def _by_title_and_start(event: SourceEvent) -> Hashable:
    return (event.title, sort_key(event.sessions[0].start)) if event.sessions else None


def _by_title(event: SourceEvent) -> Hashable:
    return event.title if event.is_uid_made else None


def _matched(before: Iterable, after: Iterable, keys: Sequence) -> tuple[list[tuple], list, list]:
    """Pair what has the same key, one key after the other, and only where that key names one on each side."""
    left, right = list(before), list(after)
    pairs: list[tuple] = []
    for key in keys:
        ours, theirs = _single(left, key), _single(right, key)
        common = [(old, theirs[name]) for name, old in ours.items() if name in theirs]
        pairs += common
        taken = {id(one) for pair in common for one in pair}
        left = [one for one in left if id(one) not in taken]
        right = [one for one in right if id(one) not in taken]
    return pairs, left, right


def _single(entries: Iterable, key) -> dict:
    found: dict[Hashable, list] = defaultdict(list)
    for entry in entries:
        name = key(entry)
        if name is not None:
            found[name].append(entry)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def _event_change(before: SourceEvent, after: SourceEvent) -> EventChange:
    # A session keeps its uid when it moves; a single one of an event without uid moves with the event.
    pairs, gone, new = _matched(before.sessions, after.sessions, [_session_uid, _session_start, _session_day])
    if before.is_uid_made and len(gone) == len(new) == 1 and not pairs:
        pairs, gone, new = [(gone[0], new[0])], [], []
    changes = [SessionChange(old, recent, _changes_of_session(old, recent)) for old, recent in pairs]
    return EventChange(
        before,
        after,
        tuple(
            FieldChange(name, getattr(before, name), getattr(after, name))
            for name in _COMPARED
            if getattr(before, name) != getattr(after, name)
        ),
        tuple(new),
        tuple(change for change in changes if change.fields),
        tuple(session for session in gone if session.status != "cancelled"),
    )


def _session_uid(session: SourceSession) -> Hashable:
    return session.uid


def _session_start(session: SourceSession) -> Hashable:
    return sort_key(session.start)


def _session_day(session: SourceSession) -> Hashable:
    return session.start.date() if isinstance(session.start, dt.datetime) else session.start


def _changes_of_session(before: SourceSession, after: SourceSession) -> tuple[FieldChange, ...]:
    found = []
    for name in ("start", "end", "room", "capacity", "status", "note", "place"):
        old, new = getattr(before, name), getattr(after, name)
        # "moved" is a source's word for what the start says; without another start nothing has changed.
        same = {old, new} == {"moved", "scheduled"} if name == "status" else _same(old, new)
        if old != new and not same:
            found.append(FieldChange(name, old, new))
    return tuple(found)


def _same(old: object, new: object) -> bool:
    if isinstance(old, Moment) and isinstance(new, Moment):
        return sort_key(old) == sort_key(new)
    return old == new
