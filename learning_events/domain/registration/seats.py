"""The seats of one session while its row is locked: what is taken is counted here, given away here, and written here.

Whoever wants a seat holds the session's row first and its registrations afterwards, always in this order, so that two
people can neither get the same seat nor wait for each other for ever. Counts come from the registrations as they are
once the lock is held, never from the counter, which is only what others read.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Count, DateTimeField, Func, Max, Q, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_events.domain.registration import telling
from learning_events.domain.session import locked
from learning_events.domain.version import raise_programme_version
from learning_events.enums import Booking, Channel, RegistrationState
from learning_events.models import Draw, Festival, Registration, Session
from learning_events.models.registration import TAKES_SEATS
from learning_events.queries.registration import WITH_SEATS, festival_above, free_for_web
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing

# Holds that nobody confirmed within the last hour: more than that, for each seat, is a machine.
LAPSED_HOLDS_AN_HOUR = 20
LAPSED_HOLDS_A_SEAT = 5
_COUNTED = Q(state__in=TAKES_SEATS, absent_at=None)
_HELD, _OFFERED = Q(state=RegistrationState.HELD), Q(state=RegistrationState.OFFERED)


class Clock(Func):
    """The database's clock inside of a statement: one journey less while everybody waits for the lock."""

    template = "clock_timestamp()"
    output_field = DateTimeField()


