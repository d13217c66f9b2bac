"""Seats and registrations as pages, lists and reports read them; nothing here locks or writes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from treebeard.mp_tree import MP_Node

from learning_events.enums import Booking, Channel, RegistrationState, SessionStatus
from learning_events.models import Draw, EventPage, Festival, Question, Registration, Session
from learning_events.models.registration import IS_LIVE
from learning_events.rules import may_keep_desk, may_run_festival

WITH_SEATS = (Booking.SEATS, Booking.DRAW)


def free_for_web(session: Session) -> int | None:
    """Return how many seats somebody new could book on the web now; None where nobody counts.

    Seats kept for the door and the telephone are not among them, and as long as people wait, the next seat is theirs.
    """
    if session.seats is None:
        return None
    if session.waiting:
        return 0
    return max(0, session.seats - session.taken - (session.seats_kept - session.taken_kept))


def free_at_desk(session: Session) -> int | None:
    """Return how many seats staff can give away by telephone and at the door; None where nobody counts."""
    return None if session.seats is None else max(0, session.seats - session.taken)


def with_free_seats(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Annotate `free`: what `free_for_web` says, in the database, for filters of lists."""
    free = F("seats") - F("taken") - F("seats_kept") + F("taken_kept")
    return sessions.annotate(
        free=Case(
            When(seats=None, then=Value(None, output_field=IntegerField())),
            When(waiting__gt=0, then=Value(0)),
            default=Greatest(free, Value(0)),
            output_field=IntegerField(),
        )
    )


def festival_above(event: EventPage) -> Festival:
    """Return the festival of an event in one query, kept beside the event."""
    kept = event.__dict__.get("_festival_above")
    if kept is None:
        kept = Festival.objects.get(path=event.path[: -MP_Node.steplen])
        event.__dict__["_festival_above"] = kept
    return kept


@dataclass(frozen=True)
class SeatsNow:
    """What the door of one event's sessions needs beside the sessions: people whose hold is over, and draws."""

    lapsed: dict[int, int]
    draws: dict[int, Draw]


def seats_now(event: EventPage, now: dt.datetime) -> SeatsNow:
    """Return what every door of this event needs, in at most two queries for all of its sessions."""
    if event.booking not in WITH_SEATS:
        return SeatsNow({}, {})
    lapsed = (
        Registration.objects.filter(
            session__event__translation_key=event.translation_key,
            state=RegistrationState.HELD,
            held_until__lte=now,
        )
        .values_list("session")
        .annotate(Sum("people"))
    )
    draws = (
        Draw.objects.filter(session__event__translation_key=event.translation_key)
        if event.booking == Booking.DRAW
        else Draw.objects.none()
    )
    return SeatsNow(dict(lapsed), {draw.session_id: draw for draw in draws})


def registration_by_key(key: str) -> Registration | None:
    """Return the registration that this key opens, with its session, event and draw; None for none."""
    return (
        Registration.objects.filter(key=key, anonymised_at=None)
        .select_related("session__event", "session__place", "session__draw", "participant__user")
        .first()
    )


def before_in_line(registration: Registration) -> tuple[int, int]:
    """Return how many registrations, and how many people, wait before this one."""
    before = Registration.objects.filter(
        session=registration.session_id, state=RegistrationState.WAITING, line__lt=registration.line or 0
    ).aggregate(parties=Count("pk"), people=Coalesce(Sum("people"), 0))
    return before["parties"], before["people"]


def bookings_of(session: Session) -> QuerySet[Registration]:
    """Return everybody who is registered for a session or waits for it: by name, then those who wait in their order."""
    return Registration.objects.filter(session=session, state__in=IS_LIVE).order_by(
        Case(When(state=RegistrationState.WAITING, then=1), default=0), "line", "name", "pk"
    )


def seated(session: Session) -> QuerySet[Registration]:
    """Return who has a seat, by name: the list at the door."""
    return Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED).order_by(
        "name", "pk"
    )


def questions_of(session: Session) -> list[Question]:
    return list(Question.objects.filter(event=session.event_id))


@dataclass(frozen=True)
class Attendance:
    """One session in numbers of people. `came` is None where nobody was checked in at the door."""

    registered: int = 0
    waiting: int = 0
    cancelled: int = 0
    came: int | None = None
    absent: int | None = None
    on_web: int = 0
    at_desk: int = 0
    at_door: int = 0


