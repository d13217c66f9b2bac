"""At the door: who came, whose seat becomes free, and taps that arrive late because there was no network."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_events.domain.registration.seats import holding
from learning_events.enums import RegistrationState
from learning_events.models import DoorTap, Registration, Session
from learning_events.queries.registration import WITH_SEATS, festival_above
from learning_events.rules import may_see_bookings
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, NotAllowed

_TAP_KEY = re.compile(r"[0-9a-f-]{16,36}")
OPENS_BEFORE = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Tap:
    """Somebody at the door said that the people of a registration came, or that this was a mistake.

    `key` is random and made where the tap was made; `at` is that device's time, aware, or None for now.
    """

    key: str
    registration: int
    is_in: bool
    at: dt.datetime | None = None


def check_in(session: Session, taps: Iterable[Tap], *, by) -> list[Registration]:
    """Note the taps; each counts once, at its own time, so that it does no harm when they come late, twice or mixed.

    Raises NotAllowed, Invalid for a tap that is none, and Conflict for people without a seat or whose seat was given away
    after the begin and is taken. Returns the registrations as they are now.
    """
    if not may_see_bookings(by, session.event):
        raise NotAllowed(_("Only the organisers and the festival's desk can check people in."))
    taps = list(taps)
    if any(not _TAP_KEY.fullmatch(tap.key) for tap in taps):
        raise Invalid(_("This is not a tap on a list."), field="tap")
    with holding(session) as seats:
        if seats.now < seats.session.starts_at - OPENS_BEFORE:
            raise Conflict(_("People can be checked in from twelve hours before the begin."))
        rows = {
            row.pk: row
            for row in Registration.objects.filter(session=session, pk__in={tap.registration for tap in taps})
        }
        known = set(DoorTap.objects.filter(key__in=[tap.key for tap in taps]).values_list("key", flat=True))
        new: dict[str, DoorTap] = {}
        for tap in taps:
            row = rows.get(tap.registration)
            if row is None or row.state != RegistrationState.CONFIRMED:
                raise Conflict(_("This person has no seat in this session."))
            if tap.key not in known:
                at = min(tap.at or seats.now, seats.now)
                new.setdefault(
                    tap.key,
                    DoorTap(
                        key=tap.key, registration=row, is_in=tap.is_in, tapped_at=at, received_at=seats.now
                    ),
                )
        DoorTap.objects.bulk_create(new.values())
        for row in rows.values():
            last = DoorTap.objects.filter(registration=row).order_by("tapped_at", "pk").last()
            if last is None:
                continue
            row.checked_in_at = last.tapped_at if last.is_in else None
            if last.is_in and row.absent_at is not None:
                if row.people > seats.free:
                    raise Conflict(_("The seat was given to somebody else, and all seats are taken now."))
                row.absent_at = None
                seats.count_in(row)
            row.save(update_fields=["checked_in_at", "absent_at"])
    return list(rows.values())


def free_no_shows(session: Session, *, by=None) -> int:
    """Give the seats of people who have not come to people at the door; return how many seats.

    `by` is staff, or None for the clock: then only after the festival's minutes, and only where somebody checks people in
    at all. Raises NotAllowed, or Conflict before the begin.
    """
    if by is not None and not may_see_bookings(by, session.event):
        raise NotAllowed(_("Only the organisers and the festival's desk can do this."))
    minutes = festival_above(session.event).no_show_minutes
    freed = 0
    with holding(session) as seats:
        if seats.now < seats.session.starts_at:
            raise Conflict(_("The session has not begun yet; people may still come."))
        rows = Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
        is_due = minutes > 0 and seats.now >= seats.session.starts_at + dt.timedelta(minutes=minutes)
        if by is None and not (is_due and rows.filter(checked_in_at__isnull=False).exists()):
            return 0
        for row in rows.filter(checked_in_at=None, absent_at=None).order_by("pk"):
            seats.count_out(row)
            row.absent_at = seats.now
            row.save(update_fields=["absent_at"])
            freed += row.people
        if by is not None and freed:
            record(
                "learning_events.free_no_shows", seats.session.event, by=by, session=session.pk, seats=freed
            )
    return freed


def free_all_no_shows() -> int:
    """Do that by the clock for every session that is going on; return how many seats became free."""
    now = database_now()
    going_on = Session.objects.filter(
        Q(event__booking__in=WITH_SEATS), starts_at__lte=now, ends_at__gt=now, taken__gt=0, status="planned"
    ).select_related("event")
    return sum(free_no_shows(session) for session in going_on.order_by("pk"))


__all__ = ["Tap", "check_in", "free_all_no_shows", "free_no_shows"]
