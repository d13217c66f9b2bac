"""One registration on its way: a seat held, confirmed, changed and cancelled; waiting, offered, accepted or declined."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from learning_events.domain.registration import telling
from learning_events.domain.registration.at_once import take_at_once
from learning_events.domain.registration.seats import (
    Seats,
    holding,
    refuse_too_many_people,
    refuse_without_registration,
)
from learning_events.enums import QuestionKind, RegistrationState
from learning_events.models import Festival, Registration, Session
from learning_events.models.registration import IS_LIVE, MOST_PEOPLE
from learning_events.queries.registration import before_in_line, festival_above, questions_of
from learning_events.rules import may_see_bookings
from participation.domain.limits import spend_attempt
from participation.domain.participant import TooManyTries
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from participation.foundation.text import clean_line

PER_ADDRESS_AND_DAY = 30
ANSWER_AT_MOST = 500


def hold_seats(session: Session, people: int, *, by=None) -> Registration:
    """Hold seats for as long as somebody fills in the form, and return the registration whose key is theirs.

    Raises Missing, Invalid (field "people") or Conflict: code "full" where the waiting list is the way, "draw" where the
    seats are drawn by lot, "closed", "cancelled", "no_registration" or "too_many".
    """
    refuse_without_registration(session)
    refuse_too_many_people(session, people, most=MOST_PEOPLE)

    def asked() -> Registration:
        person = getattr(by, "participant", None)
        return Registration(session=session, key=new_key(), people=people, participant=person)

    registration = asked()
    if take_at_once(registration):
        return registration
    registration = asked()
    refusal: Refused | None = None
    with holding(session) as seats:
        seats.refuse_closed()
        seats.refuse_flood()
        refusal = _why_no_seat(seats, people)
        if refusal is None:
            registration.state = RegistrationState.HELD
            registration.held_until = seats.now + dt.timedelta(minutes=seats.festival.hold_minutes)
            registration.session = seats.session
            registration.save(force_insert=True)
            seats.count_in(registration)
    if refusal is not None:
        raise refusal  # outside of the block: what was free for those who wait has been offered to them
    return registration


def confirm_registration(registration: Registration, *, facts: Mapping[str, Any], by=None) -> Registration:
    """Give a held seat to a person by name; `facts` are `name`, `email`, `phone` and `answers` (question pk -> answer).

    A hold that is over is taken anew where there is still room; twice does no harm. Raises Invalid naming the field,
    TooManyTries, and Conflict: "full", or "twice" for an address that is registered already, which gets its link by mail.
    Call it outside of a transaction, for it counts tries.
    """
    clean = clean_facts(registration.session, facts)
    spend_mail_to(clean["email"])
    refusal: Refused | None = None
    try:
        with holding(registration.session) as seats:
            registration = seats.fetch(registration)
            if registration.state == RegistrationState.CONFIRMED:
                return registration
            seats.refuse_closed()
            if registration.state == RegistrationState.EXPIRED and registration.name == "":
                refusal = _why_no_seat(seats, registration.people)
                if refusal is None:
                    seats.count_in(registration)
            elif registration.state != RegistrationState.HELD:
                raise Conflict(
                    _("This registration is “%(state)s”.") % {"state": registration.get_state_display()}
                )
            if refusal is None:
                _write_facts(registration, clean)
                registration.participant = getattr(by, "participant", None) or registration.participant
                confirm(registration, seats)
    except IntegrityError:
        _refuse_second(registration.session, clean["email"])
    if refusal is not None:
        raise refusal
    return registration


def join_waiting_list(session: Session, *, people: int, facts: Mapping[str, Any], by=None) -> Registration:
    """Put people to the end of the line, or into the draw where the lot has not decided yet.

    Where there is room after all, they are offered it at once. Raises what `confirm_registration` raises. Call it outside
    of a transaction, for it counts tries.
    """
    refuse_without_registration(session)
    refuse_too_many_people(session, people, most=MOST_PEOPLE)
    clean = clean_facts(session, facts)
    spend_mail_to(clean["email"])
    registration = Registration(
        key=new_key(),
        people=people,
        participant=getattr(by, "participant", None),
        state=RegistrationState.WAITING,
    )
    try:
        with holding(session) as seats:
            seats.refuse_closed()
            registration.session = seats.session
            _write_facts(registration, clean)
            stand_in_line(registration, seats)
    except IntegrityError:
        _refuse_second(session, clean["email"])
    registration.refresh_from_db(fields=["state", "offered_until"])  # a seat may have been free after all
    return registration


def change_registration(registration: Registration, *, facts: Mapping[str, Any], by=None) -> Registration:
    """Change the number of people (`people`), `name`, `phone` and `answers` of a live registration.

    More people need room; who waits can only become fewer, for more would be somebody new in line. The address stays: a
    link was mailed to it. Raises Conflict and Invalid.
    """
    refuse_unless_by_staff(registration, by)
    clean = clean_facts(registration.session, {**_facts_of(registration), **facts}, asks_address=False)
    with holding(registration.session) as seats:
        registration = seats.fetch(registration)
        if not registration.is_live:
            raise Conflict(
                _("This registration is “%(state)s”.") % {"state": registration.get_state_display()}
            )
        seats.refuse_closed(at_desk=by is not None)
        people = int(facts.get("people", registration.people))
        if people != registration.people:
            _change_people(registration, seats, people)
        _write_facts(registration, {**clean, "email": registration.email})
        registration.save()
    return registration


def cancel_registration(registration: Registration, *, by=None) -> Registration:
    """Give the seats, or the place in line, back; those who wait move up. Twice does no harm.

    The holder of the key gives no `by`; staff and organisers do.
    """
    refuse_unless_by_staff(registration, by)
    with holding(registration.session) as seats:
        registration = seats.fetch(registration)
        if registration.state not in (*IS_LIVE, RegistrationState.HELD):
            return registration
        was_held = registration.state == RegistrationState.HELD
        let_go(registration, seats, RegistrationState.CANCELLED)
        if not was_held:
            telling.cancelled(registration, seats.festival, by_staff=by is not None)
        if by is not None:
            record(
                "learning_events.cancel_registration",
                seats.session.event,
                by=by,
                session=seats.session.pk,
                registration=registration.pk,
            )
    return registration


def accept_offer(registration: Registration, *, by=None) -> Registration:
    """Take the offered seats. Raises Conflict when the offer is over (code "late") or there was none."""
    refuse_unless_by_staff(registration, by)
    refusal: Refused | None = None
    with holding(registration.session) as seats:
        registration = seats.fetch(registration)
        if registration.state == RegistrationState.CONFIRMED:
            return registration
        if registration.state == RegistrationState.OFFERED:
            seats.refuse_closed()
            confirm(registration, seats)
        elif registration.state == RegistrationState.WAITING:
            refusal = _take_late_seat(registration, seats)
        else:
            refusal = Conflict(
                _("The time to accept this seat is over, and it went on to the next person in line."),
                code="late",
            )
    if refusal is not None:
        raise refusal
    return registration


def decline_offer(registration: Registration, *, by=None) -> Registration:
    """Give the offered seats back: the next in line get them. Twice does no harm."""
    refuse_unless_by_staff(registration, by)
    with holding(registration.session) as seats:
        registration = seats.fetch(registration)
        if registration.state == RegistrationState.OFFERED:
            let_go(registration, seats, RegistrationState.DECLINED)
    return registration


# What the desk and the draw use too.


def new_key() -> str:
    """Return 128 random bits: who has the link may see, change and cancel the registration."""
    return secrets.token_hex(16)


def confirm(registration: Registration, seats: Seats, *, tells: bool = True) -> None:
    """Make a counted registration a confirmed one, and tell its people."""
    registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, seats.now
    registration.save()
    if tells:
        telling.confirmed(registration, seats.festival)


def stand_in_line(registration: Registration, seats: Seats) -> None:
    """Give the registration the last place in line, or the next number of the draw, and tell its people."""
    registration.state, registration.line = RegistrationState.WAITING, seats.next_in_line()
    if seats.waits_for_draw:
        if seats.draw is not None and seats.now >= seats.draw.closes_at:
            raise Conflict(_("The time to take part in this draw is over."), code="closed")
        registration.lot = registration.line
    registration.save()
    seats.waiting += registration.people
    if seats.waits_for_draw:
        telling.in_draw(registration, seats.festival)
    elif seats.free_on_web < registration.people or not seats.makes_offers:
        telling.waiting(registration, seats.festival, place=before_in_line(registration)[0] + 1)


def let_go(registration: Registration, seats: Seats, state: RegistrationState) -> None:
    """Take a registration out of its seats or the line, into the state it ends in."""
    if registration.state == RegistrationState.WAITING:
        seats.waiting -= registration.people
    elif registration.absent_at is None:
        seats.count_out(registration)
    registration.state, registration.cancelled_at = state, seats.now
    registration.save()


def clean_facts(
    session: Session, facts: Mapping[str, Any], *, asks_address: bool = True, at_desk: bool = False
) -> dict:
    """Return name, address, telephone and answers in clean words; raises Invalid naming the first wrong field."""
    name = clean_line(str(facts.get("name") or ""))[:120]
    if not name:
        raise Invalid(_("Please write your name."), field="name")
    email = str(facts.get("email") or "").strip().lower()
    if email or (asks_address and not at_desk):
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(
                _("Please write your e-mail address, such as name@example.org. Without one, please call us."),
                field="email",
            ) from None
    phone = clean_line(str(facts.get("phone") or ""))[:40]
    given = facts.get("answers") or {}
    is_stored = isinstance(facts.get("answers"), list)
    answers = facts["answers"] if is_stored else clean_answers(session, given, at_desk=at_desk)
    return {"name": name, "email": email, "phone": phone, "answers": answers}


def clean_answers(session: Session, answers: Mapping, *, at_desk: bool = False) -> list[dict]:
    """Return the answers with the questions they answer; raises Invalid (field "question_<pk>")."""
    clean = []
    for question in questions_of(session):
        answer = clean_line(str(answers.get(question.pk) or ""))[:ANSWER_AT_MOST]
        field = f"question_{question.pk}"
        if question.required and not answer and not at_desk:
            raise Invalid(_("Please answer this question of the organisers."), field=field)
        if answer and question.kind == QuestionKind.CHOICE and answer not in question.options:
            raise Invalid(_("Please choose one of these answers."), field=field)
        if answer:
            clean.append({"question": question.pk, "text": question.text, "answer": answer})
    return clean


def spend_mail_to(email: str) -> None:
    """Count one registration more for an address, so that nobody has hundreds of mails sent to somebody else."""
    if email and not spend_attempt(
        "register for sessions", email, limit=PER_ADDRESS_AND_DAY, per=dt.timedelta(days=1)
    ):
        raise TooManyTries(
            _("Very many registrations were made with this address today. Please go on tomorrow, or call us.")
        )


def refuse_unless_by_staff(registration: Registration, by) -> None:
    """Raise NotAllowed where `by` is given and may not see the bookings; the holder of the key needs no `by`."""
    if by is not None and not may_see_bookings(by, registration.session.event):
        raise NotAllowed(_("Only the people who organise this event may do this."))


def _why_no_seat(seats: Seats, people: int) -> Refused | None:
    if seats.waits_for_draw:
        return Conflict(
            _("The seats of this session are drawn by lot. You can take part in the draw."), code="draw"
        )
    if people > seats.free_for_newcomers:
        return Conflict(
            _("There are not enough seats any more. You can join the waiting list."),
            code="full",
            details={"free": seats.free_for_newcomers},
        )
    return None


def _take_late_seat(registration: Registration, seats: Seats) -> Refused | None:
    """In the last hours no offers are made: who waits and comes by takes what is free, as everybody can."""
    seats.refuse_closed()
    if seats.makes_offers or seats.waits_for_draw or registration.people > seats.free_on_web:
        return Conflict(_("No seat is free for you yet. We write to you as soon as one is."), code="full")
    seats.waiting -= registration.people
    seats.count_in(registration)
    confirm(registration, seats)
    return None


def _change_people(registration: Registration, seats: Seats, people: int) -> None:
    refuse_too_many_people(seats.session, people, most=MOST_PEOPLE)
    more = people - registration.people
    if registration.state == RegistrationState.WAITING:
        if more > 0:
            raise Conflict(
                _("A place in line is for as many people as you said. Please join once more for the others."),
                field="people",
            )
        seats.waiting += more
        registration.passed_from = None
    else:
        if more > 0 and (registration.state == RegistrationState.OFFERED or more > seats.free_for_newcomers):
            raise Conflict(_("There are not enough free seats for more people."), field="people", code="full")
        seats.count_out(registration)
        registration.people = people
        seats.count_in(registration)
    registration.people = people
    registration.save(update_fields=["people", "passed_from"])


def _write_facts(registration: Registration, clean: Mapping[str, Any]) -> None:
    for name, value in clean.items():
        setattr(registration, name, value)


def _facts_of(registration: Registration) -> dict[str, Any]:
    return {name: getattr(registration, name) for name in ("name", "email", "phone", "answers")}


def _refuse_second(session: Session, email: str) -> None:
    """Say that the address is registered already, and mail its link to it alone."""
    festival: Festival = festival_above(session.event)
    before = Registration.objects.filter(session=session, email=email, state__in=IS_LIVE).first()
    if before is not None:
        before.session = session
        with transaction.atomic():
            telling.link_again(before, festival, number=secrets.token_hex(8))
    raise Conflict(
        _(
            "With this address somebody is registered for this session already. We have mailed the link to it again."
        ),
        code="twice",
        field="email",
    )


__all__ = [
    "accept_offer",
    "cancel_registration",
    "change_registration",
    "confirm_registration",
    "decline_offer",
    "hold_seats",
    "join_waiting_list",
]
