"""Pages of meetings: what they cost, and what they say to whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain.agenda import add_item
from participation.domain.meeting import register_for
from participation.domain.motion import move_motion, open_vote
from participation.enums import MeetingForm, VoteMethod
from participation.models import Meeting, MotionVote
from tests.factories import ParticipantFactory
from tests.participation.meetings import (
    a_motion,
    in_session,
    keeper_of,
    let_in,
    make_committee,
    make_meeting,
    the_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def cost(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_lists_cost_the_same_with_one_meeting_and_with_ten(client, committee, keeper):
    make_meeting(committee, by=keeper)
    few = cost(client, committee.url_of("meetings"))
    for day in range(8, 17):
        make_meeting(committee, by=keeper, days=day)

    assert cost(client, committee.url_of("meetings")) == few
    assert cost(client, committee.url_of("meetings_calendar")) == cost(
        client, committee.url_of("meetings_calendar")
    )


def test_running_a_meeting_costs_the_same_with_more_items_and_motions(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    a_motion(meeting, by=keeper)
    client, path = signed_in(keeper), committee.url_of("run_meeting", meeting.pk)
    few, few_outside = cost(client, path), cost(Client(), committee.url_of("meeting", meeting.pk))
    for number in range(8):
        item = add_item(meeting, by=keeper, title=f"Item {number}")
        move_motion(item, by=keeper, title="Something", text="We do it.")
        a_motion(meeting, by=keeper, title=f"More {number}")

    assert cost(client, path) <= few + 1
    assert cost(Client(), committee.url_of("meeting", meeting.pk)) == few_outside


def test_the_video_call_is_shown_to_its_people_from_a_day_before(committee, keeper, clock, client):
    address = "https://call.example.org/secret-room"
    meeting = make_meeting(
        committee, by=keeper, days=3, form=MeetingForm.HYBRID, online_url=address, takes_registrations=True
    )
    guest, member = ParticipantFactory().user, let_in(committee).user
    register_for(meeting, by=guest, comes_online=True)
    people = {
        "stranger": client,
        "other": signed_in(ParticipantFactory().user),
        "guest": signed_in(guest),
        "member": signed_in(member),
    }
    path = committee.url_of("meeting", meeting.pk)

    early = {name for name, each in people.items() if address in each.get(path).content.decode()}
    clock.shift(dt.timedelta(days=2, hours=1))
    late = {name for name, each in people.items() if address in each.get(path).content.decode()}

    assert (early, late) == (set(), {"guest", "member"})
    assert address not in client.get(committee.url_of("meeting_calendar", meeting.pk)).content.decode()


def test_a_member_votes_on_the_meetings_page_and_sees_no_counts_before_the_close(committee, keeper, client):
    meeting, members = in_session(committee, by=keeper, members=3)
    motion = open_vote(a_motion(meeting, by=keeper, method=VoteMethod.SECRET), by=keeper)
    own = signed_in(members[0].participant.user)
    path = committee.url_of("meeting", meeting.pk)
    assert "Cast my vote" in own.get(path).content.decode()
    assert "Cast my vote" not in client.get(path).content.decode()

    answer = own.post(committee.url_of("cast_vote", meeting.pk, motion.pk), {"choice": "no"})

    assert (answer.status_code, MotionVote.objects.get().choice) == (302, "")
    shown = own.get(path).content.decode()
    assert "You have voted." in shown
    assert "1 has voted so far." in shown
    assert (
        own.post(committee.url_of("cast_vote", meeting.pk, motion.pk), {"choice": "yes"}).status_code == 409
    )


def test_a_series_is_planned_by_a_form_and_a_missing_hour_is_refused(committee, keeper):
    client, path = signed_in(keeper), committee.url_of("new_meeting")
    sent = {
        "title": "Every second Tuesday", "day": "2026-05-12", "begin": "19:00", "end": "21:00", "form": "in-person",
        "repeat": "monthly", "until": "2026-08-31", "closes_days_before": "3",
    }  # fmt: skip

    assert (
        client.post(path, {**sent, "day": "2027-03-28", "begin": "02:30", "repeat": "once"}).status_code
        == 400
    )
    assert client.post(path, {**sent, "until": ""}).status_code == 400
    assert not Meeting.objects.exists()
    assert client.post(path, sent).status_code == 302

    meetings = list(Meeting.objects.order_by("starts_at"))
    assert [timezone.localtime(each.starts_at).date().isoformat() for each in meetings] == [
        "2026-05-12",
        "2026-06-09",
        "2026-07-14",
        "2026-08-11",
    ]
    assert all(each.starts_at - each.agenda_closes_at == dt.timedelta(days=3) for each in meetings)


def test_two_who_change_a_meeting_get_a_word_and_keep_both_their_own(committee, keeper):
    meeting = make_meeting(committee, by=keeper)
    client, path = signed_in(keeper), committee.url_of("change_meeting", meeting.pk)
    sent = {
        "title": "First", "day": "2026-05-12", "begin": "19:00", "end": "21:00", "form": "in-person",
        "version": meeting.version,
    }  # fmt: skip
    assert client.post(path, sent).status_code == 302

    answer = client.post(path, {**sent, "title": "Second"})

    assert answer.status_code == 400
    assert "Somebody else has changed this meeting meanwhile." in answer.content.decode()
    assert Meeting.objects.get().title == "First"


def test_notes_of_two_people_are_both_shown_with_and_without_a_script(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    item = the_item(meeting)
    client, path = signed_in(keeper), committee.url_of("meeting_notes", meeting.pk, item.pk)
    json = {"headers": {"Accept": "application/json"}}
    assert client.post(path, {"notes": "First", "version": "0"}, **json).json() == {"version": 1}

    told = client.post(path, {"notes": "Second", "version": "0"}, **json)
    shown = client.post(path, {"notes": "Second", "version": "0"})

    assert (told.status_code, told.json()["text"], told.json()["version"]) == (409, "First", 1)
    assert shown.status_code == 409
    assert "First" in shown.content.decode()
    assert "Second" in shown.content.decode()
    for version in ("", "x", "-1", "9" * 40):
        assert client.post(path, {"notes": "Third", "version": version}, **json).status_code == 409
