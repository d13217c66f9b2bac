"""What an entry of a source says, in the words of our events and sessions: places, kinds and topics found by their names."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models

from learning_events.calendar.events import SourceEvent, SourcePlace, SourceSession
from learning_events.domain.event import LONGEST_TITLE
from learning_events.enums import Attendance
from learning_events.models import EventKind, Festival
from learning_events.validators import LONGEST_SESSION
from mapping.enums import Cost
from mapping.models import Audience, LearningPlace, Topic
from mapping.models.place import PUBLIC_STATUSES
from mapping.validators import MAX_LANGUAGES, clean_languages
from participation.foundation.distance import distance_m
from participation.foundation.search import fold
from participation.foundation.text import clean_line, clean_text

USUAL_LENGTH = dt.timedelta(hours=1)
SAME_PLACE_M = 300
MANY = ("topics", "audiences")
RELATED = ("kind", "place")
_SENTENCE = re.compile(r"(.{20,}?[.!?…])(?:\s|$)", re.DOTALL)

Row = TypeVar("Row", bound=models.Model)


class Vocabulary:
    """The city's words and places, each read once when it is first asked for."""

    def __init__(self, festival: Festival, usual_kind: EventKind | None = None) -> None:
        self.festival, self.usual_kind = festival, usual_kind
        self.zone = ZoneInfo(festival.zone)

    @cached_property
    def kinds(self) -> dict[str, EventKind]:
        return _named(EventKind.objects.all())

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return _named(Topic.objects.all())

    @cached_property
    def audiences(self) -> dict[str, Audience]:
        return _named(Audience.objects.all())

    @cached_property
    def places(self) -> dict[str, list[LearningPlace]]:
        found = defaultdict(list)
        rows = LearningPlace.objects.filter(status__in=PUBLIC_STATUSES)
        for place in rows.only("name", "latitude", "longitude"):
            found[fold(place.name)].append(place)
        return found

    def place_of(self, said: SourcePlace) -> LearningPlace | None:
        """Return the place on the map that is called so and, where both have a point, lies there; None unless it is one."""
        called = self.places.get(fold(said.name), []) if said.name else []
        near = [place for place in called if _is_near(place, said)]
        return near[0] if len(near) == 1 else None

    def facts_of(self, event: SourceEvent) -> dict[str, Any]:
        """Return what the entry says of an event, all of it within what our columns hold; what it does not say is left out."""
        words = [*event.categories, *event.audience]
        place = self.place_of(event.place)
        description = clean_text(event.description)[:6000]
        costs = {"free": Cost.FREE, "paid": Cost.PAID}
        facts: dict[str, Any] = {
            "title": clean_line(event.title)[:LONGEST_TITLE].rstrip() or "–",
            "summary": clean_line(event.summary)[:200] or _first_sentence(description),
            "description": description,
            "kind": next(
                (self.kinds[fold(word)] for word in words if fold(word) in self.kinds), self.usual_kind
            ),
            "leaders": clean_line(", ".join(event.leaders) or event.organiser)[:300],
            "website": event.url if len(event.url) <= 300 else "",
            "attendance": _attendance(event),
            "place": place,
            "venue_name": "" if place else clean_line(event.place.name or event.place.address)[:120],
            "venue_address": "" if place else clean_line(event.place.address)[:200],
            "online_url": event.online_url if len(event.online_url) <= 500 else "",
            "languages": _languages(event.languages),
            "cost": costs.get(event.cost.kind, Cost.UNKNOWN),
            "cost_note": clean_line(event.cost.words)[:200],
            "access_note": clean_line(", ".join(event.accessibility))[:500],
            "topics": _found(self.topics, words),
            "audiences": _found(self.audiences, words),
        }
        return facts

    def session_facts(self, session: SourceSession) -> dict[str, Any] | None:
        """Return the columns of a session (times in UTC), None for one that lasts longer than sessions may."""
        zone = session.zone if session.zone != "UTC" else self.festival.zone
        clock = ZoneInfo(zone)
        if isinstance(session.start, dt.datetime):
            begin = session.start.astimezone(dt.UTC)
            end = session.end if isinstance(session.end, dt.datetime) else None
            end = end.astimezone(dt.UTC) if end is not None else begin + USUAL_LENGTH
        else:
            last = session.end if session.end is not None else session.start
            last = last.date() if isinstance(last, dt.datetime) else last
            begin = dt.datetime.combine(session.start, dt.time(), clock).astimezone(dt.UTC)
            end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock).astimezone(dt.UTC)
        if end <= begin:
            end = begin + USUAL_LENGTH
        if end - begin > LONGEST_SESSION:
            return None
        place = self.place_of(session.place) if session.place else None
        elsewhere = session.place.name if session.place and place is None else ""
        return {
            "starts_at": begin,
            "ends_at": end,
            "zone": zone,
            "is_all_day": session.is_all_day,
            "place": place,
            "room": clean_line(session.room or elsewhere)[:80],
            "note": clean_line(session.note)[:300],
            "seats": session.capacity,
        }

    def is_in_festival(self, session: SourceSession) -> bool:
        """Say whether a session touches one of the festival's days, on the festival's clock."""
        start, end = session.start, session.end if session.end is not None else session.start
        first = start.astimezone(self.zone).date() if isinstance(start, dt.datetime) else start
        last = end.astimezone(self.zone).date() if isinstance(end, dt.datetime) else end
        return first <= self.festival.ends_on and last >= self.festival.starts_on


