"""Who the members of a committee are on a day, and who of them was at its meetings."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from participation.enums import AccessLevel, AttendanceState, MeetingState, SeatRole
from participation.models import Attendance, Committee, CommitteeAccess, Meeting, Membership, Participant

THERE = (AttendanceState.PRESENT, AttendanceState.REMOTE)


def members_on(committee: Committee, day: dt.date) -> QuerySet[Membership]:
    """Return the memberships whose term runs on that day, in the order of the seats."""
    return Membership.objects.on(day).filter(committee=committee).select_related("seat", "participant")


def people_of(committee: Committee, day: dt.date) -> QuerySet[Participant]:
    """Return whom a committee's meetings concern: its members, and who takes part in it.

    A member of a private committee who has no access to it may not know what it does, and is left out.
    """
    accesses = CommitteeAccess.objects.filter(committee=committee)
    concerned = Q(pk__in=members_on(committee, day).values("participant")) | Q(
        pk__in=accesses.filter(level__gte=AccessLevel.TAKE_PART).values("participant")
    )
    people = Participant.objects.filter(concerned)
    return people.filter(pk__in=accesses.values("participant")) if committee.is_private else people


@dataclass(frozen=True)
class Quorum:
    """How many members with a vote are there, of how many, and how many it needs."""

    present: int
    members: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed


def needed_for_quorum(members: int, percent: int) -> int:
    """Return how many must be there: more than `percent` of the members, all of them at 100, nobody at 0.

    >>> needed_for_quorum(9, 50), needed_for_quorum(10, 50), needed_for_quorum(5, 100), needed_for_quorum(5, 0)
    (5, 6, 5, 0)
    """
    return 0 if percent == 0 else min(members, members * percent // 100 + 1)


def present_voters(meeting: Meeting) -> QuerySet[Attendance]:
    """Return the attendances of members with a vote who are there now."""
    return meeting.attendances.filter(
        membership__isnull=False, state__in=THERE, arrived_at__isnull=False, left_at=None
    ).exclude(membership__seat__role=SeatRole.ADVISER)


def quorum_of(meeting: Meeting) -> Quorum:
    """Return the quorum as attendance is noted now; members are those whom the attendance list names."""
    listed = meeting.attendances.filter(membership__isnull=False).exclude(
        membership__seat__role=SeatRole.ADVISER
    )
    members = listed.count()
    needed = needed_for_quorum(members, meeting.committee.quorum_percent)
    return Quorum(present_voters(meeting).count(), members, needed)


def attendance_figures(committee: Committee) -> QuerySet[Any]:
    """Return the meetings that were held, the newest first, with how many members and guests came (for exports)."""
    came = Q(attendances__state__in=THERE)
    is_member = Q(attendances__membership__isnull=False)
    return (
        committee.meetings.filter(state=MeetingState.ENDED)
        .annotate(
            members=Count("attendances", filter=is_member),
            members_came=Count("attendances", filter=is_member & came),
            members_excused=Count(
                "attendances", filter=is_member & Q(attendances__state=AttendanceState.EXCUSED)
            ),
            guests_came=Count("attendances", filter=~is_member & came),
        )
        .order_by("-starts_at", "pk")
    )
