"""What happens to registrations by itself: time runs out, a session changes, people are reminded, names are erased."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from learning_events.domain.registration import telling
from learning_events.domain.registration.booking import cancel_registration, new_key
from learning_events.domain.registration.seats import holding
from learning_events.enums import RegistrationState
from learning_events.models import DoorTap, Festival, Registration, Session
from learning_events.models.registration import IS_LIVE
from learning_events.queries.registration import WITH_SEATS, festival_above, sessions_with_something_due
from participation.foundation.clock import database_now

BATCH = 500
HOLDS_KEPT = dt.timedelta(days=1)


def promote_from_waiting_list(session: Session) -> int:
    """End what is over and offer what is free to those who wait, in order; return how many people still wait."""
    with holding(session) as seats:
        pass  # counting ends what is over, and leaving offers what is free
    return seats.waiting


def expire_holds_and_offers() -> int:
    """Do that for every session in which time has run out or a free seat waits; return for how many.

    Nothing depends on it being run often: whoever asks for a seat does the same for that session first.
    """
    due = sessions_with_something_due(database_now())
    for session in Session.objects.filter(pk__in=due).select_related("event").order_by("pk"):
        promote_from_waiting_list(session)
    _end_lines()
    return len(due)


def _end_lines() -> None:
    """Tell once who still waits when no more offers are made."""
    now = database_now()
    for festival in Festival.objects.filter(offers_end_hours__gt=0):
        last = now + dt.timedelta(hours=festival.offers_end_hours)
        for session in _sessions_below(festival).filter(
            waiting__gt=0, starts_at__gt=now, starts_at__lte=last
        ):
            rows = Registration.objects.filter(session=session, state=RegistrationState.WAITING)
            with transaction.atomic():
                telling.line_ended(_of(session, rows), festival)


def after_session_change(session: Session, *, told: bool) -> None:
    """Called in the transaction that changed a session: more seats go to who waits, and all hear of a new time or place.

    `told` says whether time or place changed. The session's sequence makes sure that each change is told once.
    """
    if session.event.booking not in WITH_SEATS:
        return
    with holding(session):
        pass
    session.refresh_from_db(fields=["taken", "taken_kept", "waiting"])
    if told:
        telling.session_moved(_live(session), festival_above(session.event), number=session.sequence)


def after_session_cancelled(session: Session) -> None:
    """Called in the transaction that cancelled a session. Registrations stay as they are, in case it is put back."""
    telling.session_cancelled(_live(session), festival_above(session.event), number=session.sequence)


def after_session_restored(session: Session) -> None:
    """Called in the transaction that put a cancelled session back."""
    telling.session_restored(_live(session), festival_above(session.event), number=session.sequence)


def _live(session: Session) -> list[Registration]:
    return _of(session, Registration.objects.filter(session=session, state__in=IS_LIVE))


def _of(session: Session, rows) -> list[Registration]:
    """Return the rows with this very session: mails show it as it is now."""
    found = list(rows.order_by("pk"))
    for registration in found:
        registration.session = session
    return found


def remind_booked() -> int:
    """Mail a reminder to everybody whose session begins soon, once; return to how many.

    Who booked within that time has just had a letter and gets no second one.
    """
    now, reminded = database_now(), 0
    for festival in Festival.objects.filter(reminder_hours__gt=0):
        before = dt.timedelta(hours=festival.reminder_hours)
        soon = _sessions_below(festival).filter(
            starts_at__gt=now, starts_at__lte=now + before, status="planned", event__live=True
        )
        for session in soon:
            with transaction.atomic():
                rows = list(
                    Registration.objects.select_for_update()
                    .filter(
                        session=session,
                        state=RegistrationState.CONFIRMED,
                        reminded_at=None,
                        confirmed_at__lt=session.starts_at - before,
                    )
                    .order_by("pk")
                )
                Registration.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
                for row in rows:
                    row.session = session
                telling.reminder(rows, festival)
                reminded += len(rows)
    return reminded


def forget_booked() -> int:
    """Erase names, addresses, telephone numbers, answers and keys some days after a session; return of how many.

    The numbers of people stay. Who came and has an account keeps the session in the private learning record.
    """
    now, forgotten = database_now(), 0
    Registration.objects.filter(
        state__in=[RegistrationState.EXPIRED, RegistrationState.CANCELLED],
        name="",
        email="",
        anonymised_at=None,
        held_until__lt=now - HOLDS_KEPT,
    ).delete()
    for festival in Festival.objects.all():
        over = now - dt.timedelta(days=festival.anonymise_days)
        rows = Registration.objects.filter(
            session__event__path__startswith=festival.path, session__ends_at__lt=over, anonymised_at=None
        ).order_by("pk")
        while batch := list(rows[:BATCH]):
            with transaction.atomic():
                anonymise(batch, now=now)
            forgotten += len(batch)
    return forgotten


def anonymise(registrations: list[Registration], *, now: dt.datetime, keeps_record: bool = True) -> None:
    """Take everything that says who it was from the rows; `keeps_record` leaves a person's own attendance to them."""
    for row in registrations:
        row.name = row.email = row.phone = row.note = ""
        row.answers, row.key, row.anonymised_at = [], new_key(), now
        if not (keeps_record and row.checked_in_at):
            row.participant = None
    Registration.objects.bulk_update(
        registrations, ["name", "email", "phone", "note", "answers", "key", "anonymised_at", "participant"]
    )
    DoorTap.objects.filter(registration__in=registrations).delete()


def forget_bookings_of(user) -> None:
    """Cancel what a leaving person has booked, and make the rest anonymous: the numbers of people stay."""
    rows = Registration.objects.filter(participant__user=user).select_related("session__event")
    for registration in rows.filter(state__in=IS_LIVE, session__starts_at__gt=database_now()):
        cancel_registration(registration)
    with transaction.atomic():
        anonymise(list(rows.order_by("pk")), now=database_now(), keeps_record=False)


def _sessions_below(festival: Festival):
    return (
        Session.objects.filter(Q(event__booking__in=WITH_SEATS), event__path__startswith=festival.path)
        .select_related("event", "place")
        .order_by("pk")
    )


__all__ = [
    "after_session_cancelled",
    "after_session_change",
    "after_session_restored",
    "anonymise",
    "expire_holds_and_offers",
    "forget_booked",
    "forget_bookings_of",
    "promote_from_waiting_list",
    "remind_booked",
]
