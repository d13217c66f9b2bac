"""What staff and organisers do for people: book, write, ask, check in, free seats of no-shows, draw."""

import datetime as dt
import hashlib

import pytest
from wagtail.models import PageLogEntry

from learning_events.domain.registration import (
    Tap,
    ask_question,
    book_at_desk,
    check_in,
    draw_all_due,
    draw_seats,
    free_all_no_shows,
    free_no_shows,
    hold_seats,
    order_of,
    plan_draw,
    write_to_booked,
)
from learning_events.enums import Booking, Channel
from learning_events.models import Registration
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests import factories
from tests.learning_events.domain.registration.seats import (
    book,
    counts,
    sent_mails,
    state_of,
    subjects,
    wait,
)
from tests.learning_events.festivals import an_editor, with_seats


@pytest.fixture
def session(event):
    """Three seats, one of them for the door and the telephone."""
    return with_seats(event, 3, seats_kept=1)


def by_phone(session, name: str, people: int = 1, **more):
    return book_at_desk(
        session, people=people, facts={"name": name, "phone": "040 1"}, by=an_editor(), **more
    )


def test_desk_books_by_name_alone_and_has_the_kept_seats_first(session):
    booked = by_phone(session, "Olga")

    session.refresh_from_db()
    assert (booked.state, booked.email) == ("confirmed", "")
    assert (session.taken, session.taken_kept) == (1, 1)
    hold_seats(session, 2)
    assert counts(session) == (3, 0)


def test_desk_may_give_away_every_seat(session):
    by_phone(session, "Olga", people=3)

    with pytest.raises(Conflict) as refusal:
        by_phone(session, "Paul")

    assert refusal.value.code == "full"


def test_desk_puts_somebody_without_mail_into_the_same_line(session):
    book(session, "Ada", people=2)
    by_phone(session, "Olga")
    waiting = by_phone(session, "Paul", waits=True)

    assert (waiting.state, waiting.line) == ("waiting", 1)


def test_strangers_and_citizens_cannot_book_for_others(session):
    citizen = factories.ParticipantFactory().user

    with pytest.raises(NotAllowed):
        book_at_desk(session, people=1, facts={"name": "Olga"}, by=citizen)

    assert Registration.objects.count() == 0


def test_what_the_desk_does_is_logged(session):
    by_phone(session, "Olga")

    assert PageLogEntry.objects.filter(action="learning_events.book_at_desk").count() == 1


def test_message_reaches_the_booked_and_is_logged(session):
    book(session, "Ada")
    by_phone(session, "Olga")

    assert write_to_booked(session, subject="100% rye", text="Bring http://a.example", by=an_editor()) == 1

    letter = sent_mails()[-1]
    assert letter.subject == "100% rye – Bread for beginners"
    assert "http: //a.example" in letter.body
    assert PageLogEntry.objects.filter(action="learning_events.write_to_booked").count() == 1


def test_question_with_choices_needs_two(session):
    with pytest.raises(Invalid) as refusal:
        ask_question(session.event, text="Which flour?", kind="choice", choices=["Rye", " "], by=an_editor())

    assert refusal.value.field == "choices"


def test_f11_taps_count_once_at_their_own_time_in_whatever_order_they_arrive(session, clock):
    ada = book(session, "Ada")
    clock.move_to(session.starts_at)
    early, late = session.starts_at - dt.timedelta(minutes=9), session.starts_at - dt.timedelta(minutes=5)
    came, undone = Tap("a" * 32, ada.pk, True, early), Tap("b" * 32, ada.pk, False, late)

    check_in(session, [undone], by=an_editor())
    check_in(session, [came], by=an_editor())
    check_in(session, [came], by=an_editor())

    assert Registration.objects.get(pk=ada.pk).checked_in_at is None
    check_in(session, [Tap("c" * 32, ada.pk, True)], by=an_editor())
    assert Registration.objects.get(pk=ada.pk).checked_in_at == session.starts_at


def test_who_has_no_seat_is_not_checked_in(session, clock):
    book(session, "Ada", people=2)
    waiting = wait(session, "Cora")
    clock.move_to(session.starts_at)

    with pytest.raises(Conflict):
        check_in(session, [Tap("a" * 32, waiting.pk, True)], by=an_editor())


