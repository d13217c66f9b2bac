"""A meeting in session: opened and closed, who is there, and who stays out of an item."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.returning import bring_back
from participation.domain.rights import locked_meeting, refuse_unless_keeper
from participation.domain.room.events import note_meeting
from participation.enums import AgendaItemState, AttendanceState, MeetingState, MotionState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_line
from participation.models import AgendaItem, Attendance, Meeting, Membership, Motion, Recusal
from participation.queries.attendance import THERE, members_on

EARLIEST = dt.timedelta(hours=3)
MOST_GUESTS = 300


def open_meeting(meeting: Meeting, *, by) -> Meeting:
    """Open an announced meeting: the members of the day stand on its list as absent until somebody says they are there.

    Twice is as once. Raises Conflict for a meeting that is not announced, over, or begins in more than three hours.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state == MeetingState.RUNNING:
            return meeting
        if meeting.state != MeetingState.ANNOUNCED:
            raise Conflict(_("Only an announced meeting can be opened."))
        now = database_now()
        if now < meeting.starts_at - EARLIEST:
            raise Conflict(
                _("This meeting begins in more than three hours. Please open it when people are there.")
            )
        bring_back(meeting.committee)
        meeting.state, meeting.opened_at = MeetingState.RUNNING, now
        meeting.version += 1
        meeting.save(update_fields=["state", "opened_at", "version", "changed_at"])
        Attendance.objects.bulk_create(
            [
                Attendance(
                    meeting=meeting, membership=member, participant=member.participant, name=member.name
                )
                for member in members_on(meeting.committee, now.date())
            ],
            ignore_conflicts=True,
        )
        record("participation.meeting.open", meeting, by=by)
        note_meeting(meeting, "meeting-opened")
    return meeting


def close_meeting(meeting: Meeting, *, by) -> Meeting:
    """Close a meeting: motions that nobody came to are put off, and what is open returns on the next agenda.

    Twice is as once. Raises Conflict while a vote is on, or for a meeting that is not in session.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state == MeetingState.ENDED:
            return meeting
        if meeting.state != MeetingState.RUNNING:
            raise Conflict(_("This meeting is not in session."))
        motions = Motion.objects.filter(item__meeting=meeting)
        if motions.filter(state=MotionState.VOTING).exists():
            raise Conflict(_("A vote is still on. Please close it or break it off first."))
        now = database_now()
        motions.filter(state=MotionState.DRAFT, amends=None).update(state=MotionState.TABLED)
        motions.filter(state=MotionState.DRAFT).update(state=MotionState.WITHDRAWN)
        meeting.attendances.filter(state__in=THERE, left_at=None).update(left_at=now)
        meeting.agenda_items.filter(opened_at__isnull=False, closed_at=None).update(closed_at=now)
        meeting.state, meeting.closed_at = MeetingState.ENDED, now
        meeting.version += 1
        meeting.save(update_fields=["state", "closed_at", "version", "changed_at"])
        record("participation.meeting.close", meeting, by=by)
        note_meeting(meeting, "meeting-closed")
        bring_back(meeting.committee)
    return meeting


def note_attendance(meeting: Meeting, *, by, states: Mapping[int, str]) -> None:
    """Note who is there: attendance -> state. Coming and leaving get the time of the database.

    Raises Invalid for somebody who is not on the list or a state that there is not, Conflict for a meeting not in session.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(meeting)
        rows = {row.pk: row for row in meeting.attendances.filter(pk__in=states)}
        if set(rows) != set(states) or not set(states.values()) <= set(AttendanceState.values):
            raise Invalid(_("Please choose for each person on the list how they are there."), field="states")
        now = database_now()
        changed = {}
        for pk, state in states.items():
            row = rows[pk]
            if row.state == state and (row.left_at is None or state not in THERE):
                continue
            was_there, is_there = row.state in THERE and row.left_at is None, state in THERE
            if is_there and not was_there:
                row.arrived_at, row.left_at = row.arrived_at or now, None
            elif was_there and not is_there:
                # Who was there and left has been there: only a mistake of the list makes that undone.
                row.arrived_at = row.left_at = None
            row.state = state
            row.save(update_fields=["state", "arrived_at", "left_at"])
            changed[row.pk] = state
        if changed:
            record(
                "participation.meeting.attendance",
                meeting,
                by=by,
                changed={str(pk): to for pk, to in changed.items()},
            )