def facts_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as they are kept: rows by their keys."""
    kept: dict[str, Any] = {}
    for name, value in facts.items():
        if name in MANY:
            kept[name] = sorted(row.pk for row in value)
        elif isinstance(value, models.Model):
            kept[name] = value.pk
        else:
            kept[name] = str(value) if value is not None else None
    return kept


def facts_now(event: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return what an event (or a revision of it) says, as `facts_json` keeps it."""
    kept: dict[str, Any] = {}
    for name in names:
        if name in MANY:
            kept[name] = sorted(row.pk for row in getattr(event, name).all())
        elif name in RELATED:
            kept[name] = getattr(event, f"{name}_id")
        else:
            value = getattr(event, name)
            kept[name] = str(value) if value is not None else None
    return kept


def _named(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(fold(str(getattr(row, "slug", ""))), row)
        found[fold(str(getattr(row, "name", "")))] = row
    return found


def _found(known: Mapping[str, Row], words: Iterable[str]) -> list[Row]:
    rows = {known[fold(word)].pk: known[fold(word)] for word in words if fold(word) in known}
    return [rows[pk] for pk in sorted(rows)]


def _is_near(place: LearningPlace, said: SourcePlace) -> bool:
    if said.latitude is None or place.latitude is None or place.longitude is None:
        return True
    metres = distance_m(float(place.latitude), float(place.longitude), said.latitude, said.longitude)
    return bool(metres <= SAME_PLACE_M)


def _attendance(event: SourceEvent) -> Attendance:
    if event.attendance:
        return Attendance(event.attendance)
    if event.online_url:
        return Attendance.MIXED if event.place else Attendance.ONLINE
    return Attendance.IN_PERSON


def _languages(said: Iterable[str]) -> str:
    codes = []
    for code in said:
        try:
            codes.append(clean_languages([code.replace("_", "-").partition("-")[0]]))
        except ValidationError:
            continue
    return " ".join(list(dict.fromkeys(filter(None, codes)))[:MAX_LANGUAGES])


def _first_sentence(text: str) -> str:
    line = clean_line(text[:600])
    found = _SENTENCE.match(line)
    if found and len(found[1]) <= 200:
        return found[1]
    return line if len(line) <= 200 else line[:199].rsplit(" ", 1)[0] + "…"
