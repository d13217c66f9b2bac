"""What organisers and staff do for people: book by telephone and at the door, write to the booked, ask questions."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from learning_events.domain.registration import telling
from learning_events.domain.registration.booking import (
    clean_facts,
    confirm,
    new_key,
    refuse_without_registration,
    stand_in_line,
)
from learning_events.domain.registration.seats import holding, refuse_too_many_people
from learning_events.enums import Channel, QuestionKind, RegistrationState
from learning_events.models import EventPage, Question, Registration, Session
from learning_events.models.registration import IS_LIVE, MOST_PEOPLE
from learning_events.queries.registration import festival_above
from learning_events.rules import may_change_event, may_see_bookings
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.text import clean_line, clean_text

MESSAGE_AT_MOST = 3000
QUESTIONS_AT_MOST = 12


def book_at_desk(
    session: Session,
    *,
    people: int,
    facts: Mapping[str, Any],
    by,
    channel: Channel = Channel.DESK,
    waits: bool = False,
) -> Registration:
    """Book for somebody by name; telephone and e-mail are welcome, not needed. Staff may give away every free seat.

    `waits` puts the person on the waiting list instead. `channel` walk-in checks the people in at once. Raises NotAllowed,
    Invalid, or Conflict: "full" or "twice".
    """
    if not may_see_bookings(by, session.event):
        raise NotAllowed(_("Only the organisers and the festival's desk can book for others."))
    refuse_without_registration(session)
    refuse_too_many_people(session, people, most=MOST_PEOPLE, on_web=waits)
    clean = clean_facts(session, facts, at_desk=True)
    note = clean_line(str(facts.get("note") or ""))[:300]
    registration = Registration(key=new_key(), people=people, channel=channel, note=note, **clean)
    try:
        with holding(session) as seats:
            seats.refuse_closed(at_desk=True)
            registration.session = seats.session
            if waits or seats.waits_for_draw:
                stand_in_line(registration, seats)
            elif people > seats.free:
                raise Conflict(
                    _("There are not enough free seats. You can put the person on the waiting list."),
                    code="full",
                )
            else:
                if channel == Channel.WALK_IN:
                    registration.checked_in_at = seats.now
                confirm(registration, seats)
                seats.count_in(registration)
            record(
                "learning_events.book_at_desk",
                seats.session.event,
                by=by,
                session=seats.session.pk,
                registration=registration.pk,
                people=people,
            )
    except IntegrityError:
        raise Conflict(
            _("With this address somebody is registered for this session already."),
            code="twice",
            field="email",
        ) from None
    registration.refresh_from_db(fields=["state", "offered_until"])
    return registration


def write_to_booked(session: Session, *, subject: str, text: str, by, with_waiting: bool = False) -> int:
    """Mail the same words to everybody who has a seat (and to those who wait); return to how many addresses.

    It is logged with its subject. Raises NotAllowed or Invalid.
    """
    if not may_see_bookings(by, session.event):
        raise NotAllowed(_("Only the people who organise this event may do this."))
    subject, text = clean_line(subject)[:120], clean_text(text)
    if not subject:
        raise Invalid(_("Please say in a few words what it is about."), field="subject")
    if not text:
        raise Invalid(_("Please write what people need to know."), field="text")
    if len(text) > MESSAGE_AT_MOST:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": MESSAGE_AT_MOST}, field="text")
    states = IS_LIVE if with_waiting else (RegistrationState.CONFIRMED,)
    rows = list(
        Registration.objects.filter(session=session, state__in=states, anonymised_at=None)
        .exclude(email="")
        .order_by("pk")
    )
    for row in rows:
        row.session = session
    with transaction.atomic():
        telling.message(
            rows, festival_above(session.event), subject=subject, words=text, number=secrets.token_hex(8)
        )
        record(
            "learning_events.write_to_booked",
            session.event,
            by=by,
            session=session.pk,
            subject=subject,
            people=len(rows),
        )
    return len(rows)


def record_export(session: Session, *, by) -> None:
    """Note in the log that somebody took the list of names out of the site; raises NotAllowed."""
    if not may_see_bookings(by, session.event):
        raise NotAllowed(_("Only the people who organise this event may do this."))
    record("learning_events.export_bookings", session.event, by=by, session=session.pk)


def ask_question(
    event: EventPage, *, text: str, kind: str, required: bool = False, choices: Iterable[str] = (), by
) -> Question:
    """Ask something of everybody who registers from now on. Raises NotAllowed, Invalid or Conflict (too many)."""
    _may_ask(event, by)
    text = clean_line(text)[:200]
    options = [line for line in (clean_line(choice)[:100] for choice in choices) if line]
    if not text:
        raise Invalid(_("Please write the question."), field="text")
    if kind not in QuestionKind.values:
        raise Invalid(_("Please choose how people answer."), field="kind")
    if kind == QuestionKind.CHOICE and len(options) < 2:
        raise Invalid(_("Please write at least two answers to choose from."), field="choices")
    with transaction.atomic():
        event = EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)
        number = Question.objects.filter(event=event).count()
        if number >= QUESTIONS_AT_MOST:
            raise Conflict(_("You ask many questions already. Please remove one first."))
        question = Question.objects.create(
            event=event,
            text=text,
            kind=kind,
            required=required,
            choices="\n".join(options) if kind == QuestionKind.CHOICE else "",
            sort_order=number,
        )
        record("learning_events.ask_question", event, by=by, question=text)
    return question


def remove_question(question: Question, *, by) -> None:
    """Stop asking; the answers given so far stay with their registrations."""
    _may_ask(question.event, by)
    with transaction.atomic():
        record("learning_events.remove_question", question.event, by=by, question=question.text)
        question.delete()


def _may_ask(event: EventPage, by) -> None:
    if not may_change_event(by, event):
        raise NotAllowed(_("Only the people who organise this event may change it."))


__all__ = ["ask_question", "book_at_desk", "record_export", "remove_question", "write_to_booked"]
