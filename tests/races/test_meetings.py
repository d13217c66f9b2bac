"""Seats at a meeting and votes on a motion, asked for at the same moment on PostgreSQL with real connections."""

import threading
from functools import partial

from django.db import connection, transaction
from django.db.models import F

from participation.domain.meeting import register_for, unregister_from
from participation.enums import RegistrationState
from participation.models import Meeting, MeetingRegistration
from tests.factories import ParticipantFactory
from tests.participation.meetings import keeper_of, make_committee, make_meeting
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
