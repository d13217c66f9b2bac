"""Planning, announcing, changing and cancelling; what calendars and people hear of it."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail

from participation.calendars import calendar_of, invitation_of
from participation.domain.mail import send_outgoing_mail
from participation.domain.meeting import (
    announce_meeting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    plan_series,
    remind_of_meetings,
)
from participation.domain.meeting.planning import facts_of
from participation.enums import AccessLevel, MeetingState, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import CommitteeAccess, Meeting, Notification, OutgoingMail
from tests.participation.meetings import facts, keeper_of, let_in, make_committee, make_meeting, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


def entries(content: bytes) -> list:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_an_announced_meeting_invites_its_people_with_a_calendar(committee, keeper):
    member = seat(committee, "Mia Member")
    let_in(committee, AccessLevel.READ, "Rolf Reader")

    meeting = make_meeting(committee, by=keeper, title="Budget evening")
    send_outgoing_mail()

    assert meeting.state == MeetingState.ANNOUNCED
    assert {each.to[0] for each in mail.outbox} == {keeper.email, member.participant.user.email}
    attached = [
        part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"
    ]
    assert attached[0].get_param("method") == "REQUEST"
    (event,) = entries(attached[0].get_payload(decode=True))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (meeting.uid, 0, "CONFIRMED")
    assert event["ATTENDEE"] == f"mailto:{mail.outbox[0].to[0]}"


def test_changes_that_matter_raise_the_sequence_and_are_told(committee, keeper):
    member = seat(committee, "Mia Member").participant
    meeting = make_meeting(committee, by=keeper)

    later = replace(facts_of(meeting), starts_at=meeting.starts_at + dt.timedelta(hours=1))
    meeting = change_meeting(meeting, by=keeper, facts=later, version=meeting.version)
    meeting = change_meeting(
        meeting, by=keeper, facts=replace(facts_of(meeting), text="Bring cups."), version=meeting.version
    )

    assert meeting.sequence == 1
    titles = member.notifications.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["Invitation: Meeting", "Changed: Meeting"]


def test_two_who_change_the_same_version_do_not_overwrite_each_other(committee, keeper):
    meeting = make_meeting(committee, by=keeper)
    seen = meeting.version
    change_meeting(meeting, by=keeper, facts=replace(facts_of(meeting), title="First"), version=seen)

    with pytest.raises(Conflict) as refusal:
        change_meeting(meeting, by=keeper, facts=replace(facts_of(meeting), title="Second"), version=seen)

    assert refusal.value.code == "version"
    assert Meeting.objects.get().title == "First"


def test_a_cancelled_meeting_stays_in_calendars_as_cancelled(committee, keeper):
    member = seat(committee, "Mia Member").participant
    meeting = make_meeting(committee, by=keeper)
    send_outgoing_mail()
    mail.outbox.clear()

    cancel_meeting(meeting, by=keeper, because="The hall is flooded")
    send_outgoing_mail()

    meeting.refresh_from_db()
    (event,) = entries(calendar_of([meeting], name="x"))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert invitation_of(meeting, attendee="a@example.org")[1] == "CANCEL"
    letter = next(each for each in mail.outbox if each.to == [member.user.email])
    assert "The hall is flooded" in letter.body
    assert 'method="CANCEL"' in letter.message().as_string()
    with pytest.raises(Conflict):
        announce_meeting(meeting, by=keeper)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"hours": -1}, "ends_at"),
        ({"hours": 200}, "ends_at"),
        ({"online_url": "https://call.example.org"}, "online_url"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"venue_name": "x" * 161}, "venue_name"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(committee, keeper, wrong, field):
    with pytest.raises(Invalid) as refusal:
        plan_meeting(committee, by=keeper, facts=facts(**wrong))

    assert refusal.value.field == field
    assert not Meeting.objects.exists()


def test_only_keepers_plan_and_a_private_committee_is_not_there_for_others(committee, citizen):
    member = let_in(committee).user
    hidden = make_committee(Privacy.PRIVATE, "hidden")

    with pytest.raises(NotAllowed):
        plan_meeting(committee, by=member, facts=facts())
    with pytest.raises(Missing):
        plan_meeting(hidden, by=citizen, facts=facts())


# Berlin: clocks go forward on 2027-03-28 (02:00 to 03:00) and back on 2026-10-25 (03:00 to 02:00).
@pytest.mark.parametrize(
    ("zone", "first_on", "begins", "expected"),
    [
        ("Europe/Berlin", dt.date(2026, 10, 18), dt.time(19), ["17:00", "18:00", "18:00"]),
        ("Europe/Berlin", dt.date(2027, 3, 21), dt.time(2, 30), ["01:30", "01:30", "00:30"]),
        ("Europe/Berlin", dt.date(2026, 10, 18), dt.time(2, 30), ["00:30", "00:30", "01:30"]),
        ("Asia/Kathmandu", dt.date(2026, 10, 18), dt.time(19), ["13:15", "13:15", "13:15"]),
    ],
)
def test_F10_a_series_keeps_its_hour_over_both_nights_of_the_clock(
    committee, keeper, zone, first_on, begins, expected
):
    start = dt.datetime.combine(first_on, begins, ZoneInfo(zone))
    meetings = plan_series(
        committee,
        by=keeper,
        facts=facts(starts_at=start, zone=zone),
        rule="FREQ=WEEKLY",
        first_on=first_on,
        begins=begins,
        until_on=first_on + dt.timedelta(days=14),
    )

    assert [f"{each.starts_at.astimezone(dt.UTC):%H:%M}" for each in meetings] == expected
    events = entries(calendar_of(meetings, name="x"))
    assert [event["DTSTART"].dt.astimezone(dt.UTC) for event in events] == [
        each.starts_at for each in meetings
    ]
    assert b"BEGIN:VTIMEZONE" in calendar_of(meetings, name="x")


def test_F10_leap_day_and_the_last_weekday_of_a_month(committee, keeper):
    meetings = plan_series(
        committee,
        by=keeper,
        facts=facts(starts_at=dt.datetime(2027, 12, 29, 18, tzinfo=dt.UTC)),
        rule="FREQ=MONTHLY;BYDAY=-1TU",
        first_on=dt.date(2027, 12, 1),
        begins=dt.time(18),
        until_on=dt.date(2028, 2, 29),
    )

    assert [each.starts_at.date() for each in meetings] == [
        dt.date(2027, 12, 28),
        dt.date(2028, 1, 25),
        dt.date(2028, 2, 29),
    ]


@pytest.mark.parametrize(
    ("rule", "days", "field"),
    [
        ("FREQ=SECONDLY", 10, "rule"),
        ("FREQ=WEEKLY;COUNT=3", 10, "rule"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 700, "rule"),
        ("nonsense", 10, "rule"),
        ("FREQ=DAILY;INTERVAL=0", 10, "rule"),
        ("FREQ=DAILY", 700, "until_on"),
        ("FREQ=WEEKLY", 800, "until_on"),
        ("FREQ=WEEKLY", -1, "until_on"),
    ],
)
def test_a_series_is_bounded(committee, keeper, rule, days, field):
    first = dt.date(2026, 6, 1)

    with pytest.raises(Invalid) as refusal:
        plan_series(
            committee,
            by=keeper,
            facts=facts(zone="UTC"),
            rule=rule,
            first_on=first,
            begins=dt.time(18),
            until_on=first + dt.timedelta(days=days),
        )

    assert refusal.value.field == field
    assert not Meeting.objects.exists()


def test_an_exception_of_a_series_is_a_change_of_one_meeting(committee, keeper):
    first, second = plan_series(
        committee,
        by=keeper,
        facts=facts(zone="UTC"),
        rule="FREQ=WEEKLY",
        first_on=dt.date(2026, 6, 1),
        begins=dt.time(18),
        until_on=dt.date(2026, 6, 8),
    )
    before = second.starts_at

    moved = replace(
        facts_of(first),
        starts_at=first.starts_at + dt.timedelta(hours=3),
        ends_at=first.ends_at + dt.timedelta(hours=3),
    )
    change_meeting(first, by=keeper, facts=moved, version=first.version)

    second.refresh_from_db()
    assert second.starts_at == before


def test_people_are_reminded_once_and_again_when_it_moves(committee, keeper, clock):
    seat(committee, "Mia Member")
    meeting = make_meeting(committee, by=keeper, days=3)
    assert remind_of_meetings() == 0

    clock.shift(dt.timedelta(days=2, hours=1))
    told = remind_of_meetings(), remind_of_meetings()
    later = replace(facts_of(meeting), starts_at=meeting.starts_at + dt.timedelta(minutes=30))
    change_meeting(meeting, by=keeper, facts=later, version=meeting.version)

    assert told == (2, 0)
    assert remind_of_meetings() == 2


def test_P16_a_mail_that_waits_is_dropped_for_who_was_put_out_of_a_private_committee(clock):
    committee = make_committee(Privacy.PRIVATE)
    keeper = keeper_of(committee)
    guest = let_in(committee, name="Gone Guest")
    make_meeting(committee, by=keeper)
    CommitteeAccess.objects.filter(participant=guest).delete()

    send_outgoing_mail()

    assert [each.to for each in mail.outbox] == [[keeper.email]]
    assert OutgoingMail.objects.exclude(dropped_because="").get().user == guest.user


def test_a_member_without_access_to_a_private_committee_is_told_nothing(clock):
    committee = make_committee(Privacy.PRIVATE)
    member = seat(committee, "Mia Member").participant
    CommitteeAccess.objects.filter(participant=member).delete()

    make_meeting(committee, by=keeper_of(committee))

    assert not Notification.objects.filter(participant=member).exists()
