"""What a reading would do to a festival: entry by entry, without doing it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from learning_events.calendar.differences import EventChange, compare
from learning_events.calendar.events import Reading, SourceEvent
from learning_events.domain.calendars.entries import from_json
from learning_events.domain.calendars.facts import Vocabulary, facts_json, facts_now
from learning_events.models import CalendarSource, EventPage, ImportedEvent, Session
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing

# A calendar that loses more than this and more than half of itself at once has more likely had an accident.
MOST_GONE = 3


class LineState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    LEFT = "left"


@dataclass(slots=True)
class Line:
    """What happens to one entry. `fields` are (name, before, now, is kept as the organiser wrote it here);
    `sessions` say what, when and when before; `words` why it was left out."""

    state: LineState
    title: str
    event: int | None = None
    sessions_count: int = 0
    fields: list[tuple[str, Any, Any, bool]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in self.__slots__}
        kept["fields"] = [list(each) for each in self.fields]
        return {name: value for name, value in kept.items() if value not in (None, "", [], 0)}


@dataclass(slots=True)
class Planned:
    """One entry with what it is compared with."""

    line: Line
    after: SourceEvent | None = None
    record: ImportedEvent | None = None
    change: EventChange | None = None


@dataclass(slots=True)
class Plan:
    """Everything a reading would do; `outside` counts entries on none of the festival's days."""

    reading: Reading
    items: list[Planned]
    unchanged: int = 0
    outside: int = 0
    is_suspicious: bool = False
    """So much is gone at once that nothing is cancelled until somebody says so."""

    @property
    def lines(self) -> list[Line]:
        return [item.line for item in self.items]

    def of(self, state: LineState) -> list[Planned]:
        return [item for item in self.items if item.line.state == state]

    def counts(self) -> dict[str, int]:
        found = Counter(str(line.state) for line in self.lines)
        sessions = sum(line.sessions_count for line in self.lines if line.state == LineState.NEW)
        counts = {**{str(state): found[state] for state in LineState}, "sessions": sessions}
        counts |= {"unchanged": self.unchanged, "outside": self.outside, "held_back": int(self.is_suspicious)}
        return counts


def plan_of(source: CalendarSource, reading: Reading, vocabulary: Vocabulary) -> Plan:
    """Compare what the source says with what it said last."""
    records = {record.uid: record for record in source.events.select_related("event")} if source.pk else {}
    after, outside = _in_days(source, reading.events, vocabulary)
    differences = compare([from_json(record.said) for record in records.values()], after)
    plan = Plan(reading, [], unchanged=len(differences.unchanged), outside=outside)
    for event in differences.added:
        line = Line(LineState.NEW, event.title, sessions_count=len(event.sessions))
        plan.items.append(Planned(line, after=event))
    for change in differences.changed:
        record = records[change.before.uid]
        if record.event_id is None:
            # Somebody has deleted the draft: the entry does not come back.
            plan.unchanged += 1
            continue
        line = Line(LineState.CHANGED, change.after.title, event=record.event_id)
        fields = field_changes(record, change.after, vocabulary)
        line.fields = [(name, was, now, is_kept) for name, (was, now, is_kept) in fields.items()]
        line.sessions = _session_lines(change)
        plan.items.append(Planned(line, change.after, record, change))
    upcoming = _with_upcoming(list(records.values()))
    for event in differences.removed:
        record = records[event.uid]
        if record.is_gone or record.pk not in upcoming:
            continue
        line = Line(LineState.GONE, event.title, event=record.event_id)
        plan.items.append(Planned(line, record=record))
    gone = len(plan.of(LineState.GONE))
    plan.is_suspicious = gone > MOST_GONE and gone * 2 > len(upcoming)
    return plan


def event_of(record: ImportedEvent) -> EventPage:
    """Return the event that came from an entry; raises Missing where somebody has deleted it."""
    if record.event is None:
        raise Missing
    return record.event


def field_changes(
    record: ImportedEvent, after: SourceEvent, vocabulary: Vocabulary
) -> dict[str, tuple[Any, Any, bool]]:
    """Return what the source says otherwise than last time: name -> (what stands here, what it says now, is kept).

    What the organiser has changed here since stays as it is, unless both say the same.
    """
    said = facts_json(vocabulary.facts_of(after))
    here = facts_now(event_of(record).get_latest_revision_as_object(), said)
    found = {}
    for name, value in said.items():
        last = record.written.get(name)
        if value != last and value != here[name]:
            found[name] = (here[name], value, here[name] != last)
    return found


def _in_days(
    source: CalendarSource, events: Sequence[SourceEvent], vocabulary: Vocabulary
) -> tuple[list[SourceEvent], int]:
    if source.any_day:
        return list(events), 0
    kept, outside = [], 0
    for event in events:
        sessions = tuple(session for session in event.sessions if vocabulary.is_in_festival(session))
        if len(sessions) == len(event.sessions):
            kept.append(event)
        elif sessions:
            kept.append(replace(event, sessions=sessions))
        else:
            outside += 1
    return kept, outside


def _session_lines(change: EventChange) -> list[dict[str, Any]]:
    lines = [{"what": "added", "now": session.start.isoformat()} for session in change.sessions_added]
    for each in change.sessions_changed:
        what = "changed"
        if each.is_cancelled:
            what = "cancelled"
        elif each.is_restored:
            what = "restored"
        elif each.is_moved:
            what = "moved"
        lines.append(
            {"what": what, "was": each.before.start.isoformat(), "now": each.after.start.isoformat()}
        )
    lines += [{"what": "gone", "was": session.start.isoformat()} for session in change.sessions_gone]
    return lines


def _with_upcoming(records: Sequence[ImportedEvent]) -> set[int]:
    """Return the keys of records whose event still has a session to come."""
    events = set(
        Session.objects.filter(
            event__in=[record.event_id for record in records if record.event_id is not None],
            ends_at__gt=database_now(),
            status="planned",
        ).values_list("event_id", flat=True)
    )
    return {record.pk for record in records if record.event_id in events and not record.is_gone}