def test_only_staff_and_organisers_check_in(session, clock):
    ada = book(session, "Ada")
    clock.move_to(session.starts_at)

    with pytest.raises(NotAllowed):
        check_in(session, [Tap("a" * 32, ada.pk, True)], by=factories.ParticipantFactory().user)


def test_no_shows_free_their_seats_for_people_at_the_door(session, clock):
    ada, bert = book(session, "Ada"), book(session, "Bert")
    by_phone(session, "Olga")
    clock.move_to(session.starts_at)
    check_in(session, [Tap("a" * 32, ada.pk, True)], by=an_editor())
    assert free_all_no_shows() == 0
    clock.shift(dt.timedelta(minutes=10))

    assert free_all_no_shows() == 2
    walk_in = by_phone(session, "Will", people=2, channel=Channel.WALK_IN)

    assert walk_in.checked_in_at is not None
    assert counts(session) == (3, 0)
    with pytest.raises(Conflict):
        check_in(session, [Tap("d" * 32, bert.pk, True)], by=an_editor())


def test_late_comer_has_the_seat_back_while_it_is_free(session, clock):
    ada, bert = book(session, "Ada"), book(session, "Bert")
    clock.move_to(session.starts_at + dt.timedelta(minutes=1))
    check_in(session, [Tap("a" * 32, ada.pk, True)], by=an_editor())
    assert free_no_shows(session, by=an_editor()) == 1

    check_in(session, [Tap("b" * 32, bert.pk, True)], by=an_editor())

    assert counts(session) == (2, 0)


def test_nobody_is_absent_where_nobody_is_checked_in(session, clock):
    ada = book(session, "Ada")
    clock.move_to(session.starts_at + dt.timedelta(minutes=30))

    assert free_all_no_shows() == 0
    assert Registration.objects.get(pk=ada.pk).absent_at is None


@pytest.fixture
def lot(event):
    """Two seats that are drawn; four parties take part."""
    event.booking = Booking.DRAW
    event.save()
    session = with_seats(event, 2)
    closes_at = session.starts_at - dt.timedelta(days=2)
    draw = plan_draw(session, closes_at=closes_at, by=an_editor())
    parties = [
        wait(session, name, people) for name, people in (("Ada", 1), ("Bert", 2), ("Cora", 1), ("Dan", 1))
    ]
    return session, draw, parties


def test_draw_can_be_repeated_from_what_is_published(lot, clock):
    session, draw, parties = lot
    assert [party.lot for party in parties] == [1, 2, 3, 4]
    assert hashlib.sha256(draw.seed.encode()).hexdigest() == draw.digest
    clock.move_to(draw.closes_at)

    assert draw_all_due() == 1
    drawn = draw_seats(session)

    order = order_of([1, 2, 3, 4], draw.seed)
    assert [row["number"] for row in drawn.published] == order
    left, seated = 2, []
    for number in order:
        if parties[number - 1].people <= left:
            left -= parties[number - 1].people
            seated.append(number)
    assert [row["number"] for row in drawn.published if row["seat"]] == seated
    assert counts(session) == (2 - left, 3 + left)
    assert sum("The seats are drawn" in subject for subject in subjects()) == 4
    waiting = Registration.objects.filter(session=session, state="waiting").order_by("line")
    assert [row.lot for row in waiting] == [number for number in order if number not in seated]


def test_nobody_has_a_seat_before_the_draw(lot):
    session, _draw, parties = lot

    with pytest.raises(Conflict) as refusal:
        hold_seats(session, 1)

    assert refusal.value.code == "draw"
    assert counts(session) == (0, 5)
    with pytest.raises(Conflict):
        draw_seats(session, by=an_editor())
    assert {state_of(party) for party in parties} == {"waiting"}


def test_nobody_enters_the_draw_when_its_time_is_over(lot, clock):
    session, draw, _parties = lot
    clock.move_to(draw.closes_at)

    with pytest.raises(Conflict):
        wait(session, "Eva")


def test_who_comes_after_the_draw_stands_at_the_end_of_the_line(lot, clock):
    session, draw, _parties = lot
    clock.move_to(draw.closes_at)
    draw_seats(session)

    late = wait(session, "Eva")

    lines = Registration.objects.filter(session=session, state__in=["waiting", "offered"]).values_list(
        "line", flat=True
    )
    assert late.line == max(lines)
    assert late.lot is None
