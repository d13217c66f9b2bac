"""What does not fit together in a festival: the same place, leader or people at once, closed doors, too many seats for a room.

A finding is a hint for editors, never a refusal: two classes may well share a hall.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Model, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning_events.calendar.clashes import Slot, clashes_of
from learning_events.enums import ClashKind, EventStage, SessionStatus
from learning_events.models import EventPage, Festival, Room, Session
from learning_events.queries.board import events_of, with_stage
from mapping.models import Audience, LearningPlace, Topic
from mapping.opening_hours import Timetable
from mapping.words import timetable_of

# Events that nobody has handed in, or that do not take place, take no room.
NOT_YET = (EventStage.DRAFT, EventStage.WITHDRAWN, EventStage.DECLINED)
# Where nobody said how many people a room holds, seats are too many beyond this many times the most that another event has.
TOO_MANY = 1.5
_MOMENT = dt.timedelta(minutes=1)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/&\n]|\s(?:and|und|y|et|e)\s)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: `what` it is about in words, the session, and the other session where there is one."""

    kind: ClashKind
    what: str
    first: Session
    second: Session | None = None

    @property
    def when(self) -> str:
        """The time that both take, on the clock of the first session."""
        zone = ZoneInfo(self.first.zone)
        begin, end = (moment.astimezone(zone) for moment in self._span)
        day, last_day = date_format(begin, "D j N Y"), date_format(end, "D j N Y")
        times = date_format(begin, "TIME_FORMAT"), date_format(end, "TIME_FORMAT")
        if day == last_day:
            return f"{day}, {times[0]}–{times[1]}"
        return f"{day}, {times[0]} – {last_day}, {times[1]}"

    @property
    def _span(self) -> tuple[dt.datetime, dt.datetime]:
        begin, end = self.first.starts_at, self.first.ends_at
        if self.second is not None and self.kind != ClashKind.SEATS:
            return max(begin, self.second.starts_at), min(end, self.second.ends_at)
        return begin, end

    def is_over(self, now: dt.datetime) -> bool:
        """Say whether the time that both take lies behind: nobody can change anything about it."""
        return self._span[1] <= now

    @property
    def on(self) -> dt.date:
        """The day on which it begins."""
        return self.first.starts_at.astimezone(ZoneInfo(self.first.zone)).date()

    @property
    def words(self) -> str:
        return f"{self.kind.label}: {self.what} ({self.when})"

    def is_about(self, event_pk: int) -> bool:
        return event_pk in {self.first.event_id, self.second.event_id if self.second else None}


@dataclass(frozen=True)
class ClashOfEvent:
    """A finding as one event's own page tells it; `other` is the session that is not this event's, if there is one."""

    words: str
    other: Session


def clashes_of_festival(festival: Festival, *, audience: Audience | None = None) -> list[Finding]:
    """Return what does not fit among the events that were handed in or are public, in the order of time.

    Of the same people at once it gives the events that share a topic too, or all that are for `audience`. Four queries.
    """
    return _findings(_sessions_of(events_of([festival])), audience)


def clashes_of_event(festival: Festival, event: EventPage) -> list[ClashOfEvent]:
    """Return what does not fit between one event and the others, even while it is a draft."""
    span = event.sessions.aggregate(begin=Min("starts_at"), end=Max("ends_at"))
    if span["begin"] is None:
        return []
    sessions = _sessions_of(events_of([festival]), besides=event)
    sessions = sessions.filter(starts_at__lt=span["end"], ends_at__gt=span["begin"])
    found = []
    for finding in _findings(sessions, None):
        if finding.is_about(event.pk):
            second = finding.second or finding.first
            other = second if finding.first.event_id == event.pk else finding.first
            found.append(ClashOfEvent(finding.words, other))
    return found


def leaders_of(text: str) -> frozenset[str]:
    """Return the names in a line such as "Ada Byron, Grace Hopper and Alan Turing", folded for comparison."""
    names = (" ".join(name.casefold().split()) for name in _BETWEEN_NAMES.split(text))
    return frozenset(name for name in names if name)


def _sessions_of(events, *, besides: EventPage | None = None):
    counted = ~Q(stage__in=NOT_YET)
    if besides is not None:
        counted |= Q(pk=besides.pk)
    return (
        Session.objects.filter(event__in=with_stage(events).filter(counted).values("pk"))
        .exclude(status=SessionStatus.CANCELLED)
        .select_related("event", "event__place", "place")
        .defer(
            "event__description", "event__what_to_learn", "place__description", "event__place__description"
        )
        .order_by("starts_at", "pk")
    )


def _findings(rows: Iterable[Session], audience: Audience | None) -> list[Finding]:
    sessions = list(rows)
    if not sessions:
        return []
    found = [
        *_meetings(sessions, audience),
        *(finding for session in sessions if (finding := _behind_closed_doors(session))),
        *_too_many_seats(sessions),
    ]
    return sorted(found, key=lambda each: (each.first.starts_at, each.kind, each.what, each.first.pk))


