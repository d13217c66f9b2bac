"""Seats asked for at the same moment, on PostgreSQL with real connections (F23)."""

import random
import threading
from functools import partial

from django.db import connection, transaction
from django.db.models import F

from learning_events.domain import registration as domain
from learning_events.domain.session import cancel_session
from learning_events.enums import Booking
from learning_events.models import Registration, Session
from participation.foundation.errors import Conflict
from participation.models import OutgoingMail
from tests.learning_events.festivals import an_editor, make_event, make_festival, with_seats
from tests.races.conftest import at_once

PEOPLE, SEATS, WORKERS = 200, 20, 16


def a_session(seats: int, **more) -> Session:
    """Return a session in the far future: these races run on the real clock."""
    festival = make_festival()
    event = make_event(festival, booking=Booking.SEATS)
    return with_seats(event, seats, day=36500, **more)


def fresh(session: Session) -> Session:
    return Session.objects.select_related("event").get(pk=session.pk)


def facts(number: int) -> dict[str, str]:
    return {"name": f"Person {number}", "email": f"p{number}@example.org"}


def get_in(session: Session, number: int) -> Registration:
    """Do what a visitor does: hold a seat and confirm it, or join the waiting list."""
    own = fresh(session)
    try:
        return domain.confirm_registration(domain.hold_seats(own, 1), facts=facts(number))
    except Conflict:
        return domain.join_waiting_list(own, people=1, facts=facts(number))


def check(session: Session) -> list[Registration]:
    """Check that the counters say what the rows say and nobody has a seat too many; return all rows."""
    session = fresh(session)
    rows = list(Registration.objects.filter(session=session).order_by("line", "pk"))
    taken = sum(row.people for row in rows if row.state in ("held", "confirmed", "offered"))
    assert taken == session.taken <= session.seats
    assert session.waiting == sum(row.people for row in rows if row.state == "waiting")
    return rows


def test_f23_two_hundred_people_for_twenty_seats_with_cancellations():
    session = a_session(SEATS)
    chance = random.Random(23)
    too_many = []

    def visit(number):
        registration = get_in(session, number)
        if Session.objects.filter(pk=session.pk, taken__gt=SEATS).exists():
            too_many.append(number)
        if number % 4 == 0:
            domain.cancel_registration(registration)
        return registration

    order = list(range(PEOPLE))
    chance.shuffle(order)
    answers = at_once([partial(visit, number) for number in order], workers=WORKERS)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert too_many == []
    rows = check(session)
    assert sum(row.state in ("confirmed", "offered") for row in rows) == SEATS
    assert len({row.email for row in rows if row.email}) == PEOPLE
    line = [row for row in rows if row.line is not None and row.state != "cancelled"]
    states = [row.state for row in line]
    assert states == sorted(states, key=["confirmed", "offered", "waiting"].index), (
        "somebody was passed in line"
    )
    offered = OutgoingMail.objects.filter(dedupe_key__contains="-offered-").values_list(
        "dedupe_key", flat=True
    )
    told = {int(key.split("-")[1]) for key in offered}
    assert len(told) == len(offered)
    assert told >= {row.pk for row in rows if row.state == "offered"}


def test_f23_naive_check_then_insert_oversells():
    """The negative control: without the lock and the constraint several get the last seats, so the test above can fail."""
    session = a_session(SEATS)
    looked = threading.Barrier(WORKERS)

    def careless(number):
        own = fresh(session)
        has_room = own.taken < own.seats
        looked.wait(20)
        if has_room:
            with transaction.atomic():
                Registration.objects.create(
                    session=own, key=f"{number:032}", state="confirmed", **facts(number)
                )
                Session.objects.filter(pk=own.pk).update(taken=F("taken") + 1)

    constraint = next(each for each in Session._meta.constraints if each.name == "session_is_never_oversold")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Session, constraint)
    try:
        at_once([partial(careless, number) for number in range(WORKERS * 2)], workers=WORKERS)
        count = Registration.objects.filter(session=session).count()
    finally:
        Registration.objects.all().delete()
        Session.objects.update(taken=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Session, constraint)

    assert count > SEATS


def test_f23_groups_and_desk_share_seats_without_one_too_many():
    session = a_session(SEATS, seats_kept=4)
    editor = an_editor()

    def ask(number):
        own = fresh(session)
        if number % 5 == 0:
            return domain.book_at_desk(own, people=2, facts={"name": f"Caller {number}"}, by=editor)
        held = domain.hold_seats(own, number % 3 + 1)
        return domain.confirm_registration(held, facts=facts(number))

    answers = at_once([partial(ask, number) for number in range(48)], workers=WORKERS)

    assert {type(answer) for answer in answers} <= {Registration, Conflict}
    rows = check(session)
    on_web = sum(row.people for row in rows if row.channel == "web")
    assert on_web <= SEATS - 4


def test_f23_one_offer_accepted_and_declined_at_once_ends_in_one_of_both():
    session = a_session(1)
    first = get_in(session, 0)
    waiting = [get_in(session, number) for number in (1, 2)]
    domain.cancel_registration(first)

    jobs = [partial(domain.accept_offer, waiting[0]), partial(domain.decline_offer, waiting[0])] * 4
    at_once(jobs, workers=8)

    rows = {row.pk: row.state for row in check(session)}
    assert (rows[waiting[0].pk], rows[waiting[1].pk]) in {("confirmed", "waiting"), ("declined", "offered")}


def test_f23_same_address_eight_times_at_once_is_registered_once():
    session = a_session(SEATS)
    held = [domain.hold_seats(session, 1) for _number in range(8)]

    answers = at_once(
        [partial(domain.confirm_registration, each, facts=facts(1)) for each in held], workers=8
    )

    assert sum(isinstance(answer, Registration) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Conflict)} == {"twice"}
    assert sum(row.state == "confirmed" for row in check(session)) == 1


def test_f23_cancelled_session_tells_everybody_who_got_in_once():
    session = a_session(SEATS)
    editor = an_editor()

    def act(number):
        if number == 9:
            return cancel_session(fresh(session), reason="The baker is ill.", by=editor)
        return get_in(session, number)

    answers = at_once([partial(act, number) for number in range(24)], workers=WORKERS)

    inside = {answer.pk for answer in answers if isinstance(answer, Registration)}
    mails = OutgoingMail.objects.filter(dedupe_key__contains="-session_cancelled-")
    told = [int(key.split("-")[1]) for key in mails.values_list("dedupe_key", flat=True)]
    assert sorted(told) == sorted(inside)
