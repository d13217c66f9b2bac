"""Who acts for an organisation: asked by its managers, decided by themselves."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from participation.domain.organisation import (
    accept_invitation,
    change_role,
    decline_invitation,
    invite_person,
    remove_person,
)
from participation.enums import OrganisationRole
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Notification, OrganisationInvitation, OrganisationPerson
from participation.queries.organisation import organisations_of, public_organisations
from participation.rules import may_act_for, may_manage_organisation
from tests.factories import OrganisationFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

MANAGER, MEMBER = OrganisationRole.MANAGER, OrganisationRole.MEMBER


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Tool Library")


def join(organisation, user, role=MEMBER):
    return OrganisationPerson.objects.create(
        organisation=organisation, participant=user.participant, role=role
    )


@pytest.fixture
def manager(organisation):
    user = ParticipantFactory(display_name="Mia Manager").user
    join(organisation, user, MANAGER)
    return user


def invite(organisation, user, by, role=MEMBER):
    invite_person(organisation, email=user.email, role=role, by=by)


def test_who_says_yes_acts_for_the_organisation(organisation, manager, citizen):
    invite(organisation, citizen, manager)
    assert not may_act_for(citizen, organisation)

    accept_invitation(organisation, participant=citizen.participant)

    assert may_act_for(citizen, organisation)
    assert not may_manage_organisation(citizen, organisation)
    assert list(organisations_of(citizen.participant)) == [organisation]
    assert ModelLogEntry.objects.get().action == "participation.organisation.appoint"


def test_the_person_is_told_once(organisation, manager, citizen):
    for _twice in range(2):
        invite(organisation, citizen, manager)

    notice = Notification.objects.get()
    assert (notice.participant, notice.title) == (citizen.participant, "Tool Library asks you to act for it")
    assert notice.path == f"/organisations/{organisation.slug}/invitation/"


@pytest.mark.parametrize("email", ["nobody@example.org", " NOBODY@example.org ", ""])
def test_s2_an_unknown_address_answers_like_a_known_one(organisation, manager, citizen, email):
    assert invite_person(organisation, email=email, role=MEMBER, by=manager) is None
    assert invite_person(organisation, email=citizen.email.upper(), role=MEMBER, by=manager) is None

    assert OrganisationInvitation.objects.get().participant == citizen.participant


def test_p20_a_closed_account_is_not_asked(organisation, manager, citizen):
    citizen.is_active = False
    citizen.save()

    invite(organisation, citizen, manager)

    assert not OrganisationInvitation.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "citizen", "resident", "moderator", "officer"])
def test_p11_only_who_manages_it_decides_about_people(organisation, manager, who, request):
    user = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        invite(organisation, manager, user)
    with pytest.raises(NotAllowed):
        change_role(organisation, participant=manager.participant, role=MEMBER, by=user)
    with pytest.raises(NotAllowed):
        remove_person(organisation, participant=manager.participant, by=user)


def test_p12_the_manager_of_one_organisation_has_no_say_in_another(manager, citizen):
    other = OrganisationFactory()

    with pytest.raises(NotAllowed):
        invite(other, citizen, manager)


def test_a_city_editor_finds_the_first_manager(organisation, editor, citizen):
    invite(organisation, citizen, editor, role=MANAGER)
    accept_invitation(organisation, participant=citizen.participant)

    assert may_manage_organisation(citizen, organisation)


def test_s6_an_invitation_is_for_one_person_and_one_time(organisation, manager, citizen, resident):
    invite(organisation, citizen, manager)
    with pytest.raises(Missing):
        accept_invitation(organisation, participant=resident.participant)

    accept_invitation(organisation, participant=citizen.participant)
    remove_person(organisation, participant=citizen.participant, by=manager)

    with pytest.raises(Missing):
        accept_invitation(organisation, participant=citizen.participant)


def test_s6_an_old_invitation_counts_no_more_until_it_is_said_again(organisation, manager, citizen):
    invite(organisation, citizen, manager)
    OrganisationInvitation.objects.update(invited_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(Missing):
        accept_invitation(organisation, participant=citizen.participant)

    invite(organisation, citizen, manager)
    accept_invitation(organisation, participant=citizen.participant)
    assert Notification.objects.count() == 2


def test_saying_no_leaves_nothing(organisation, manager, citizen):
    invite(organisation, citizen, manager)

    decline_invitation(organisation, participant=citizen.participant)

    assert not may_act_for(citizen, organisation)
    assert not OrganisationInvitation.objects.exists()
    with pytest.raises(Missing):
        decline_invitation(organisation, participant=citizen.participant)


def test_somebody_always_manages_it(organisation, manager, citizen):
    join(organisation, citizen)

    with pytest.raises(Conflict):
        remove_person(organisation, participant=manager.participant, by=manager)
    with pytest.raises(Conflict):
        change_role(organisation, participant=manager.participant, role=MEMBER, by=manager)

    change_role(organisation, participant=citizen.participant, role=MANAGER, by=manager)
    remove_person(organisation, participant=manager.participant, by=manager)
    assert not may_act_for(manager, organisation)


def test_a_member_leaves(organisation, manager, citizen):
    join(organisation, citizen)

    remove_person(organisation, participant=citizen.participant, by=citizen)

    assert not may_act_for(citizen, organisation)
    with pytest.raises(Missing):
        remove_person(organisation, participant=citizen.participant, by=citizen)


def test_p21_an_unknown_role_is_refused(organisation, manager, citizen):
    for call in (
        lambda: invite(organisation, citizen, manager, role="owner"),
        lambda: change_role(organisation, participant=manager.participant, role="owner", by=manager),
    ):
        with pytest.raises(Invalid):
            call()


def test_lists_take_one_query_however_many_there_are(manager, organisation, django_assert_num_queries):
    for _n in range(10):
        join(OrganisationFactory(), ParticipantFactory().user)

    with django_assert_num_queries(1):
        assert [(each.people_count, each.neighbourhood) for each in public_organisations()] == [
            (1, None)
        ] * 11
