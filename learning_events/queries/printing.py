"""Printed editions: the programme as it goes to print, and what changed since."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from learning_events.enums import EditionState
from learning_events.models import Festival, PrintedFile, PrintEdition, Session
from learning_events.queries.session import public_sessions
from learning_events.queries.where import where_of


@dataclass(frozen=True)
class Printed:
    """What a printed programme says of a session; times aware, on the session's own clock."""

    event: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    is_cancelled: bool


@dataclass(frozen=True)
class PrintChange:
    """One session that is otherwise now than printed.

    `kind` is "cancelled", "gone" (not public any more), "time", "place", "restored", "title" or "new", the gravest that
    applies; `was` is None for new ones, `now` for those that are gone.
    """

    kind: str
    uid: str
    event: int
    was: Printed | None
    now: Printed | None
    session: Session | None

    @property
    def title(self) -> str:
        shown = self.now or self.was
        return shown.title if shown is not None else ""

    @property
    def starts_at(self) -> dt.datetime:
        """When it stands in the printed programme, or for new ones when it begins."""
        return (self.was or self.now).starts_at  # type: ignore[union-attr]


# In this order they are told.
KINDS = ("cancelled", "gone", "time", "place", "restored", "title", "new")


def days_of_festival(festival: Festival) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of the festival and the first after it, on its own clock."""
    zone = ZoneInfo(festival.zone)
    first = dt.datetime.combine(festival.starts_on, dt.time(), zone)
    return first, dt.datetime.combine(festival.ends_on + dt.timedelta(days=1), dt.time(), zone)


def sessions_to_print(festival: Festival) -> QuerySet[Session]:
    """Return the public sessions within the days of the festival, cancelled ones too, in the order of time."""
    first, after = days_of_festival(festival)
    return _with_places(
        public_sessions().filter(
            event__path__startswith=festival.path, starts_at__lt=after, ends_at__gt=first
        )
    )


def printed(session: Session) -> Printed:
    """Return what a print made now would say of the session."""
    zone = ZoneInfo(session.zone)
    return Printed(
        event=session.event_id,
        title=session.event.title,
        starts_at=session.starts_at.astimezone(zone),
        ends_at=session.ends_at.astimezone(zone),
        where=where_of(session),
        is_cancelled=session.is_cancelled,
    )


def programme_of(sessions: Iterable[Session]) -> dict[str, dict[str, Any]]:
    """Return the programme as an edition keeps it: session uid -> what is printed of it, in JSON."""
    return {session.uid: _to_json(session) for session in sessions}


def editions_of(festival: Festival) -> QuerySet[PrintEdition]:
    """Return the festival's editions, the newest first, without the programmes they keep."""
    return PrintEdition.objects.filter(festival=festival).defer("programme")


def current_edition(festival: Festival) -> PrintEdition | None:
    """Return the newest published edition; None before the first."""
    return (
        PrintEdition.objects.filter(festival=festival, published_at__isnull=False, state=EditionState.READY)
        .order_by("-number")
        .first()
    )


def files_of(edition: PrintEdition) -> QuerySet[PrintedFile]:
    """Return the finished files of an edition, without their contents."""
    return edition.files.defer("content").order_by("form", "order")


def changed_since_print(festival: Festival) -> list[PrintChange]:
    """Return the sessions that are otherwise now than in the newest published edition, in the order of time.

    Nothing has changed while nothing is printed.
    """
    edition = current_edition(festival)
    return [] if edition is None else changes_between(festival, edition)


def changes_between(festival: Festival, edition: PrintEdition) -> list[PrintChange]:
    """Return the sessions that are otherwise now than in this edition, in the order of time."""
    kept: Mapping[str, Mapping[str, Any]] = edition.programme
    first, after = days_of_festival(festival)
    # One that was moved out of the festival's days is still told, hence the printed uids.
    within = Q(starts_at__lt=after, ends_at__gt=first)
    sessions = {
        session.uid: session
        for session in _with_places(
            public_sessions().filter(Q(uid__in=list(kept)) | within, event__path__startswith=festival.path)
        )
    }
    found = [_compare(uid, was, sessions.get(uid)) for uid, was in kept.items()]
    found += [
        PrintChange("new", uid, session.event_id, None, printed(session), session)
        for uid, session in sessions.items()
        if uid not in kept and not session.is_cancelled
    ]
    return sorted(
        (change for change in found if change is not None), key=lambda change: (change.starts_at, change.uid)
    )


def _compare(uid: str, kept: Mapping[str, Any], session: Session | None) -> PrintChange | None:
    was = _from_json(kept)
    if session is None:
        return None if was.is_cancelled else PrintChange("gone", uid, was.event, was, None, None)
    now = printed(session)
    if now.is_cancelled and not was.is_cancelled:
        kind = "cancelled"
    elif now.is_cancelled:
        return None
    elif (now.starts_at, now.ends_at) != (was.starts_at, was.ends_at):
        kind = "time"
    elif now.where != was.where:
        kind = "place"
    elif was.is_cancelled:
        kind = "restored"
    elif now.title != was.title:
        kind = "title"
    else:
        return None
    return PrintChange(kind, uid, now.event, was, now, session)


def _with_places(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.select_related(
        "place__neighbourhood", "event__place__neighbourhood", "event__kind", "event__organisation"
    ).order_by("starts_at", "pk")


def _to_json(session: Session) -> dict[str, Any]:
    said = printed(session)
    return {
        "event": said.event,
        "title": said.title,
        "starts_at": session.starts_at.astimezone(dt.UTC).isoformat(),
        "ends_at": session.ends_at.astimezone(dt.UTC).isoformat(),
        "zone": session.zone,
        "where": said.where,
        "is_cancelled": said.is_cancelled,
    }


def _from_json(kept: Mapping[str, Any]) -> Printed:
    zone = ZoneInfo(kept["zone"])
    return Printed(
        event=kept["event"],
        title=kept["title"],
        starts_at=dt.datetime.fromisoformat(kept["starts_at"]).astimezone(zone),
        ends_at=dt.datetime.fromisoformat(kept["ends_at"]).astimezone(zone),
        where=kept["where"],
        is_cancelled=kept["is_cancelled"],
    )
