"""Sessions of an event: added, repeated, changed, cancelled and put back; a public one tells everybody what changed."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning_events.calendar.recurrence import (
    Frequency,
    NotRepeatable,
    Rule,
    dates_of,
    on_the_clock,
    to_rrule,
)
from learning_events.domain.version import raise_programme_version
from learning_events.enums import SessionStatus
from learning_events.models import EventPage, Recurrence, Session
from learning_events.queries.deadline import changes_are_closed, festival_of
from learning_events.queries.event import standing_of
from learning_events.queries.session import sessions_of
from learning_events.rules import may_change_event, may_run_festival
from learning_events.validators import clean_times
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, invalid_from

MOST_SESSIONS = 400
# What may be said of a session; `starts_at` and `ends_at` aware, or naive on the clock of `zone`.
FACTS = ("starts_at", "ends_at", "zone", "is_all_day", "place", "room", "note", "seats", "seats_kept")
# The calendar's refusals, in words that organisers read on the form.
REFUSALS = {
    "too-often": _(
        "Something cannot repeat every hour, minute or second. Please choose days, weeks, months or years."
    ),
    "too-many": _(
        "This gives more than %(limit)d sessions. Please choose an earlier end, or write another event for the rest."
    ),
    "too-long": _("This reaches further than two years ahead. Please choose an earlier end."),
    "both-ends": _("Please give either a last day or a number of times, not both."),
    "no-dates": _("This gives no date at all. Please check the days and the end."),
    "start": _("The first date (%(value)s) is too early or too late. Please correct the year."),
    "text": _("The rule “%(text)s” cannot be read."),
    "part": _("“%(part)s” is no part of a rule that can be followed. Please take it out."),
    "value": _("The value of %(part)s (%(value)s) is not possible. Please correct it."),
}
# What people who planned to come must hear of.
TOLD = ("starts_at", "ends_at", "place", "room")


def add_session(event: EventPage, *, facts: Mapping[str, Any], by) -> Session:
    """Add one session; `facts` has `starts_at`, `ends_at` and any other of FACTS.

    Raises NotAllowed, Invalid or Conflict: an editor looks at the event ("in_review"), the deadline for changes of public
    events is over ("closed"), there are too many.
    """
    _may_change(event, by)
    _refuse_change(event, by)
    with transaction.atomic():
        _room_for(event, 1)
        session = Session(event=event, uid=_new_uid())
        _write(session, facts)
        session.save(force_insert=True)
        raise_programme_version()
        record(
            "learning_events.add_session", event, by=by, session=session.pk, starts_at=_utc(session.starts_at)
        )
    return session


def moments_of(rule: Rule, *, starts_at: dt.datetime, zone: str) -> tuple[dt.datetime, ...]:
    """Return the aware begins that the rule gives from `starts_at` (naive, on the zone's clock) on.

    Raises Invalid (field "rule"; the code says which limit) for what repeats too often, too long or never.
    """
    try:
        return dates_of(rule, starts_at, ZoneInfo(zone), most=MOST_SESSIONS)
    except NotRepeatable as refusal:
        raise Invalid(REFUSALS[refusal.code] % refusal.params, field="rule", code=refusal.code) from None


def repeat_sessions(
    event: EventPage, *, rule: Rule, starts_at: dt.datetime, minutes: int, facts: Mapping[str, Any], by
) -> list[Session]:
    """Add a session for every date of the rule, from `starts_at` (naive, on the clock of `facts["zone"]`) on.

    Each keeps its hours over a change of the clock: begin and end are counted on it, and `minutes` lie between them there.
    Dates at which the event has the same session already are passed over, so that a form sent twice adds nothing twice.
    Raises NotAllowed, Conflict as `add_session`, or Invalid (field "rule") for what repeats too often or too long.
    """
    _may_change(event, by)
    _refuse_change(event, by)
    zone = str(facts.get("zone") or Session._meta.get_field("zone").get_default())
    _check_zone(zone)
    if minutes <= 0:
        raise Invalid(_("The end must lie after the begin."), field="ends_at")
    moments = moments_of(rule, starts_at=starts_at, zone=zone)
    with transaction.atomic():
        EventPage.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
        sessions = []
        for moment in moments:
            session = Session(event=event, uid=_new_uid())
            ends_at = _end_on_the_clock(moment, minutes, ZoneInfo(zone))
            _write(session, {**facts, "zone": zone, "starts_at": moment, "ends_at": ends_at})
            sessions.append(session)
        known = {_likeness(session) for session in sessions_of(event)}
        sessions = [session for session in sessions if _likeness(session) not in known]
        if not sessions:
            raise Conflict(_("The event has these sessions already."), field="rule")
        _room_for(event, len(sessions))
        series = None
        if rule.frequency != Frequency.DATES:
            series = Recurrence.objects.create(
                event=event,
                rule=to_rrule(rule),
                starts_on=starts_at.date(),
                starts_at=starts_at.time(),
                minutes=minutes,
                zone=zone,
                until_on=moments[-1].date(),
            )
            for session in sessions:
                session.recurrence = series
        Session.objects.bulk_create(sessions)
        raise_programme_version()
        record(
            "learning_events.repeat_sessions",
            event,
            by=by,
            rule=series.rule if series else "",
            sessions=len(sessions),
        )
    return sessions


def change_session(
    session: Session, *, facts: Mapping[str, Any], by, expected_sequence: int | None = None
) -> Session:
    """Change what is said of a session; of a public one, a new time or place becomes a late change on top of the programme.

    Raises NotAllowed, Missing, Invalid or Conflict: cancelled, fewer seats than are taken, "in_review" and "closed" as
    `add_session`, or not the `sequence` that the writer has seen ("changed_meanwhile", details `sequence`).
    """
    _may_change(session.event, by)
    _refuse_change(session.event, by)
    with transaction.atomic():
        session = locked(session)
        if expected_sequence is not None and expected_sequence != session.sequence:
            raise Conflict(
                _(
                    "Somebody has changed this session while you were writing. Look at it, then save again if you still want to."
                ),
                code="changed_meanwhile",
                details={"sequence": session.sequence},
            )
        if session.is_cancelled:
            raise Conflict(_("This session is cancelled. Put it back first, then change it."))
        before = {name: getattr(session, name) for name in FACTS}
        _write(session, facts)
        changed = [name for name in FACTS if getattr(session, name) != before[name]]
        if not changed:
            return session
        if session.seats is not None and session.taken > session.seats:
            raise Conflict(
                _("%(taken)s people already have a seat, so there must be at least as many seats.")
                % {"taken": session.taken},
                field="seats",
            )
        if session.recurrence_id:
            session.is_exception = True
        if set(changed) & set(TOLD) and _is_public(session.event):
            session.announced_at = database_now()
            if "starts_at" in changed:
                first = session.previous_starts_at or before["starts_at"]
                session.previous_starts_at = first if first != session.starts_at else None
        session.sequence += 1
        session.save()
        raise_programme_version()
        record("learning_events.change_session", session.event, by=by, session=session.pk, fields=changed)
        _registrations().after_session_change(
            session, told=bool(session.event.live and set(changed) & set(TOLD))
        )
    return session


def set_seats(event: EventPage, *, seats: int | None, seats_kept: int, by) -> int:
    """Give all sessions of the event that are still to come the same number of seats; return how many changed.

    Raises Conflict naming the first session in which more people have a seat already; then none is changed.
    """
    _may_change(event, by)
    with transaction.atomic():
        coming = sessions_of(event).filter(status=SessionStatus.PLANNED, ends_at__gt=database_now())
        changed = 0
        for session in coming.select_related("event"):
            if (session.seats, session.seats_kept) != (seats, seats_kept):
                was_exception = session.is_exception
                facts = {"seats": seats, "seats_kept": seats_kept}
                session = change_session(session, facts=facts, by=by)
                Session.objects.filter(pk=session.pk).update(is_exception=was_exception)
                changed += 1
    return changed


def cancel_session(session: Session, *, reason: str, by) -> Session:
    """Cancel a session with a reason for everybody; it stays in the programme as cancelled."""
    _may_change(session.event, by)
    if not reason.strip():
        raise Invalid(
            _("Please say why, in a sentence that everybody who planned to come may read."), field="reason"
        )
    with transaction.atomic():
        session = locked(session)
        if session.is_cancelled:
            return session
        session.status, session.status_reason = SessionStatus.CANCELLED, reason.strip()[:300]
        session.is_exception = session.recurrence_id is not None
        session.announced_at = database_now() if _is_public(session.event) else None
        session.sequence += 1
        session.save()
        raise_programme_version()
        record("learning_events.cancel_session", session.event, by=by, session=session.pk, reason=reason)
        _registrations().after_session_cancelled(session)
    return session


def restore_session(session: Session, *, by) -> Session:
    """Let a cancelled session take place after all."""
    _may_change(session.event, by)
    with transaction.atomic():
        session = locked(session)
        if not session.is_cancelled:
            return session
        session.status, session.status_reason = SessionStatus.PLANNED, ""
        session.announced_at = database_now() if _is_public(session.event) else None
        session.sequence += 1
        session.save()
        raise_programme_version()
        record("learning_events.restore_session", session.event, by=by, session=session.pk)
        _registrations().after_session_restored(session)
    return session


def remove_session(session: Session, *, by) -> None:
    """Remove a session that nobody has seen: the event is not public. Raises Conflict for a public one, which is cancelled."""
    _may_change(session.event, by)
    _refuse_change(session.event, by)
    with transaction.atomic():
        session = locked(session)
        if session.taken or _is_public(session.event):
            raise Conflict(
                _(
                    "People may already count on this session. Please cancel it instead, so that they hear of it."
                )
            )
        pk = session.pk
        session.delete()
        record("learning_events.remove_session", session.event, by=by, session=pk)


def copy_sessions(
    event: EventPage, moved: Iterable[tuple[Session, dt.datetime, dt.datetime]], *, by
) -> list[Session]:
    """Give a draft the sessions of another event at new times (aware); seats, room and place come along, bookings do not."""
    _may_change(event, by)
    copies = []
    for session, starts_at, ends_at in moved:
        facts = {name: getattr(session, name) for name in FACTS} | {
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        copies.append(Session(event=event, uid=_new_uid()))
        _write(copies[-1], facts)
    with transaction.atomic():
        _room_for(event, len(copies))
        Session.objects.bulk_create(copies)
        record("learning_events.repeat_sessions", event, by=by, rule="", sessions=len(copies))
    return copies


def remove_series(series: Recurrence, *, by) -> int:
    """Remove every session that a rule gave to an event that is not public; return how many."""
    removed = 0
    with transaction.atomic():
        for session in series.sessions.select_related("event"):
            remove_session(session, by=by)
            removed += 1
        series.delete()
    return removed


def _registrations():
    # Registrations lock sessions through this module, so they are looked up when they are needed.
    from learning_events.domain import registration

    return registration


def locked(session: Session) -> Session:
    """Return the session as it is now, held until the transaction ends; raises Missing."""
    found = (
        # Not its key: new registrations point to it, and a stream of them would keep others out for ever.
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event")
        .filter(pk=session.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _may_change(event: EventPage, by) -> None:
    if not may_change_event(by, event):
        raise NotAllowed(_("Only the people who organise this event may change it."))


def _refuse_change(event: EventPage, by) -> None:
    """Refuse organisers what would change behind the back of an editor, or after the deadline."""
    if may_run_festival(by):
        return
    if not event.live and standing_of(event).is_reviewed:
        raise Conflict(
            _("An editor looks at what you have handed in. Please wait, or take it back to change it."),
            code="in_review",
        )
    if event.live and changes_are_closed(festival_of(event)):
        raise Conflict(
            _("The deadline for changes is over. Please ask the festival's editors for the change."),
            code="closed",
        )


def _is_public(event: EventPage) -> bool:
    """Whether the event is public in any language."""
    return event.live or EventPage.objects.filter(translation_key=event.translation_key, live=True).exists()


def _room_for(event: EventPage, more: int) -> None:
    if sessions_of(event).count() + more > MOST_SESSIONS:
        raise Conflict(
            _("An event has at most %(most)s sessions. Please write another event for the rest.")
            % {"most": MOST_SESSIONS},
            field="rule",
        )


def _likeness(session: Session) -> tuple:
    return session.starts_at, session.ends_at, session.place_id, session.room


def _end_on_the_clock(begin: dt.datetime, minutes: int, zone: ZoneInfo) -> dt.datetime:
    """Return the end that people read on the clock; where the clock leaves none after the begin, the length decides."""
    end = on_the_clock(begin.replace(tzinfo=None) + dt.timedelta(minutes=minutes), zone).astimezone(dt.UTC)
    start = begin.astimezone(dt.UTC)
    return end if end > start else start + dt.timedelta(minutes=minutes)


def _write(session: Session, facts: Mapping[str, Any]) -> None:
    """Take over the facts; raises Invalid naming the first wrong field."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ValueError(f"Not facts of a session: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(session, name, value)
    try:
        if session.starts_at is None or session.ends_at is None:
            raise ValidationError({"starts_at": _("Please say when the session begins and ends.")})
        _check_zone(session.zone)
        try:
            begin, end = clean_times(session.starts_at, session.ends_at, ZoneInfo(session.zone))
        except ValidationError as error:
            raise ValidationError({"ends_at": error.messages}) from None
        session.starts_at, session.ends_at = begin, end or begin
        session.full_clean(exclude=["event", "uid"], validate_unique=False, validate_constraints=False)
        if session.seats is not None and session.seats_kept > session.seats:
            raise ValidationError({"seats_kept": _("There are fewer seats than you want to keep.")})
    except ValidationError as error:
        raise invalid_from(error) from None


def _check_zone(zone: str) -> None:
    try:
        Session._meta.get_field("zone").run_validators(zone)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="zone") from None


def _new_uid() -> str:
    return uuid.uuid4().hex


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()