def _meetings(sessions: list[Session], audience: Audience | None) -> list[Finding]:
    events = {session.event_id for session in sessions}
    people = _people_by_event(events, audience)
    slots = [
        Slot(
            key=session.pk,
            start=session.starts_at,
            end=session.ends_at,
            place=_place_key(session),
            room=session.room,
            leaders=leaders_of(session.event.leaders),
            audiences=people.get(session.event_id, frozenset()),
        )
        for session in sessions
    ]
    by_pk: dict[Hashable, Session] = {session.pk: session for session in sessions}
    found: dict[tuple, Finding] = {}
    for kind, what, one, other in clashes_of(slots):
        first, second = by_pk[one.key], by_pk[other.key]
        if kind != "place" and first.event_id == second.event_id:
            continue
        words = (
            _name_of(first) if kind == "place" else _leader(first, what) if kind == "leader" else _who(what)
        )
        # Two events may share several topics: they are told once for each group of people.
        key = (kind, first.pk, second.pk, words)
        found.setdefault(key, Finding(ClashKind(kind), words, first, second))
    return list(found.values())


def _people_by_event(events: set[int], audience: Audience | None) -> dict[int, frozenset[Hashable]]:
    for_whom = _names_by_event("audiences", Audience, events)
    if audience is not None:
        # The word comes first in both shapes, see `_who`.
        wanted = (audience.name, "")
        return {event: frozenset([wanted]) for event, names in for_whom.items() if audience.name in names}
    topics = _names_by_event("topics", Topic, events)
    return {
        event: frozenset((who, topic) for who in names for topic in topics.get(event, ()))
        for event, names in for_whom.items()
    }


def _names_by_event(relation: str, model: type[Model], events: set[int]) -> Mapping[int, list[str]]:
    # A page's own many-to-many relation cannot be prefetched, so its table is read.
    through, name = getattr(EventPage, relation).through, model._meta.model_name
    rows = through.objects.filter(eventpage__in=events).values_list("eventpage_id", f"{name}__name")
    found: dict[int, list[str]] = defaultdict(list)
    for event, word in rows:
        found[event].append(word)
    return found


def _place_of(session: Session) -> LearningPlace | None:
    return session.place or (session.event.place if session.event.is_in_person else None)


def _place_key(session: Session) -> Hashable:
    place = _place_of(session)
    if place is not None:
        return place.pk
    name = " ".join(session.event.venue_name.casefold().split()) if session.event.is_in_person else ""
    return name or None


def _name_of(session: Session) -> str:
    place = _place_of(session)
    name = place.name if place is not None else session.event.venue_name
    return ", ".join(filter(None, (name, session.room)))


def _leader(session: Session, folded: Hashable) -> str:
    names = _BETWEEN_NAMES.split(session.event.leaders)
    return next((name for name in names if " ".join(name.casefold().split()) == folded), str(folded))


def _who(what: Hashable) -> str:
    who, topic = what if isinstance(what, tuple) else (what, "")
    return f"{who}, {topic}" if topic else str(who)


def _behind_closed_doors(session: Session) -> Finding | None:
    place = _place_of(session)
    if place is None or session.is_all_day or not place.opening_hours:
        return None
    table = _timetable(place.opening_hours)
    if table is None:
        return None
    moments = (session.starts_at, session.ends_at - _MOMENT)
    if all(table.state_at(moment) != "closed" for moment in moments):
        return None
    return Finding(ClashKind.CLOSED, _name_of(session), session)


@lru_cache(maxsize=1024)
def _timetable(osm: str) -> Timetable | None:
    return timetable_of(osm)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _too_many_seats(sessions: list[Session]) -> Iterable[Finding]:
    """Compare seats with what the room is known to hold, else the place, else with what other events have in the room."""
    places = {place.pk for place in map(_place_of, sessions) if place is not None}
    known: dict[tuple[Hashable, str], int] = {
        (place, _folded(name)): people
        for place, name, people in Room.objects.filter(place__in=places).values_list(
            "place", "name", "people"
        )
    }
    rooms: dict[tuple, dict[int, tuple[int, Session]]] = defaultdict(dict)
    for session in sessions:
        place, room = _place_key(session), _folded(session.room)
        if place is None or not session.seats:
            continue
        holds = known.get((place, room)) or known.get((place, ""))
        if holds is not None and session.seats > holds:
            words = _("%(room)s: %(seats)s seats, but it holds %(people)s people") % {
                "room": _name_of(session),
                "seats": session.seats,
                "people": holds,
            }
            yield Finding(ClashKind.SEATS, words, session)
        if holds is not None or not room:
            continue
        most = rooms[place, room]
        if session.event_id not in most or session.seats > most[session.event_id][0]:
            most[session.event_id] = (session.seats, session)
    for most in rooms.values():
        if len(most) < 2:
            continue
        (fewer, second), (seats, first) = sorted(most.values(), key=lambda each: each[0])[-2:]
        if seats > fewer * TOO_MANY:
            words = _(
                "%(room)s: %(seats)s seats, but %(others)s is the most that another event has there"
            ) % {
                "room": _name_of(first),
                "seats": seats,
                "others": fewer,
            }
            yield Finding(ClashKind.SEATS, words, first, second)
