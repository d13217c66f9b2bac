"""What one can choose when looking through a festival's programme."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import get_language

from learning_events.models import EventKind, EventPage, Session
from learning_events.queries.version import Version
from mapping.models import Audience, Topic
from participation.models import Neighbourhood

KEPT_FOR = 300
Term = tuple[int, str, str]


@dataclass(frozen=True)
class Choices:
    """Lists of (id, short name, name) of what the events have, the codes of their languages, and the days on which their
    sessions begin, in order."""

    kinds: tuple[Term, ...] = ()
    neighbourhoods: tuple[Term, ...] = ()
    audiences: tuple[Term, ...] = ()
    topics: tuple[Term, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()


def choices_of(events: QuerySet[EventPage], name: str, version: Version, zone: ZoneInfo) -> Choices:
    """Return what can be chosen among these events; `name` says which they are. Kept until the programme changes.

    `zone` is the clock on which days begin.
    """
    key = f"learning_events.choices.{name}.{get_language()}.{version.tag}"
    found = cache.get(key)
    if found is None:
        found = _choices(events, zone)
        cache.set(key, found, KEPT_FOR)
    return found


def _choices(events: QuerySet[EventPage], zone: ZoneInfo) -> Choices:
    ids = events.order_by().values("pk")
    terms = ("pk", "slug", "name")
    codes = {
        code
        for codes in events.order_by().values_list("languages", flat=True).distinct()
        for code in codes.split()
    }
    return Choices(
        kinds=tuple(EventKind.objects.filter(pk__in=events.order_by().values("kind")).values_list(*terms)),
        neighbourhoods=tuple(Neighbourhood.objects.values_list(*terms)),
        audiences=tuple(
            Audience.objects.filter(pk__in=_used("audiences", "audience", ids)).values_list(*terms)
        ),
        topics=tuple(Topic.objects.filter(pk__in=_used("topics", "topic", ids)).values_list(*terms)),
        languages=tuple(sorted(codes)),
        days=tuple(
            Session.objects.filter(event__in=ids)
            .annotate(day=TruncDate("starts_at", tzinfo=zone))
            .order_by("day")
            .values_list("day", flat=True)
            .distinct()
        ),
    )


def _used(name: str, term: str, ids):
    return getattr(EventPage, name).through.objects.filter(eventpage__in=ids).values(f"{term}_id")
