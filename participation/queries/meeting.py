"""Which meetings a person may know of, and when and where they are, in words."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participation.enums import AccessLevel, MeetingForm, MeetingState, RegistrationState
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.zones import city_zone
from participation.models import Committee, DateAnswer, DateOption, DatePoll, Meeting, MeetingRegistration
from participation.queries.attendance import people_of
from participation.queries.committee import committees_of, public_committees, readable_committees
from participation.rules import may_keep_committee, may_read_committee

ONLINE_SHOWN_BEFORE = dt.timedelta(days=1)
MOST_IN_CALENDAR = 1000
COMING = (MeetingState.ANNOUNCED, MeetingState.RUNNING)


def meetings_of(user, committee: Committee) -> QuerySet[Meeting]:
    """Return a committee's meetings that `user` may know of: those being planned are its keepers' alone."""
    if not may_read_committee(user, committee):
        return Meeting.objects.none()
    meetings = Meeting.objects.filter(committee=committee)
    return meetings if may_keep_committee(user, committee) else meetings.exclude(state=MeetingState.DRAFT)


def meeting_for(user, committee: Committee, pk: int) -> Meeting:
    """Return one of the committee's meetings; raises Missing for one that `user` may not know of."""
    meeting = meetings_of(user, committee).filter(pk=pk).first() if pk < 2**63 else None
    if meeting is None:
        raise Missing
    meeting.committee = committee
    return meeting


def coming_first(meetings: QuerySet[Meeting], now: dt.datetime) -> QuerySet[Meeting]:
    """Return those that are not over, the next first, cancelled ones in their place."""
    return meetings.filter(ends_at__gt=now).exclude(state=MeetingState.ENDED).order_by("starts_at", "pk")


def past(meetings: QuerySet[Meeting], now: dt.datetime) -> QuerySet[Meeting]:
    """Return those that are over, the latest first."""
    return meetings.filter(Q(ends_at__lte=now) | Q(state=MeetingState.ENDED)).order_by("-starts_at", "-pk")


def public_meetings() -> QuerySet[Meeting]:
    """Return the meetings that everybody may know of, with their committees."""
    return (
        Meeting.objects.filter(committee__in=public_committees())
        .exclude(state=MeetingState.DRAFT)
        .select_related("committee")
    )


def readable_meetings(user) -> QuerySet[Meeting]:
    """Return the announced and past meetings of all committees that `user` may know of."""
    return (
        Meeting.objects.filter(committee__in=readable_committees(user))
        .exclude(state=MeetingState.DRAFT)
        .select_related("committee")
    )


def own_meetings(user) -> QuerySet[Meeting]:
    """Return the announced and past meetings of the published committees that `user` is in, private ones too."""
    own = Committee.objects.live().filter(pk__in=committees_of(user, AccessLevel.READ))
    return (
        Meeting.objects.filter(committee__in=own)
        .exclude(state=MeetingState.DRAFT)
        .select_related("committee__locale")
    )


def in_calendars(meetings: QuerySet[Meeting], *, now: dt.datetime | None = None) -> QuerySet[Meeting]:
    """Return those of the last year and all to come, at most a thousand, the latest first: what a calendar shows."""
    since = (now or database_now()) - dt.timedelta(days=366)
    return meetings.filter(ends_at__gt=since).order_by("-starts_at", "-pk")[:MOST_IN_CALENDAR]


def next_meeting(committee: Committee, *, now: dt.datetime | None = None) -> Meeting | None:
    """Return the next meeting that is being planned or announced: where what is open returns to."""
    return (
        committee.meetings.filter(
            state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED), ends_at__gt=now or database_now()
        )
        .order_by("starts_at", "pk")
        .first()
    )


def registration_of(meeting: Meeting, user) -> MeetingRegistration | None:
    """Return the person's own registration, unless it is cancelled."""
    person = getattr(user, "participant", None)
    if person is None:
        return None
    live = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
    return live.filter(participant=person).first()


