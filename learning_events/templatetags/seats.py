"""The door of a session: `{% door session as door %}` says how to get in; two queries for all sessions of an event."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.enums import Booking
from learning_events.models import EventPage, Session
from learning_events.queries import where
from learning_events.queries.registration import (
    WITH_SEATS,
    SeatsNow,
    festival_above,
    free_for_web,
    seats_now,
)
from participation.foundation.clock import database_now

register = template.Library()

FEW = 5


@dataclass(frozen=True)
class Door:
    """`state` is open, free, few, unlimited, full, draw, cancelled, elsewhere, closed or over; `words` say it."""

    state: str
    words: str
    url: str = ""
    phone: str = ""


@register.simple_tag
def where_of(session: Session) -> str:
    """Return place and address in one line."""
    return ", ".join(filter(None, (where.where_of(session), where.address_of(session))))


@register.simple_tag(takes_context=True, name="door")
def door_in_template(context, session: Session) -> Door:
    """Return how to get into the session; the template has its `event`, or that event's own `page`."""
    pages = [each for each in map(context.get, ("event", "page")) if isinstance(each, EventPage)]
    event = pages[0] if pages else session.event
    return door(session, event)


def door(session: Session, event: EventPage) -> Door:
    """Return how to get into the session; what all of the event's sessions need is read once, with the first."""
    kept = event.__dict__.get("_seats_now")
    if kept is None:
        now = database_now()
        kept = event.__dict__["_seats_now"] = (now, seats_now(event, now))
    now, counted = kept
    if session.is_cancelled:
        return Door("cancelled", _("Cancelled"))
    if session.ends_at <= now:
        return Door("over", _("This session is over."))
    if event.booking == Booking.ELSEWHERE:
        return Door("elsewhere", _("Register with the organiser"), event.booking_url, event.contact_phone)
    if event.booking not in WITH_SEATS:
        return Door("open", _("Come along, no registration needed"))
    festival = festival_above(event)
    if session.starts_at <= now:
        return Door("closed", _("It has begun. Ask at the door whether there is room."))
    return _with_seats(session, event, counted, festival.url_of("book", session.pk), festival.contact_phone)


def _with_seats(session: Session, event: EventPage, counted: SeatsNow, url: str, phone: str) -> Door:
    draw = counted.draws.get(session.pk)
    if event.booking == Booking.DRAW and not (draw and draw.drawn_at):
        words = ngettext(
            "Seats are drawn by lot: %(number)d seat",
            "Seats are drawn by lot: %(number)d seats",
            session.seats or 0,
        )
        return Door("draw", words % {"number": session.seats or 0}, url, phone)
    free = free_for_web(session)
    if free is None:
        return Door("unlimited", _("Please register; there is room for everybody"), url, phone)
    if not session.waiting:
        free += min(counted.lapsed.get(session.pk, 0), session.taken)
    if free > 0:
        words = ngettext("%(number)d seat free", "%(number)d seats free", free) % {"number": free}
        return Door("few" if free <= FEW else "free", words, url, phone)
    if session.waiting:
        words = ngettext(
            "Full, %(number)d person on the waiting list",
            "Full, %(number)d people on the waiting list",
            session.waiting,
        )
        return Door("full", words % {"number": session.waiting}, url, phone)
    return Door("full", _("Full, you can join the waiting list"), url, phone)
