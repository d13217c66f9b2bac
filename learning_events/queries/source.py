"""Our events as the writers of calendars and schedules take them (`calendar.events`)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning_events.calendar.events import (
    Attendance,
    CostKind,
    SourceCost,
    SourceEvent,
    SourcePlace,
    SourceSession,
)
from learning_events.enums import Booking
from learning_events.models import EventPage, Session
from learning_events.queries.programme import ACCESS, languages_first
from mapping.enums import Cost, Stated
from mapping.models import LearningPlace

_COSTS: dict[str, CostKind] = {Cost.FREE: "free", Cost.PAID: "paid"}
Address = Callable[[EventPage], str]


def source_events(
    sessions: QuerySet[Session], events: QuerySet[EventPage], address: Address
) -> list[SourceEvent]:
    """Return what the sessions are of, in the order of their first begin; five queries, whatever their number.

    `address` returns the whole address of an event's page.
    """
    rows: dict[UUID, list[Session]] = {}
    ordered = (
        sessions.select_related("place").annotate(key=F("event__translation_key")).order_by("starts_at", "pk")
    )
    for session in ordered.iterator(chunk_size=5_000):
        rows.setdefault(session.key, []).append(session)
    pages = (
        events.filter(translation_key__in=sessions.order_by().values("event__translation_key"))
        .select_related("kind", "place", "organisation", "locale")
        .prefetch_related("topics", "audiences")
        .order_by("pk")
    )
    shown = languages_first(pages, get_language())
    return [source_event(shown[key], rows[key], address) for key in rows if key in shown]


def source_event(event: EventPage, sessions: Sequence[Session], address: Address) -> SourceEvent:
    """Return an event with these of its sessions."""
    zones: dict[str, ZoneInfo] = {}
    place = source_place(event.place) if event.place else SourcePlace(event.venue_name, event.venue_address)
    return SourceEvent(
        uid=str(event.translation_key),
        title=event.title,
        sessions=tuple(
            _session(session, zones.setdefault(session.zone, ZoneInfo(session.zone))) for session in sessions
        ),
        summary=event.summary,
        description=event.description,
        url=address(event),
        organiser=event.organisation.name if event.organisation else "",
        leaders=tuple(name.strip() for name in event.leaders.split(",") if name.strip()),
        place=place if event.is_in_person else SourcePlace(),
        attendance=cast(Attendance, event.attendance),
        # Who has to register gets the address with the seat.
        online_url=event.online_url if event.is_online and event.booking == Booking.OPEN else "",
        languages=tuple(event.language_codes),
        audience=tuple(audience.name for audience in event.audiences.all()),
        cost=SourceCost(_COSTS.get(event.cost, "unknown"), event.cost_note),
        categories=tuple(
            filter(
                None, (event.kind.name if event.kind else "", *(topic.name for topic in event.topics.all()))
            )
        ),
        accessibility=tuple(
            str(_field(name).verbose_name) for name in ACCESS if getattr(event, name) == Stated.YES
        ),
        changed_at=event.last_published_at,
    )


def _field(name: str) -> Any:
    return EventPage._meta.get_field(name)


def source_place(place: LearningPlace) -> SourcePlace:
    latitude, longitude = place.latitude, place.longitude
    return SourcePlace(
        place.name,
        place.address,
        float(latitude) if latitude is not None else None,
        float(longitude) if longitude is not None else None,
    )


def _session(session: Session, zone: ZoneInfo) -> SourceSession:
    start: dt.date = session.starts_at.astimezone(zone)
    end: dt.date = session.ends_at.astimezone(zone)
    before: dt.date | None = session.previous_starts_at and session.previous_starts_at.astimezone(zone)
    if session.is_all_day:
        start = session.starts_at.astimezone(zone).date()
        # The end is the first moment after; of whole days the last one is named.
        end = (session.ends_at.astimezone(zone) - dt.timedelta(microseconds=1)).date()
        before = session.previous_starts_at and session.previous_starts_at.astimezone(zone).date()
    note = session.note
    if session.is_cancelled:
        note = _("Cancelled: %(reason)s") % {"reason": session.status_reason}
    moved = session.previous_starts_at is not None and session.previous_starts_at != session.starts_at
    return SourceSession(
        uid=session.uid,
        start=start,
        end=end,
        zone=session.zone,
        room=session.room,
        capacity=session.seats,
        status="cancelled" if session.is_cancelled else "moved" if moved else "scheduled",
        note=note,
        place=source_place(session.place) if session.place else None,
        previous_start=before,
        sequence=session.sequence,
        changed_at=session.changed_at,
    )