def place_in_line(registration: MeetingRegistration) -> int:
    """Return the number in line of somebody who waits; the first is 1."""
    before = Q(registered_at__lt=registration.registered_at) | Q(
        registered_at=registration.registered_at, pk__lt=registration.pk
    )
    waiting = MeetingRegistration.objects.filter(
        meeting=registration.meeting_id, state=RegistrationState.WAITING
    )
    return waiting.filter(before).count() + 1


def sees_online_address(user, meeting: Meeting, *, now: dt.datetime) -> bool:
    """Say whether the address of the video call is shown: from a day before, to its people and who registered."""
    if not meeting.online_url or meeting.state not in COMING:
        return False
    if may_keep_committee(user, meeting.committee):
        return True
    person = getattr(user, "participant", None)
    if person is None or now < meeting.starts_at - ONLINE_SHOWN_BEFORE or now > meeting.ends_at:
        return False
    registration = registration_of(meeting, user)
    if registration is not None and registration.state == RegistrationState.CONFIRMED:
        return True
    return people_of(meeting.committee, meeting.starts_at.date()).filter(pk=person.pk).exists()


# --- when and where, in words ---


def local(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return an aware moment on the clock of the zone."""
    return moment.astimezone(ZoneInfo(zone))


def span_words(starts_at: dt.datetime, ends_at: dt.datetime, zone: str) -> str:
    """Return "Tuesday, 1 December 2026, 19:00–21:00", with the name of the zone where it is not the city's."""
    start, end = local(starts_at, zone), local(ends_at, zone)
    words = f"{day_words(start)}, {_clock(start)}–"
    words += _clock(end) if start.date() == end.date() else f"{day_words(end)}, {_clock(end)}"
    return words if zone == city_zone() else f"{words} ({zone})"


def day_words(day: dt.date | dt.datetime) -> str:
    """Return the weekday and the date as the language writes them."""
    plain = day.replace(tzinfo=None) if isinstance(day, dt.datetime) else day
    return f"{date_format(plain, 'l')}, {date_format(plain, 'DATE_FORMAT')}"


def _clock(moment: dt.datetime) -> str:
    return date_format(moment.replace(tzinfo=None), "TIME_FORMAT")


def when_words(meeting: Meeting) -> str:
    """Return when a meeting is, on its own clock."""
    return span_words(meeting.starts_at, meeting.ends_at, meeting.zone)


def where_words(meeting: Meeting) -> str:
    """Return where a meeting is; never the address of a video call."""
    place = ", ".join(filter(None, (meeting.venue_name, meeting.venue_address)))
    if meeting.form == MeetingForm.ONLINE:
        return _("online")
    if meeting.form == MeetingForm.HYBRID:
        return _("%(place)s, and online") % {"place": place} if place else _("in person and online")
    return place


def path_of(meeting: Meeting) -> str:
    """Return the path of a meeting's page."""
    return meeting.committee.url_of("meeting", meeting.pk)


# --- searches for a date ---


def open_polls(user, committee: Committee) -> QuerySet[DatePoll]:
    """Return the searches for a date that are still on, for who may read the committee."""
    if not may_read_committee(user, committee):
        return DatePoll.objects.none()
    return DatePoll.objects.filter(committee=committee, closed_at=None)


def poll_for(user, committee: Committee, pk: int) -> DatePoll:
    """Return a search for a date with its options, their answers and counts, in the order of time; raises Missing."""
    options = DateOption.objects.annotate(
        yes=Count("answers", filter=Q(answers__choice="yes")),
        maybe=Count("answers", filter=Q(answers__choice="maybe")),
        no=Count("answers", filter=Q(answers__choice="no")),
    ).prefetch_related(Prefetch("answers", DateAnswer.objects.select_related("participant")))
    poll = (
        DatePoll.objects.filter(committee=committee, pk=pk)
        .prefetch_related(Prefetch("options", options))
        .first()
        if pk < 2**63 and may_read_committee(user, committee)
        else None
    )
    if poll is None:
        raise Missing
    poll.committee = committee
    return poll
