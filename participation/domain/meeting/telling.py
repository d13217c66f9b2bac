"""What people are told of meetings: a notice each, a mail for who wants it, and the meeting for their calendars."""

import datetime as dt

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.domain.notification import notify, notify_many
from participation.enums import MeetingState, RegistrationState
from participation.foundation.clock import database_now
from participation.models import Meeting, MeetingRegistration, Participant
from participation.queries.attendance import people_of
from participation.queries.meeting import path_of, when_words, where_words

KIND = "participation.meeting"
REMIND_BEFORE = dt.timedelta(hours=24)
_lazily = lazy(lambda write: write(), str)


def invited(meeting: Meeting):
    """Return whom a meeting concerns: the committee's people and who is registered or waits."""
    people = people_of(meeting.committee, meeting.starts_at.date())
    registered = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    return Participant.objects.filter(
        Q(pk__in=people.values("pk")) | Q(pk__in=registered.values("participant"))
    )


def announced(meeting: Meeting) -> None:
    _tell(meeting, _("Invitation: %(title)s"), "announced")


def changed(meeting: Meeting) -> None:
    _tell(meeting, _("Changed: %(title)s"), f"changed-{meeting.sequence}")


def cancelled(meeting: Meeting) -> None:
    _tell(meeting, _("Cancelled: %(title)s"), "cancelled", because=meeting.cancelled_because)


def registered(registration: MeetingRegistration) -> None:
    """Confirm a registration, or a place on the waiting list."""
    subject = (
        _("You are on the waiting list: %(title)s")
        if registration.state == RegistrationState.WAITING
        else _("You are registered: %(title)s")
    )
    _tell_one(registration, subject, registration.state)


def promoted(registration: MeetingRegistration) -> None:
    """Tell somebody who waited that a seat is theirs now."""
    _tell_one(registration, _("A seat is free for you: %(title)s"), "promoted")


def remind_of_meetings() -> int:
    """Remind everybody concerned of each announced meeting that begins within a day, once; return how many were told.

    A meeting that moves is another time to be reminded of. Run it every hour or so: more often does no harm.
    """
    now = database_now()
    soon = Meeting.objects.filter(
        state=MeetingState.ANNOUNCED, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE
    )
    told = 0
    for meeting in soon.select_related("committee").order_by("starts_at", "pk"):
        told += _tell(
            meeting, _("Reminder: %(title)s"), f"reminder-{meeting.starts_at:%Y%m%d%H%M}", calendar=False
        )
    return told


def _tell(meeting: Meeting, subject, event: str, *, because: str = "", calendar: bool = True) -> int:
    return notify_many(
        invited(meeting),
        kind=KIND,
        title=subject % {"title": meeting.title},
        text=_words(meeting, because),
        path=path_of(meeting),
        dedupe_key=f"meeting-{meeting.pk}-{event}",
        meeting=meeting if calendar else None,
    )


def _tell_one(registration: MeetingRegistration, subject, event: str) -> None:
    meeting = registration.meeting
    notify(
        registration.participant,
        kind=KIND,
        title=subject % {"title": meeting.title},
        text=_words(meeting, ""),
        path=path_of(meeting),
        dedupe_key=f"registration-{registration.pk}-{event}-{database_now():%Y%m%d%H%M%S%f}",
        meeting=meeting,
    )


def _words(meeting: Meeting, because: str):
    def write() -> str:
        lines = [str(meeting.committee.title), when_words(meeting), where_words(meeting)]
        if because:
            lines.append(_now("Reason: %(reason)s") % {"reason": because})
        return "\n".join(filter(None, lines))

    return _lazily(write)