def attendance_of(sessions: Iterable[int]) -> dict[int, Attendance]:
    """Return the numbers of these sessions by their pk, in one query; they stay true after names are erased."""
    people = Coalesce(Sum("people"), 0)

    def some(condition: Q):
        return Coalesce(Sum("people", filter=condition), 0)

    confirmed = Q(state=RegistrationState.CONFIRMED)
    rows = (
        Registration.objects.filter(session__in=list(sessions))
        .exclude(state=RegistrationState.HELD)
        .values("session")
        .annotate(
            everybody=people,
            registered=some(confirmed),
            waits=some(Q(state=RegistrationState.WAITING)),
            gone=some(Q(state__in=[RegistrationState.CANCELLED, RegistrationState.DECLINED])),
            arrived=some(confirmed & Q(checked_in_at__isnull=False)),
            web=some(confirmed & Q(channel=Channel.WEB)),
            desk=some(confirmed & Q(channel=Channel.DESK)),
            door=some(confirmed & Q(channel=Channel.WALK_IN)),
        )
    )
    return {
        row["session"]: Attendance(
            registered=row["registered"],
            waiting=row["waits"],
            cancelled=row["gone"],
            came=row["arrived"] or None,
            absent=row["registered"] - row["arrived"] if row["arrived"] else None,
            on_web=row["web"],
            at_desk=row["desk"],
            at_door=row["door"],
        )
        for row in rows
    }


def attended_by(participant) -> QuerySet[Registration]:
    """Return the sessions at which this person was checked in, newest first, for the private learning record."""
    return (
        Registration.objects.filter(
            participant=participant, state=RegistrationState.CONFIRMED, checked_in_at__isnull=False
        )
        .select_related("session__event", "session__place")
        .order_by("-session__starts_at", "-pk")
    )


def registrations_of(participant) -> QuerySet[Registration]:
    """Return a person's own live registrations for sessions, next first."""
    return (
        Registration.objects.filter(participant=participant, state__in=IS_LIVE)
        .select_related("session__event", "session__place")
        .order_by("session__starts_at", "pk")
    )


def sessions_at_desk(festival: Festival, user, words: str, now: dt.datetime) -> QuerySet[Session]:
    """Return sessions that are not over and take registrations, whose bookings this user may see, soonest first."""
    sessions = Session.objects.filter(
        event__path__startswith=festival.path,
        event__live=True,
        event__booking__in=WITH_SEATS,
        ends_at__gt=now,
        status=SessionStatus.PLANNED,
    )
    if not (may_run_festival(user) or may_keep_desk(user)):
        participant = getattr(user, "participant", None)
        if participant is None:
            return sessions.none()
        organisations = participant.organisation_roles.values("organisation")
        sessions = sessions.filter(
            Q(event__submission__participant=participant) | Q(event__organisation__in=organisations)
        )
    for word in words.split():
        sessions = sessions.filter(Q(event__title__icontains=word) | Q(event__venue_name__icontains=word))
    return sessions.select_related("event__place", "place").order_by("starts_at", "pk")


def session_below(festival: Festival, pk: int) -> Session | None:
    """Return a session of this festival, public or not."""
    return (
        Session.objects.filter(event__path__startswith=festival.path, pk=pk)
        .select_related("event__place", "event__organisation", "event__submission", "place")
        .first()
    )


def with_code(session: Session, code: str) -> Registration | None:
    """Return who has a seat and shows this code, typed with or without spaces; None for none or several."""
    code = "".join(code.lower().split())
    if len(code) < 8 or not code.isalnum():
        return None
    found = list(seated(session).filter(key__startswith=code)[:2])
    return found[0] if len(found) == 1 else None


def sessions_with_something_due(now: dt.datetime) -> list[int]:
    """Return the sessions in which a hold or an offer is over, or somebody waits while seats are free."""
    lapsed = Registration.objects.filter(
        Q(state=RegistrationState.HELD, held_until__lte=now)
        | Q(state=RegistrationState.OFFERED, offered_until__lte=now)
    ).values_list("session", flat=True)
    waiting = Session.objects.filter(waiting__gt=0, starts_at__gt=now).filter(
        Q(seats=None) | Q(taken__lt=F("seats") - F("seats_kept") + F("taken_kept"))
    )
    return sorted({*lapsed, *waiting.values_list("pk", flat=True)})
