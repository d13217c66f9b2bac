"""A month without a secretary: what is due in a committee, in words and with the page where it is done."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.enums import ActionState, MeetingState, MinutesState, MotionState
from participation.foundation.committee_work import Due, all_work
from participation.models import Committee, Membership, Minutes, Motion

ANNOUNCE_BEFORE = dt.timedelta(days=21)
MEETS_EVERY = dt.timedelta(days=92)
SEATS_END_WITHIN = dt.timedelta(days=60)
MOST = 20


def due_for(committee: Committee, now: dt.datetime) -> list[Due]:
    """Return what is due in a committee, late things first; a constant number of queries."""
    found = [
        *_meetings(committee, now),
        *_minutes(committee, now),
        *_actions(committee, now),
        *_seats(committee, now),
        *_not_seated(committee, now),
        *(each for work in all_work() for each in work.due(committee, now)),
    ]
    return sorted(found, key=lambda each: not each.is_late)


def _meetings(committee: Committee, now: dt.datetime) -> list[Due]:
    found = []
    for meeting in committee.meetings.filter(
        state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.RUNNING)
    ).order_by("starts_at")[:MOST]:
        path, day = committee.url_of("meeting", meeting.pk), date_format(meeting.starts_at, "DATE_FORMAT")
        told = {"title": meeting.title, "day": day}
        if meeting.state == MeetingState.RUNNING and meeting.ends_at < now - dt.timedelta(hours=12):
            found.append(
                Due(_("Close the meeting “%(title)s” of %(day)s: it is still in session.") % told, path, True)
            )
        elif meeting.state == MeetingState.ANNOUNCED and meeting.ends_at < now:
            found.append(
                Due(
                    _("Say what came of the meeting “%(title)s” of %(day)s: it was never opened.") % told,
                    path,
                    True,
                )
            )
        elif meeting.state == MeetingState.DRAFT and meeting.starts_at < now + ANNOUNCE_BEFORE:
            found.append(
                Due(_("Announce the meeting “%(title)s” of %(day)s.") % told, path, meeting.starts_at < now)
            )
        elif (
            meeting.state == MeetingState.ANNOUNCED
            and meeting.agenda_published_at is None
            and meeting.starts_at < now + dt.timedelta(days=7)
        ):
            found.append(
                Due(
                    _("Publish the agenda of the meeting “%(title)s” of %(day)s.") % told,
                    committee.url_of("agenda", meeting.pk),
                )
            )
    is_planned = committee.meetings.filter(
        state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED),
        starts_at__gte=now,
        starts_at__lt=now + MEETS_EVERY,
    )
    if not is_planned.exists():
        found.append(
            Due(
                _("Plan the next meeting: none is planned for the next three months."),
                committee.url_of("new_meeting"),
            )
        )
    return found


def _minutes(committee: Committee, now: dt.datetime) -> list[Due]:
    found = []
    without = committee.meetings.filter(
        state=MeetingState.ENDED, minutes=None, starts_at__gte=now - dt.timedelta(days=730)
    )
    for meeting in without.order_by("starts_at")[:MOST]:
        told = {"title": meeting.title, "day": date_format(meeting.starts_at, "DATE_FORMAT")}
        found.append(
            Due(
                _("Draft the minutes of “%(title)s” of %(day)s.") % told,
                committee.url_of("run_meeting", meeting.pk),
                meeting.ends_at < now - dt.timedelta(days=30),
            )
        )
    words = {
        MinutesState.DRAFT: _("Check the minutes of “%(title)s” of %(day)s."),
        MinutesState.CHECKED: _("Let a meeting approve the minutes of “%(title)s” of %(day)s."),
        MinutesState.APPROVED: _("Publish the minutes of “%(title)s” of %(day)s."),
    }
    rows = Minutes.objects.filter(meeting__committee=committee, state__in=words).select_related("meeting")
    for minutes in rows.order_by("meeting__starts_at")[:MOST]:
        meeting = minutes.meeting
        told = {"title": meeting.title, "day": date_format(meeting.starts_at, "DATE_FORMAT")}
        found.append(
            Due(
                words[MinutesState(minutes.state)] % told,
                committee.url_of("minutes", meeting.pk),
                meeting.ends_at < now - dt.timedelta(days=90),
            )
        )
    return found


def _actions(committee: Committee, now: dt.datetime) -> list[Due]:
    late = committee.actions.filter(state=ActionState.OPEN, due_on__lt=now.date()).count()
    if not late:
        return []
    words = ngettext(
        "%(number)d thing that somebody wanted to do is overdue.",
        "%(number)d things that people wanted to do are overdue.",
        late,
    )
    return [Due(words % {"number": late}, committee.url_of("actions"), True)]


def _seats(committee: Committee, now: dt.datetime) -> list[Due]:
    today = now.date()
    # A term that somebody else's term in the same seat follows is taken care of.
    ending = Membership.objects.filter(
        committee=committee, until_on__gte=today, until_on__lte=today + SEATS_END_WITHIN
    ).exclude(seat__memberships__from_on__gt=today)
    return [
        Due(
            _("The term of %(name)s ends on %(day)s. Plan an election, or prolong it.")
            % {"name": member.name, "day": date_format(member.until_on, "DATE_FORMAT")},
            committee.url or "/",
        )
        for member in ending.order_by("until_on", "pk")[:MOST]
        if member.until_on is not None
    ]


def _not_seated(committee: Committee, now: dt.datetime) -> list[Due]:
    """Return the elections that were adopted and gave nobody the seat, until the person has it or a year has passed."""
    has_it = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=now.date()),
        seat=OuterRef("elects_seat"),
        participant=OuterRef("candidate"),
    )
    elections = Motion.objects.filter(
        ~Exists(has_it),
        item__meeting__committee=committee,
        state=MotionState.ADOPTED,
        elects_seat__isnull=False,
        elects_seat__is_abolished=False,
        candidate__isnull=False,
        elected=None,
        vote_closed_at__gte=now - dt.timedelta(days=365),
    ).select_related("candidate")
    return [
        Due(
            _("%(name)s was elected (“%(title)s”) but has no seat yet. Seat the person by hand.")
            % {"name": motion.candidate.display_name, "title": motion.title},
            committee.url_of("seat", motion.elects_seat_id),
            True,
        )
        for motion in elections.order_by("vote_closed_at", "pk")[:MOST]
        if motion.candidate is not None
    ]
