"""Coming into a committee: asked for, invited, answered; and who may do what there."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from participation.domain.access import set_access, take_access
from participation.domain.committee import change_settings
from participation.domain.joining import (
    accept_invitation,
    accept_request,
    ask_to_join,
    decline_request,
    invitation_behind,
    invite_person,
    take_back_invitation,
    withdraw_request,
)
from participation.domain.mail import send_outgoing_mail
from participation.domain.membership import add_seat, seat_person
from participation.enums import AccessLevel, JoinRequestState, Privacy, SeatRole
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Committee, CommitteeInvitation, Membership, Notification
from participation.queries.committee import readable_committees
from tests.factories import ParticipantFactory, let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return make_committee()


@pytest.fixture
def leader(committee):
    return let_in(committee, ParticipantFactory(display_name="Lea Lead"), AccessLevel.LEAD).user


@pytest.fixture
def seat(committee, leader):
    return add_seat(committee, role=SeatRole.MEMBER, by=leader)


def level_of(committee, user):
    return committee.accesses.filter(participant__user=user).values_list("level", flat=True).first()


def test_who_asks_is_let_in_and_told(committee, leader, citizen):
    request = ask_to_join(committee, participant=citizen.participant, why="I live here.")
    assert Notification.objects.get(participant=leader.participant).kind == "participation.join_request"

    accept_request(request, by=leader)

    assert level_of(committee, citizen) == AccessLevel.TAKE_PART
    assert Notification.objects.filter(participant=citizen.participant).count() == 1


def test_an_application_for_a_seat_gives_the_seat(seat, leader, citizen):
    request = ask_to_join(seat.committee, participant=citizen.participant, seat=seat)

    accept_request(request, by=leader)

    assert Membership.objects.get(seat=seat).participant == citizen.participant


def test_a_seat_given_away_meanwhile_is_told_and_nothing_changes(seat, leader, citizen, resident):
    request = ask_to_join(seat.committee, participant=citizen.participant, seat=seat)
    seat_person(seat, participant=resident.participant, from_on=timezone.localdate(), by=leader)

    with pytest.raises(Conflict):
        accept_request(request, by=leader)

    request.refresh_from_db()
    assert request.state == JoinRequestState.OPEN
    with pytest.raises(Conflict):
        ask_to_join(seat.committee, participant=ParticipantFactory(), seat=seat)


def test_no_needs_a_reason_that_the_person_reads(committee, leader, citizen):
    request = ask_to_join(committee, participant=citizen.participant)
    with pytest.raises(Invalid) as refusal:
        decline_request(request, answer="  ", by=leader)
    assert refusal.value.field == "answer"

    decline_request(request, answer="All seats are taken this year.", by=leader)

    assert Notification.objects.get(participant=citizen.participant).text == "All seats are taken this year."
    with pytest.raises(Conflict):
        accept_request(request, by=leader)


def test_one_open_request_which_can_be_taken_back(committee, leader, citizen, resident):
    request = ask_to_join(committee, participant=citizen.participant)
    with pytest.raises(Conflict):
        ask_to_join(committee, participant=citizen.participant)
    with pytest.raises(Missing):
        withdraw_request(request, by=resident)

    withdraw_request(request, by=citizen)

    ask_to_join(committee, participant=citizen.participant)


def test_p11_only_who_leads_decides(committee, leader, citizen, resident):
    request = ask_to_join(committee, participant=citizen.participant)
    let_in(committee, resident.participant, AccessLevel.KEEP)

    for by in (citizen, resident):
        with pytest.raises(NotAllowed):
            accept_request(request, by=by)
        with pytest.raises(NotAllowed):
            decline_request(request, answer="No", by=by)

    assert level_of(committee, citizen) is None


@pytest.mark.parametrize("facts", [{"privacy": Privacy.PRIVATE}, {"takes_join_requests": False}])
def test_where_nobody_can_ask_nobody_asks(facts, citizen):
    committee = make_committee("Closed", **facts)

    with pytest.raises((NotAllowed, Conflict)):
        ask_to_join(committee, participant=citizen.participant)


def invite(committee, by, email="citizen@example.org", **facts):
    return invite_person(committee, email=email, by=by, **facts)


def token_in_mail() -> str:
    send_outgoing_mail()
    return re.search(r"/invitation/([^\s]+)/", mail.outbox[-1].body)[1]


def test_an_invitation_leads_in_whoever_signs_in_with_its_address(committee, leader, citizen, resident):
    invite(committee, leader, citizen.email.upper(), level=AccessLevel.KEEP)
    token = token_in_mail()

    with pytest.raises(NotAllowed):
        accept_invitation(invitation_behind(token, committee), participant=resident.participant)
    accept_invitation(invitation_behind(token, committee), participant=citizen.participant)

    assert level_of(committee, citizen) == AccessLevel.KEEP
    assert level_of(committee, resident) is None
    with pytest.raises(Missing):
        invitation_behind(token, committee)


def test_an_invitation_to_a_seat_gives_it_if_it_is_still_vacant(seat, leader, citizen, resident):
    invitation = invite(seat.committee, leader, citizen.email, seat=seat)
    seat_person(seat, participant=resident.participant, from_on=timezone.localdate(), by=leader)

    with pytest.raises(Conflict):
        accept_invitation(invitation, participant=citizen.participant)

    assert level_of(seat.committee, citizen) is None


def test_s19_a_token_opens_its_own_committee_only_and_not_after_it_was_taken_back(committee, leader):
    other = make_committee("Other Committee")
    invitation = invite(committee, leader)
    token = token_in_mail()

    with pytest.raises(Missing):
        invitation_behind(token, other)
    with pytest.raises(Missing):
        invitation_behind("WzFd/forged/token", committee)
    take_back_invitation(invitation, by=leader)
    with pytest.raises(Missing):
        invitation_behind(token, committee)


def test_an_address_is_invited_once_at_a_time(committee, leader):
    invite(committee, leader)

    with pytest.raises(Conflict):
        invite(committee, leader)

    assert CommitteeInvitation.objects.count() == 1


def test_a_committee_is_never_without_somebody_who_leads(committee, leader, citizen):
    let_in(committee, citizen.participant, AccessLevel.KEEP)

    with pytest.raises(Conflict):
        set_access(committee, participant=leader.participant, level=AccessLevel.READ, by=leader)
    with pytest.raises(Conflict):
        take_access(committee, participant=leader.participant, by=leader)
    set_access(committee, participant=citizen.participant, level=AccessLevel.LEAD, by=leader)
    take_access(committee, participant=leader.participant, by=leader)

    assert level_of(committee, leader) is None


def test_privacy_changes_at_once_on_record_and_no_old_version_undoes_it(committee, leader, citizen, editor):
    revision = committee.save_revision()
    let_in(committee, citizen.participant, AccessLevel.LEAD)

    change_settings(
        committee, privacy=Privacy.PRIVATE, takes_join_requests=False, quorum_percent=30, by=leader
    )
    revision.refresh_from_db()
    revision.publish()

    committee = Committee.objects.get(pk=committee.pk)
    assert (committee.privacy, committee.quorum_percent) == (Privacy.PRIVATE, 30)
    assert not readable_committees(editor).filter(pk=committee.pk).exists()
    with pytest.raises(NotAllowed):
        change_settings(
            committee, privacy=Privacy.OPEN, takes_join_requests=True, quorum_percent=0, by=editor
        )
    with pytest.raises(Invalid):
        change_settings(committee, privacy="secret", takes_join_requests=True, quorum_percent=0, by=citizen)


def test_a_request_is_older_than_its_answer(committee, leader, citizen, clock):
    request = ask_to_join(committee, participant=citizen.participant)
    clock.shift(dt.timedelta(days=2))

    request = accept_request(request, by=leader)

    assert request.decided_at - request.asked_at == dt.timedelta(days=2)
