"""Seats and terms: one person in a seat at a time, one seat a person, and what goes on record."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from participation.domain.membership import (
    abolish_seat,
    add_seat,
    declare_interest,
    end_interest,
    end_term,
    seat_person,
)
from participation.enums import AccessLevel, SeatRole, TermEnd
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.models import CommitteeAccess, Membership, Notification
from participation.queries.membership import former_members, is_vacant_on, seats_on, voters_on
from tests.factories import ParticipantFactory, let_in, make_committee

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def committee():
    return make_committee()


@pytest.fixture
def leader(committee):
    return let_in(committee, ParticipantFactory(display_name="Lea Lead"), AccessLevel.LEAD).user


@pytest.fixture
def seat(committee, leader):
    return add_seat(committee, role=SeatRole.MEMBER, title="Parents", by=leader)


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_vacant_seat_is_given_with_the_access_that_goes_with_it(committee, seat, leader, citizen, today):
    membership = seat_person(
        seat, participant=citizen.participant, from_on=today, until_on=today + 365 * DAY, by=leader
    )

    assert [[holder.name for holder in each.holders] for each in seats_on(committee, today)] == [
        [citizen.participant.display_name]
    ]
    assert CommitteeAccess.objects.get(participant=citizen.participant).level == AccessLevel.TAKE_PART
    assert Notification.objects.get(participant=citizen.participant).dedupe_key == f"seated-{membership.pk}"
    assert PageLogEntry.objects.filter(action="participation.membership.begin").count() == 1


def test_somebody_without_an_account_has_a_seat_by_name(seat, leader, today):
    membership = seat_person(seat, participant=None, name="  Frau \u202eKrause ", from_on=today, by=leader)

    assert membership.name == "Frau Krause"
    assert not CommitteeAccess.objects.filter(committee=seat.committee, participant=None).exists()


@pytest.mark.parametrize(
    ("from_days", "until_days"), [(0, None), (-10, 10), (5, 8), (100, 100), (-400, None), (-400, 0)]
)
def test_terms_in_one_seat_never_overlap(seat, leader, today, from_days, until_days):
    seat_person(seat, participant=None, name="First", from_on=today, until_on=today + 100 * DAY, by=leader)
    until_on = None if until_days is None else today + until_days * DAY

    with pytest.raises(Conflict) as refusal:
        seat_person(
            seat,
            participant=None,
            name="Second",
            from_on=today + from_days * DAY,
            until_on=until_on,
            by=leader,
        )

    assert "First has this seat" in str(refusal.value.message)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(("from_days", "until_days"), [(101, None), (-50, -1), (101, 400)])
def test_terms_that_touch_do_not_overlap(seat, leader, today, from_days, until_days):
    seat_person(seat, participant=None, name="First", from_on=today, until_on=today + 100 * DAY, by=leader)
    until_on = None if until_days is None else today + until_days * DAY

    seat_person(
        seat, participant=None, name="Second", from_on=today + from_days * DAY, until_on=until_on, by=leader
    )

    assert Membership.objects.count() == 2


@pytest.mark.parametrize(("from_days", "until_days"), [(0, None), (10, 20), (-10, None)])
def test_v5_the_database_itself_refuses_two_terms_at_once(seat, leader, today, from_days, until_days):
    first = seat_person(
        seat, participant=None, name="First", from_on=today, until_on=today + 100 * DAY, by=leader
    )
    facts = {"committee": seat.committee, "seat": seat, "name": "Second"}
    until_on = None if until_days is None else today + until_days * DAY

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(from_on=today + from_days * DAY, until_on=until_on, **facts)
    later = Membership.objects.create(from_on=today + 101 * DAY, until_on=None, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=later.pk).update(from_on=today + 100 * DAY)
    Membership.objects.filter(pk=first.pk).update(until_on=today + 50 * DAY)


def test_nobody_has_two_seats_in_one_committee(committee, seat, leader, citizen, today):
    other = add_seat(committee, role=SeatRole.MEMBER, by=leader)
    seat_person(seat, participant=citizen.participant, from_on=today, by=leader)

    with pytest.raises(Conflict) as refusal:
        seat_person(other, participant=citizen.participant, from_on=today, by=leader)

    assert "A person has one vote" in str(refusal.value.message)


def test_there_is_one_chair(committee, leader):
    add_seat(committee, role=SeatRole.CHAIR, by=leader)

    with pytest.raises(Conflict):
        add_seat(committee, role=SeatRole.CHAIR, by=leader)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "X", "until_on": dt.date(2020, 1, 1)}, "until_on"),
        ({"name": "X", "until_on": dt.date(2090, 1, 1)}, "until_on"),
    ],
)
def test_a_wrong_term_names_its_field(seat, leader, today, facts, field):
    with pytest.raises(Invalid) as refusal:
        seat_person(seat, participant=None, from_on=today, by=leader, **facts)

    assert refusal.value.field == field


def test_stepping_down_makes_the_seat_vacant_from_tomorrow(seat, leader, citizen, today):
    membership = seat_person(seat, participant=citizen.participant, from_on=today - DAY, by=leader)

    end_term(membership, because=TermEnd.STEPPED_DOWN, by=citizen)

    assert not is_vacant_on(seat, today)
    assert is_vacant_on(seat, today + DAY)
    assert [term.ended_because for term in former_members(seat.committee, today + DAY)] == ["stepped-down"]


def test_who_does_not_lead_ends_nobody_else_s_term(seat, leader, citizen, resident, today):
    membership = seat_person(seat, participant=citizen.participant, from_on=today, by=leader)

    for by in (resident, citizen):
        with pytest.raises(NotAllowed):
            end_term(membership, because=TermEnd.REMOVED, by=by)

    assert not is_vacant_on(seat, today + DAY)


def test_a_seat_somebody_has_cannot_be_abolished(committee, seat, leader, today):
    membership = seat_person(seat, participant=None, name="First", from_on=today - DAY, by=leader)
    with pytest.raises(Conflict):
        abolish_seat(seat, by=leader)

    end_term(membership, because=TermEnd.REMOVED, on=today - DAY, by=leader)
    abolish_seat(seat, by=leader)

    assert seats_on(committee, today) == []
    with pytest.raises(Conflict):
        seat_person(seat, participant=None, name="Second", from_on=today, by=leader)


def test_advisers_have_no_vote(committee, seat, leader, today):
    adviser = add_seat(committee, role=SeatRole.ADVISER, by=leader)
    seat_person(seat, participant=None, name="Voter", from_on=today, by=leader)
    seat_person(adviser, participant=None, name="Adviser", from_on=today, by=leader)

    assert [membership.name for membership in voters_on(committee, today)] == ["Voter"]


def test_interests_are_declared_and_stay_on_record_when_they_end(seat, leader, citizen, resident, today):
    membership = seat_person(seat, participant=citizen.participant, from_on=today, by=leader)

    interest = declare_interest(membership, text="I own the bakery", by=citizen)
    end_interest(interest, by=citizen)

    interest.refresh_from_db()
    assert (interest.text, interest.ended_on) == ("I own the bakery", today)
    with pytest.raises(NotAllowed):
        declare_interest(membership, text="Nonsense", by=resident)
    assert not ModelLogEntry.objects.filter(data__icontains="bakery").exists()