class Seats:
    """The counted seats of a locked session, in people; made by `holding` alone."""

    def __init__(self, session: Session, festival: Festival):
        self.session, self.festival = session, festival
        now = Clock() if connection.vendor == "postgresql" else Value(timezone.now(), DateTimeField())
        counted = Registration.objects.filter(session=session).aggregate(
            on_web=Sum("people", filter=_COUNTED & Q(channel=Channel.WEB)),
            elsewhere=Sum("people", filter=_COUNTED & ~Q(channel=Channel.WEB)),
            waiting=Sum("people", filter=Q(state=RegistrationState.WAITING)),
            line=Max("line"),
            lapsed=Count(
                "pk", filter=(_HELD & Q(held_until__lte=now)) | (_OFFERED & Q(offered_until__lte=now))
            ),
            given_up=Count(
                "pk",
                filter=Q(
                    state=RegistrationState.EXPIRED,
                    held_until__gt=timezone.now() - dt.timedelta(hours=1),
                    confirmed_at=None,
                ),
            ),
            now=Max(now),
        )
        self.now: dt.datetime = counted["now"] or database_now()
        self.on_web, self.elsewhere = counted["on_web"] or 0, counted["elsewhere"] or 0
        self.waiting, self.line = counted["waiting"] or 0, counted["line"] or 0
        self.given_up = counted["given_up"]
        self.was_free = free_for_web(session)
        if counted["lapsed"]:
            self._expire()

    @property
    def taken(self) -> int:
        return self.on_web + self.elsewhere

    @property
    def kept_taken(self) -> int:
        """Return how many of the kept seats are taken: who books elsewhere than on the web has those first."""
        return min(self.session.seats_kept, self.elsewhere)

    @property
    def free(self) -> int:
        """Return what staff may give away: every seat that is not taken."""
        return self._left(self.session.seats)

    @property
    def free_on_web(self) -> int:
        """Return what the web and the waiting list may give away."""
        seats = self.session.seats
        return self._left(None if seats is None else seats - self.session.seats_kept + self.kept_taken)

    @property
    def free_for_newcomers(self) -> int:
        """Return what is free for somebody who has not waited: nothing while the waiting list goes on."""
        return 0 if self.waiting and self.makes_offers else self.free_on_web

    def _left(self, seats: int | None) -> int:
        return 10**6 if seats is None else max(0, seats - self.taken)

    @cached_property
    def draw(self) -> Draw | None:
        return Draw.objects.filter(session=self.session).first()

    @cached_property
    def waits_for_draw(self) -> bool:
        """Say whether the lot has not decided yet, so that nobody has a seat."""
        return self.session.event.booking == Booking.DRAW and not (self.draw and self.draw.drawn_at)

    @property
    def offers_end_at(self) -> dt.datetime:
        return self.session.starts_at - dt.timedelta(hours=self.festival.offers_end_hours)

    @property
    def makes_offers(self) -> bool:
        """Say whether free seats go to the waiting list: not in the last hours, when nobody could answer in time."""
        return (
            self.now < self.offers_end_at
            and not self.session.is_cancelled
            and self.session.event.live
            and not self.waits_for_draw
        )

    def refuse_closed(self, *, at_desk: bool = False) -> None:
        """Raise Missing or Conflict where nobody can register (any more); staff may until the end."""
        refuse_without_registration(self.session)
        if self.session.is_cancelled:
            raise Conflict(_("This session is cancelled."), code="cancelled")
        if self.now >= (self.session.ends_at if at_desk else self.session.starts_at):
            raise Conflict(
                _("This session is over.")
                if self.now >= self.session.ends_at
                else _("This session has begun. Please ask at the door whether there is room."),
                code="closed",
            )

    def refuse_flood(self) -> None:
        """Raise Conflict when so many held seats were given up in the last hour that no people can have done it."""
        if self.given_up >= LAPSED_HOLDS_AN_HOUR + LAPSED_HOLDS_A_SEAT * (self.session.seats or 100):
            raise Conflict(
                _("So many people try at once that we have to pause. Please try again in some minutes."),
                code="too_many",
            )

    def count_in(self, registration: Registration) -> None:
        """Count a registration that now takes seats; the caller has seen that there is room."""
        self._count(registration, registration.people)

    def count_out(self, registration: Registration) -> None:
        self._count(registration, -registration.people)

    def _count(self, registration: Registration, people: int) -> None:
        if registration.channel == Channel.WEB:
            self.on_web += people
        else:
            self.elsewhere += people

    def next_in_line(self) -> int:
        self.line += 1
        return self.line

    def fetch(self, registration: Registration) -> Registration:
        """Return a registration of this session as it is now; raises Missing."""
        found = Registration.objects.filter(
            pk=registration.pk, session=self.session, anonymised_at=None
        ).first()
        if found is None:
            raise Missing
        found.session = self.session
        return found

    def promote(self) -> None:
        """Offer what is free to those who wait, strictly in their order.

        A group gets seats for all or none. One that is too large for what is free is asked whether fewer would do, and
        those behind it wait with it for as long as an offer lasts; after that they may pass, and the group stays first
        in line for when enough seats are free at once.
        """
        if not self.waiting or self.free_on_web < 1 or not self.makes_offers:
            return
        lasts = dt.timedelta(hours=self.festival.offer_hours)
        line = Registration.objects.filter(session=self.session, state=RegistrationState.WAITING)
        for registration in line.order_by("line"):
            if self.free_on_web < 1:
                break
            registration.session = self.session
            if registration.people <= self.free_on_web:
                registration.state = RegistrationState.OFFERED
                registration.offered_until = min(self.now + lasts, self.offers_end_at)
                registration.save(update_fields=["state", "offered_until"])
                self.waiting -= registration.people
                self.count_in(registration)
                telling.offered(registration, self.festival)
            elif registration.passed_from is None:
                registration.passed_from = self.now + lasts
                registration.save(update_fields=["passed_from"])
                telling.too_large(registration, self.festival, free=self.free_on_web)
                break
            elif registration.passed_from > self.now:
                break

    def _expire(self) -> None:
        """End the holds and offers whose time is over; who was offered a seat hears that it went on."""
        rows = Registration.objects.filter(session=self.session)
        held = rows.filter(_HELD, held_until__lte=self.now)
        offers = list(rows.filter(_OFFERED, offered_until__lte=self.now))
        for registration in [*held, *offers]:
            self.count_out(registration)
        held.update(state=RegistrationState.EXPIRED)
        for registration in offers:
            registration.state = RegistrationState.EXPIRED
            registration.save(update_fields=["state"])
            registration.session = self.session
            telling.lapsed(registration, self.festival)

    def write(self) -> None:
        """Write the counts for others to read; the programme is told when a session becomes full or has room again."""
        session = self.session
        counts = {"taken": self.taken, "taken_kept": self.kept_taken, "waiting": self.waiting}
        if any(getattr(session, name) != value for name, value in counts.items()):
            Session.objects.filter(pk=session.pk).update(**counts)
            for name, value in counts.items():
                setattr(session, name, value)
        if (self.was_free == 0) != (free_for_web(session) == 0):
            # After the commit: the version is one row for the whole city, and nobody shall wait for it with a lock held.
            transaction.on_commit(raise_programme_version, robust=True)


@contextmanager
def holding(session: Session) -> Iterator[Seats]:
    """Lock the session and count its seats; at the end free ones are offered to who waits, and the counts written."""
    festival = festival_above(session.event)
    with transaction.atomic():
        seats = Seats(locked(session), festival)
        yield seats
        seats.promote()
        seats.write()


def refuse_without_registration(session: Session) -> None:
    """Raise Missing for an event that is not public, Conflict for one that takes no registrations here."""
    if not session.event.live:
        raise Missing
    if session.event.booking not in WITH_SEATS:
        raise Conflict(_("This event takes no registrations here."), code="no_registration")


def refuse_too_many_people(session: Session, people: int, *, most: int, on_web: bool = True) -> None:
    """Raise Invalid for a group that can never get seats here; on the web those kept for the door do not count."""
    seats = session.seats
    if seats is not None and on_web:
        seats -= session.seats_kept
    if not 1 <= people <= most:
        raise Invalid(
            _("Please register between 1 and %(most)d people at once.") % {"most": most}, field="people"
        )
    if seats is not None and people > seats:
        raise Invalid(
            _("This session has only %(seats)d seats. Please register fewer people.") % {"seats": seats},
            field="people",
        )


__all__ = ["Seats", "holding", "refuse_too_many_people", "refuse_without_registration"]
