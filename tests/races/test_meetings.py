"""Seats at a meeting and votes on a motion, asked for at the same moment on PostgreSQL with real connections."""

import threading
from functools import partial

from django.db import connection, transaction
from django.db.models import F

from participation.domain.decision import record_decision
from participation.domain.meeting import register_for, unregister_from
from participation.domain.motion import cast_vote, close_vote, open_vote
from participation.enums import RegistrationState, VoteMethod
from participation.foundation.errors import Conflict
from participation.models import Decision, Meeting, MeetingRegistration, Motion, MotionVote, SecretBallot
from tests.factories import ParticipantFactory
from tests.participation.meetings import (
    a_motion,
    in_session,
    keeper_of,
    make_committee,
    make_meeting,
    the_item,
)
from tests.races.conftest import at_once

SEATS, PEOPLE = 5, 40


def a_meeting() -> Meeting:
    committee = make_committee()
    return make_meeting(
        committee, by=keeper_of(committee), days=3650, takes_registrations=True, capacity=SEATS
    )


def test_f23_forty_guests_for_five_seats_with_cancellations():
    meeting = a_meeting()
    people = [ParticipantFactory().user for _number in range(PEOPLE)]

    def come(number: int) -> None:
        own = Meeting.objects.select_related("committee").get(pk=meeting.pk)
        register_for(own, by=people[number])
        if number % 4 == 0:
            unregister_from(own, by=people[number])

    answers = at_once([partial(come, number) for number in range(PEOPLE)])

    assert [answer for answer in answers if answer is not None] == []
    meeting.refresh_from_db()
    rows = list(meeting.registrations.order_by("registered_at", "pk"))
    line = [row.state for row in rows if row.state != RegistrationState.CANCELLED]
    assert line == ["confirmed"] * SEATS + ["waiting"] * (PEOPLE - PEOPLE // 4 - SEATS), (
        "in order, none too many"
    )
    assert meeting.taken == SEATS


def test_f23_naive_registration_gives_too_many_seats():
    """The negative control: without the lock several take the last seats, so the test above can fail."""
    meeting = a_meeting()
    people = [ParticipantFactory() for _number in range(16)]
    looked = threading.Barrier(8)

    def careless(number: int) -> None:
        own = Meeting.objects.get(pk=meeting.pk)
        has_room = own.taken < own.capacity
        looked.wait(20)
        if has_room:
            with transaction.atomic():
                MeetingRegistration.objects.create(meeting=own, participant=people[number])
                Meeting.objects.filter(pk=own.pk).update(taken=F("taken") + 1)

    constraint = next(
        each for each in Meeting._meta.constraints if each.name == "meeting_is_never_overbooked"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Meeting, constraint)
    try:
        at_once([partial(careless, number) for number in range(16)])
        taken = MeetingRegistration.objects.count()
    finally:
        Meeting.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Meeting, constraint)

    assert taken > SEATS


def a_vote(method: str):
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting, members = in_session(committee, by=keeper, members=16)
    return keeper, open_vote(a_motion(meeting, by=keeper, method=method), by=keeper), members


def test_secret_ballots_cast_at_once_and_twice_are_all_there_and_none_is_there_twice():
    keeper, motion, members = a_vote(VoteMethod.SECRET)
    jobs = [
        partial(cast_vote, motion, member, choice="yes" if number % 3 else "no", by=member.participant.user)
        for number, member in enumerate(members)
    ]

    answers = at_once([*jobs, *jobs])

    assert sum(answer is None for answer in answers) == len(members)
    assert {answer.code for answer in answers if answer is not None} == {"voted"}
    assert SecretBallot.objects.count() == MotionVote.objects.count() == len(members)
    closed = close_vote(motion, by=keeper)
    assert (closed.yes, closed.no) == (10, 6)


def test_naive_secret_ballots_lose_votes():
    """The negative control: without the motion's lock each heap is written anew without what came meanwhile."""
    _keeper, motion, members = a_vote(VoteMethod.SECRET)
    looked = threading.Barrier(8)

    def careless(number: int) -> None:
        import uuid

        heap = [*motion.secret_ballots.values_list("choice", flat=True), "yes"]
        looked.wait(20)
        with transaction.atomic():
            SecretBallot.objects.filter(motion=motion).delete()
            SecretBallot.objects.bulk_create(
                [SecretBallot(pk=uuid.uuid4(), motion=motion, choice=each) for each in heap]
            )

    at_once([partial(careless, number) for number in range(len(members))])

    assert SecretBallot.objects.count() != len(members)


def test_what_is_cast_while_a_vote_closes_is_counted_or_refused():
    keeper, motion, members = a_vote(VoteMethod.ROLL_CALL)
    jobs = [partial(cast_vote, motion, each, choice="yes", by=each.participant.user) for each in members]
    jobs.insert(len(jobs) // 2, partial(close_vote, motion, by=keeper))

    answers = at_once(jobs)

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert {type(answer) for answer in refused} <= {Conflict}
    motion = Motion.objects.get(pk=motion.pk)
    assert motion.yes == motion.votes.count() == len(members) - len(refused)


def test_decisions_recorded_at_once_have_numbers_of_their_own():
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting, _members = in_session(committee, by=keeper, members=1)
    item = the_item(meeting)

    answers = at_once(
        [partial(record_decision, item, by=keeper, title=f"D{number}", text="x") for number in range(16)]
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    numbers = sorted(int(each.split("-")[1]) for each in Decision.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 17))
