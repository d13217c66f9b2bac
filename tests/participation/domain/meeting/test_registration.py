"""Seats for guests: given away in order, waited for, taken back."""

import pytest

from participation.domain.meeting import cancel_meeting, register_for, unregister_from
from participation.domain.meeting.planning import change_meeting, facts_of
from participation.enums import MeetingForm, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.models import Meeting
from tests.factories import ParticipantFactory
from tests.participation.meetings import keeper_of, let_in, make_committee, make_meeting, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


@pytest.fixture
def meeting(committee, keeper):
    return make_meeting(committee, by=keeper, takes_registrations=True, capacity=2, form=MeetingForm.HYBRID)


def states(meeting: Meeting) -> list[str]:
    return list(meeting.registrations.order_by("registered_at", "pk").values_list("state", flat=True))


def test_guests_take_seats_and_the_next_one_waits(meeting):
    people = [ParticipantFactory() for _number in range(3)]

    made = [register_for(meeting, by=person.user) for person in people]

    assert [each.state for each in made] == ["confirmed", "confirmed", "waiting"]
    meeting.refresh_from_db()
    assert meeting.taken == 2


def test_members_and_who_comes_online_take_no_seat(committee, meeting):
    member = seat(committee, "Mia Member").participant
    for person in [ParticipantFactory(), ParticipantFactory()]:
        register_for(meeting, by=person.user)

    of_committee = register_for(meeting, by=member.user)
    online = register_for(meeting, by=ParticipantFactory().user, comes_online=True)

    assert (of_committee.state, online.state) == ("confirmed", "confirmed")
    meeting.refresh_from_db()
    assert meeting.taken == 2


def test_a_freed_seat_goes_to_the_first_in_line_who_is_told(meeting, clock):
    first, second, third, fourth = [ParticipantFactory() for _number in range(4)]
    for person in (first, second, third, fourth):
        clock.shift(1)
        register_for(meeting, by=person.user)

    unregister_from(meeting, by=first.user)

    assert states(meeting) == ["cancelled", "confirmed", "confirmed", "waiting"]
    assert third.notifications.filter(title__startswith="A seat is free").exists()
    clock.shift(1)
    assert register_for(meeting, by=first.user).state == "waiting"
    assert meeting.registrations.order_by("registered_at").last().participant == first


def test_more_seats_let_in_who_waits_and_fewer_than_taken_are_refused(meeting, keeper):
    from dataclasses import replace

    for _number in range(3):
        register_for(meeting, by=ParticipantFactory().user)
    meeting.refresh_from_db()

    with pytest.raises(Invalid) as refusal:
        change_meeting(
            meeting, by=keeper, facts=replace(facts_of(meeting), capacity=1), version=meeting.version
        )
    change_meeting(meeting, by=keeper, facts=replace(facts_of(meeting), capacity=3), version=meeting.version)

    assert refusal.value.field == "capacity"
    assert states(meeting) == ["confirmed"] * 3


def test_refusals(meeting, keeper, clock, stranger):
    person = ParticipantFactory().user
    hidden = make_committee(Privacy.PRIVATE, "hidden")
    their = make_meeting(hidden, by=let_in(hidden, 30).user, takes_registrations=True)
    draft = make_meeting(meeting.committee, by=keeper, announced=False, takes_registrations=True)
    without = make_meeting(meeting.committee, by=keeper)

    for wrong, error in ((their, Missing), (draft, Missing), (without, Conflict)):
        with pytest.raises(error):
            register_for(wrong, by=person)
    cancel_meeting(meeting, by=keeper, because="Rain")
    with pytest.raises(Conflict):
        register_for(meeting, by=person)
    with pytest.raises(Missing):
        unregister_from(meeting, by=stranger)
