"""Seats drawn by lot, so that anybody can draw them again from what is published and get the same.

How: before anybody enters, 256 random bits become the seed, and its SHA-256 is shown at once. Everybody who enters gets the
next number. When the time is over the seed is published; the numbers are put into the order of SHA-256("seed:number"),
written in hexadecimal, and in that order each group gets seats as long as all of it fits. A group that does not fit keeps
its place at the head of the waiting list, and smaller ones behind it may get the seats that are left.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from learning_events.domain.registration import telling
from learning_events.domain.registration.booking import confirm
from learning_events.domain.registration.seats import holding
from learning_events.domain.session import locked
from learning_events.enums import Booking, RegistrationState
from learning_events.models import Draw, Registration, Session
from learning_events.rules import may_change_event
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, NotAllowed


def order_of(numbers: Iterable[int], seed: str) -> list[int]:
    """Return the numbers in the order the seed gives them."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest())


def plan_draw(session: Session, *, closes_at: dt.datetime, by) -> Draw:
    """Say until when people can take part; the seed is made now, and its digest shown. Later, the time can be moved.

    Raises NotAllowed, Invalid for a time that is over or after the begin, Conflict once it is drawn.
    """
    if not may_change_event(by, session.event):
        raise NotAllowed(_("Only the people who organise this event may change it."))
    with transaction.atomic():
        session = locked(session)
        if session.event.booking != Booking.DRAW:
            raise Conflict(_("The seats of this event are not drawn by lot."))
        if not database_now() < closes_at < session.starts_at:
            raise Invalid(
                _("Please choose a time before the begin that is still to come."), field="closes_at"
            )
        draw = Draw.objects.filter(session=session).first()
        if draw is None:
            seed = secrets.token_hex(32)
            draw = Draw(session=session, seed=seed, digest=hashlib.sha256(seed.encode()).hexdigest())
        elif draw.drawn_at:
            raise Conflict(_("The seats are drawn already."))
        draw.closes_at = closes_at
        draw.save()
        record(
            "learning_events.plan_draw",
            session.event,
            by=by,
            session=session.pk,
            closes_at=closes_at.isoformat(),
        )
    return draw


def draw_seats(session: Session, *, by=None) -> Draw:
    """Draw the seats once the time to take part is over, tell everybody, and publish seed and order. Twice does no harm.

    `by` is an organiser, or None for the clock. Raises NotAllowed or Conflict.
    """
    if by is not None and not may_change_event(by, session.event):
        raise NotAllowed(_("Only the people who organise this event may change it."))
    with holding(session) as seats:
        draw = seats.draw
        if draw is None:
            raise Conflict(_("Please say first until when people can take part in the draw."))
        if draw.drawn_at:
            return draw
        if seats.now < draw.closes_at:
            raise Conflict(_("People can still take part in this draw."))
        rows = Registration.objects.filter(
            session=session, state=RegistrationState.WAITING, lot__isnull=False
        )
        by_lot = {row.lot: row for row in rows}
        order = order_of((lot for lot in by_lot if lot is not None), draw.seed)
        # First out of the way of the order by entry: a place in line belongs to one only.
        top = seats.line + len(order)
        rows.update(line=F("line") + top)
        published = []
        drawn = []
        for place, lot in enumerate(order, start=1):
            row = by_lot[lot]
            row.session, row.line = seats.session, 2 * top + place
            seats.waiting -= row.people
            has_seats = row.people <= seats.free_on_web
            if has_seats:
                seats.count_in(row)
                confirm(row, seats, tells=False)
            else:
                seats.waiting += row.people
                row.save(update_fields=["line"])
            published.append({"number": lot, "people": row.people, "seat": has_seats})
            drawn.append(row)
        seats.line = 2 * top + len(order)
        draw.drawn_at, draw.published = seats.now, published
        draw.save(update_fields=["drawn_at", "published"])
        seats.__dict__.pop(
            "waits_for_draw", None
        )  # it has decided: what is left is offered in the order of the lot
        telling.drawn(drawn, seats.festival)
        record(
            "learning_events.draw_seats", seats.session.event, by=by, session=session.pk, entries=len(order)
        )
    return draw


def draw_all_due() -> int:
    """Draw by the clock wherever the time to take part is over; return how many sessions were drawn."""
    due = Draw.objects.filter(drawn_at=None, closes_at__lte=database_now()).select_related("session__event")
    number = 0
    for draw in due.order_by("pk"):
        if not draw.session.is_cancelled and draw.session.event.live:
            draw_seats(draw.session)
            number += 1
    return number
