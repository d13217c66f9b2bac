"""Carrying a plan out: new entries become drafts, changes go where the organiser has not written, what is gone is cancelled."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_events.calendar.differences import EventChange, SessionChange
from learning_events.calendar.events import SourceSession
from learning_events.domain.calendars.entries import as_json, session_from_json, session_json
from learning_events.domain.calendars.facts import Vocabulary, facts_json
from learning_events.domain.calendars.plan import LineState, Plan, Planned, event_of, field_changes
from learning_events.domain.event import change_event
from learning_events.domain.many_events import NewEvent, add_events, check_new_event
from learning_events.domain.session import (
    MOST_SESSIONS,
    add_session,
    cancel_session,
    change_session,
    restore_session,
)
from learning_events.enums import SessionStatus
from learning_events.models import CalendarSource, EventPage, ImportedEvent, Session
from learning_events.queries.deadline import submissions_are_closed
from learning_events.rules import may_run_festival
from participation.foundation.audit import record as log
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Refused

_TIMES = ("starts_at", "ends_at", "zone", "is_all_day")


def carry_out(
    plan: Plan, source: CalendarSource, vocabulary: Vocabulary, *, by, cancels_many: bool = False
) -> None:
    """Do what the plan says; what is refused stays as it was, and its line says why. Call it inside a transaction."""
    _add(plan.of(LineState.NEW), source, vocabulary, by)
    for item in plan.of(LineState.CHANGED):
        try:
            with transaction.atomic():
                _change(item, vocabulary, by)
        except Refused as refusal:
            item.line.words = str(refusal.message)
    if plan.is_suspicious and not cancels_many:
        return
    plan.is_suspicious = False
    for item in plan.of(LineState.GONE):
        try:
            with transaction.atomic():
                _cancel(item, by)
        except Refused as refusal:
            item.line.words = str(refusal.message)


def is_whole(plan: Plan) -> bool:
    """Say whether nothing was refused, so that the same content needs no second reading."""
    return not plan.is_suspicious and not any(line.words for line in plan.lines)


def take_over(imported: ImportedEvent, *, by) -> int:
    """Change the sessions of a published event as its calendar says; return how many. Raises Conflict where nothing waits."""
    with transaction.atomic():
        imported = (
            ImportedEvent.objects.select_for_update(of=("self",))
            .select_related("source__festival", "event")
            .get(pk=imported.pk)
        )
        if not imported.waiting:
            raise Conflict(_("Nothing waits to be taken over: somebody has done it already."))
        vocabulary = Vocabulary(imported.source.festival)
        for entry in imported.waiting:
            said = session_from_json(entry["session"])
            facts = vocabulary.session_facts(said)
            row = Session.objects.filter(pk=imported.sessions.get(said.uid)).first()
            if facts is None:
                continue
            if row is None and entry["what"] == "added":
                imported.sessions[said.uid] = add_session(event_of(imported), facts=facts, by=by).pk
            elif row is not None:
                if row.is_cancelled:
                    restore_session(row, by=by)
                change_session(row, facts={name: facts[name] for name in entry["fields"]}, by=by)
        done, imported.waiting = len(imported.waiting), []
        imported.save()
        log("learning_events.take_over_calendar", event_of(imported), by=by, sessions=done)
    return done


def _add(items: list[Planned], source: CalendarSource, vocabulary: Vocabulary, by) -> None:
    is_closed = not source.festival.takes_submissions or submissions_are_closed(source.festival)
    if items and is_closed and not may_run_festival(by):
        for item in items:
            item.line.state = LineState.LEFT
            item.line.words = _("The deadline for new events is over. Please ask the festival's editors.")
        return
    new, checked, of, known = [], [], [], []
    for item in items:
        assert item.after is not None  # noqa: S101 - what is new is in the file
        facts = vocabulary.facts_of(item.after)
        sessions = [
            (session.uid, columns)
            for session in item.after.sessions[:MOST_SESSIONS]
            if (columns := _columns(session, vocabulary))
        ]
        event = NewEvent(
            facts, [columns for _uid, columns in sessions], source.organisation, source.participant
        )
        try:
            if not sessions:
                raise Conflict(_("Its dates last longer than a month each. Please write shorter sessions."))
            page = check_new_event(event, source.festival)
        except Refused as refusal:
            item.line.state, item.line.words = LineState.LEFT, str(refusal.message)
            continue
        item.line.sessions_count = len(sessions)
        new.append(event)
        checked.append(page)
        of.append((item, facts))
        known.append([uid for uid, _columns in sessions])
    added = add_events(source.festival, new, by=by, checked=checked)
    ImportedEvent.objects.bulk_create(
        [
            ImportedEvent(
                source=source,
                uid=item.after.uid,  # type: ignore[union-attr]
                event=each.event,
                said=as_json(item.after),  # type: ignore[arg-type]
                written=facts_json(facts),
                sessions={uid: row.pk for uid, row in zip(uids, each.sessions, strict=True)},
            )
            for each, (item, facts), uids in zip(added, of, known, strict=True)
        ],
        batch_size=500,
    )
    for each, (item, _facts) in zip(added, of, strict=True):
        item.line.event = each.event.pk


def _columns(session: SourceSession, vocabulary: Vocabulary) -> dict[str, Any] | None:
    facts = vocabulary.session_facts(session)
    if facts is not None and session.status == "cancelled":
        facts |= {"status": SessionStatus.CANCELLED, "status_reason": _reason()}
    return facts


def _reason() -> str:
    return _("The organiser's calendar says that it is cancelled.")


def _change(item: Planned, vocabulary: Vocabulary, by) -> None:
    record, after, change = item.record, item.after, item.change
    assert record is not None and after is not None and change is not None  # noqa: S101, PT018 - see `plan_of`
    said = vocabulary.facts_of(after)
    changes = field_changes(record, after, vocabulary)
    facts = {name: said[name] for name, (_was, _now, is_kept) in changes.items() if not is_kept}
    if facts:
        record.event = change_event(event_of(record), facts=facts, by=by)
    _Sessions(record, vocabulary, by).change(change)
    record.uid, record.said, record.is_gone = after.uid, as_json(after), False
    record.written = {**record.written, **facts_json(said)}
    record.save()


def _cancel(item: Planned, by) -> None:
    record = item.record
    assert record is not None  # noqa: S101 - what is gone was there
    reason = _("It is not in the organiser's calendar any more.")
    for row in _upcoming(event_of(record)).filter(pk__in=record.sessions.values()):
        cancel_session(row, reason=reason, by=by)
    record.is_gone, record.waiting = True, []
    record.said = {name: value for name, value in record.said.items() if name != "sessions"}
    record.save()


def _upcoming(event: EventPage):
    return Session.objects.filter(event=event, ends_at__gt=database_now(), status=SessionStatus.PLANNED)


class _Sessions:
    """The sessions of one event that came from a source, and what the source says otherwise of them."""

    def __init__(self, record: ImportedEvent, vocabulary: Vocabulary, by) -> None:
        self.record, self.vocabulary, self.by = record, vocabulary, by
        self.event = event_of(record)
        rows = Session.objects.filter(pk__in=record.sessions.values()).select_related("event")
        found = {row.pk: row for row in rows}
        self.rows = {uid: found[pk] for uid, pk in record.sessions.items() if pk in found}

    def change(self, change: EventChange) -> None:
        for session in change.sessions_added:
            self._added(session)
        for each in change.sessions_changed:
            self._changed(each)
        for session in change.sessions_gone:
            row = self.rows.get(session.uid)
            if row is not None and row.ends_at > database_now():
                cancel_session(row, reason=_("It is not in the organiser's calendar any more."), by=self.by)
            self._forget_waiting(session.uid)

    def _added(self, session: SourceSession) -> None:
        facts = self.vocabulary.session_facts(session)
        row = self.rows.get(session.uid)
        if facts is None or session.status == "cancelled":
            return
        if row is not None:
            self._put_back(row, facts)
        elif self.event.live:
            self._let_wait(session, "added", list(facts))
        elif Session.objects.filter(event=self.event).count() < MOST_SESSIONS:
            self.record.sessions[session.uid] = add_session(self.event, facts=facts, by=self.by).pk

    def _changed(self, change: SessionChange) -> None:
        uid = change.after.uid
        if change.before.uid != uid and change.before.uid in self.record.sessions:
            self.record.sessions[uid] = self.record.sessions.pop(change.before.uid)
        row = self.rows.get(change.before.uid)
        if row is None:
            # Still waiting to be added, or taken away here.
            waiting = [entry for entry in self.record.waiting if entry["session"]["uid"] == change.before.uid]
            if waiting:
                self._forget_waiting(change.before.uid)
                self._let_wait(change.after, "added", waiting[0]["fields"])
            return
        if change.is_cancelled:
            cancel_session(row, reason=_reason(), by=self.by)
            self._forget_waiting(uid)
            return
        was, now = self.vocabulary.session_facts(change.before), self.vocabulary.session_facts(change.after)
        if was is None or now is None:
            return
        if change.is_restored:
            self._put_back(row, now)
            return
        changed = {name for name in now if now[name] != was[name]}
        if self.event.live:
            if changed:
                self._let_wait(change.after, "moved", sorted(changed))
            return
        kept = {name for name in changed if getattr(row, name) not in (was[name], now[name])}
        if kept & set(_TIMES):
            kept |= set(_TIMES)
        facts = {name: now[name] for name in changed - kept}
        if facts and not row.is_cancelled:
            change_session(row, facts=facts, by=self.by)

    def _put_back(self, row: Session, facts: Mapping[str, Any]) -> None:
        if row.is_cancelled:
            row = restore_session(row, by=self.by)
        if not self.event.live:
            change_session(row, facts=facts, by=self.by)

    def _let_wait(self, session: SourceSession, what: str, fields: list[str]) -> None:
        earlier = [entry for entry in self.record.waiting if entry["session"]["uid"] == session.uid]
        self._forget_waiting(session.uid)
        if earlier:
            what = earlier[0]["what"]
            fields = sorted({*fields, *earlier[0]["fields"]})
        entry = {"what": what, "session": session_json(session), "fields": fields}
        self.record.waiting.append({**entry, "since": timezone.now().isoformat()})

    def _forget_waiting(self, uid: str) -> None:
        self.record.waiting = [entry for entry in self.record.waiting if entry["session"]["uid"] != uid]
