"""Committees with members, and meetings of theirs, for tests."""

import datetime as dt

from django.utils import timezone

from participation.domain.agenda import add_item
from participation.domain.attendance import note_attendance, open_meeting
from participation.domain.meeting import MeetingFacts, announce_meeting, plan_meeting
from participation.domain.motion import move_motion
from participation.enums import AccessLevel, AgendaItemKind, AttendanceState, Privacy, SeatRole
from participation.models import (
    AgendaItem,
    Committee,
    Meeting,
    Membership,
    Motion,
    Participant,
    Seat,
)
from tests import factories


def make_committee(privacy: str = Privacy.TRANSPARENT, slug: str = "harbour", **fields) -> Committee:
    """Return the harbour's committee."""
    title = fields.pop("title", "Harbour committee")
    return factories.make_committee(title, privacy=privacy, slug=slug, **fields)


def let_in(committee: Committee, level: int = AccessLevel.TAKE_PART, name: str = "", **fields) -> Participant:
    """Return somebody new with this access to the committee."""
    person = factories.ParticipantFactory(**({"display_name": name} if name else {}), **fields)
    return factories.let_in(committee, person, level)


def seat(
    committee: Committee, name: str, *, role: str = SeatRole.MEMBER, level: int = AccessLevel.TAKE_PART
) -> Membership:
    """Return the membership of somebody new, who has been in a seat of their own since 2020."""
    person = let_in(committee, level, name)
    return Membership.objects.create(
        committee=committee,
        seat=Seat.objects.create(committee=committee, role=role),
        participant=person,
        name=name,
        from_on=dt.date(2020, 1, 1),
    )


def keeper_of(committee: Committee):
    """Return the user of a secretary."""
    return let_in(committee, AccessLevel.KEEP, "Sam Secretary").user


def facts(days: float = 7, hours: float = 2, **more) -> MeetingFacts:
    """Return facts of a meeting that begins in so many days."""
    start = more.pop("starts_at", None) or timezone.now() + dt.timedelta(days=days)
    return MeetingFacts(
        **{"title": "Meeting", "starts_at": start, "ends_at": start + dt.timedelta(hours=hours), **more}
    )


def make_meeting(committee: Committee, *, by, days: float = 7, announced: bool = True, **more) -> Meeting:
    meeting = plan_meeting(committee, by=by, facts=facts(days, **more))
    return announce_meeting(meeting, by=by) if announced else meeting


def in_session(committee: Committee, *, by, members: int = 5, present: int | None = None):
    """Return (meeting in session that begins now, its members), of whom the first `present` (or all) are there."""
    people = [seat(committee, f"Member {number}") for number in range(1, members + 1)]
    meeting = make_meeting(committee, by=by, days=0.01)
    add_item(meeting, by=by, title="Paint the hall", kind=AgendaItemKind.DECISION)
    meeting = open_meeting(meeting, by=by)
    there = people if present is None else people[:present]
    rows = meeting.attendances.filter(membership__in=there).values_list("pk", flat=True)
    note_attendance(meeting, by=by, states=dict.fromkeys(rows, AttendanceState.PRESENT))
    return meeting, people


def the_item(meeting: Meeting) -> AgendaItem:
    """Return the item of `in_session`."""
    return AgendaItem.objects.select_related("meeting__committee").get(
        meeting=meeting, title="Paint the hall"
    )


def a_motion(meeting: Meeting, *, by, text: str = "We paint the hall green.", **more) -> Motion:
    return move_motion(the_item(meeting), by=by, **{"title": "Paint it", "text": text, **more})