def note_leaving(attendance: Attendance, *, by) -> None:
    """Note that somebody who was there has left; what they have voted stands, the quorum counts without them."""
    refuse_unless_keeper(attendance.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(attendance.meeting)
        rows = meeting.attendances.filter(pk=attendance.pk, state__in=THERE, left_at=None)
        if rows.update(left_at=database_now()):
            record("participation.meeting.attendance", meeting, by=by, changed={str(attendance.pk): "left"})


def add_guest(meeting: Meeting, *, by, name: str, is_online: bool = False) -> Attendance:
    """Note a guest by name; raises Invalid (field "name")."""
    refuse_unless_keeper(meeting.committee, by)
    name = clean_line(name)
    if not name or len(name) > 80:
        raise Invalid(_("Please write the guest's name, in at most 80 characters."), field="name")
    with transaction.atomic():
        meeting = in_session(meeting)
        if meeting.attendances.filter(membership=None).count() >= MOST_GUESTS:
            raise Conflict(_("So many guests cannot be listed."))
        return Attendance.objects.create(
            meeting=meeting,
            name=name,
            state=AttendanceState.REMOTE if is_online else AttendanceState.PRESENT,
            arrived_at=database_now(),
        )


def recuse(item: AgendaItem, membership: Membership, *, by, reason: str) -> Recusal:
    """Note that a member stays out of an item for a conflict of interest: no vote on any of its motions.

    A member can say so for themselves, too. Raises Invalid (field "reason"), Conflict when they have voted in a vote that
    is on, or when the meeting is over; twice is as once.
    """
    meeting = item.meeting
    person = getattr(by, "participant", None)
    if person is None or membership.participant_id != person.pk:
        refuse_unless_keeper(meeting.committee, by)
    reason = clean_line(reason)
    if not reason or len(reason) > 300:
        raise Invalid(_("Please say what the conflict is, in at most 300 characters."), field="reason")
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state not in (MeetingState.ANNOUNCED, MeetingState.RUNNING):
            raise Conflict(_("This meeting is over; what happened in it stays as it is."))
        if membership.committee_id != meeting.committee_id or item.meeting_id != meeting.pk:
            raise Missing
        voting = Motion.objects.select_for_update().filter(item=item, state=MotionState.VOTING).first()
        if voting is not None and voting.votes.filter(membership=membership).exists():
            raise Conflict(
                _("This member has voted already. Break the vote off first, then note the conflict.")
            )
        recusal, is_new = Recusal.objects.get_or_create(
            item=item, membership=membership, defaults={"reason": reason}
        )
        if is_new:
            record("participation.meeting.recuse", meeting, by=by, item=item.pk, member=membership.pk)
    return recusal


def call_item(item: AgendaItem, *, by) -> AgendaItem:
    """Begin an item; the one before it ends. Raises Conflict for one that is not on the agenda, or a meeting not in session."""
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(item.meeting)
        item = _of_agenda(item, meeting)
        now = database_now()
        others = meeting.agenda_items.filter(opened_at__isnull=False, closed_at=None).exclude(pk=item.pk)
        others.exclude(pk=item.parent_id or 0).update(closed_at=now)
        item.opened_at, item.closed_at = item.opened_at or now, None
        item.save(update_fields=["opened_at", "closed_at"])
        note_meeting(meeting, "called", item=item.pk)
    return item


def save_notes(item: AgendaItem, *, by, text: str, version: int) -> int:
    """Keep the notes on an item that somebody saw in this `version`; return the new one.

    Raises Conflict (code "version", with `text` and `version` of what is there) when somebody else was quicker: nothing is
    overwritten that nobody has read. The same text again is no conflict: it came through, only the answer was lost.
    """
    refuse_unless_keeper(item.meeting.committee, by)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > 20_000:
        raise Invalid(_("These notes are too long. Please keep them below 20,000 characters."), field="text")
    with transaction.atomic():
        meeting = locked_meeting(item.meeting)
        if meeting.state not in (MeetingState.ANNOUNCED, MeetingState.RUNNING, MeetingState.ENDED):
            raise Conflict(_("Notes are taken at an announced meeting."))
        found = meeting.agenda_items.select_for_update().filter(pk=item.pk).first()
        if found is None:
            raise Missing
        if found.notes == text:
            return found.notes_version
        if found.notes_version != version:
            raise Conflict(
                _("Somebody else has changed these notes meanwhile. Both texts are below."),
                code="version",
                details={"text": found.notes, "version": found.notes_version},
            )
        found.notes, found.notes_version = text, version + 1
        found.save(update_fields=["notes", "notes_version"])
    return found.notes_version


def in_session(meeting: Meeting) -> Meeting:
    """Lock a meeting and return it; raises Conflict unless it is in session."""
    meeting = locked_meeting(meeting)
    if meeting.state != MeetingState.RUNNING:
        raise Conflict(_("This meeting is not in session. Open it first."))
    return meeting


def _of_agenda(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    found = meeting.agenda_items.filter(pk=item.pk, state=AgendaItemState.ON_AGENDA).first()
    if found is None:
        raise Conflict(_("This is not on the agenda."))
    found.meeting = meeting
    return found
