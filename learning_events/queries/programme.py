"""Finding sessions: what page, feeds and API look for, on which days something happens, and what changed late.

A festival is one programme in all its languages: a session is shown with the page of its event in the reader's language,
else in another one that is public.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from learning_events.enums import Attendance, Booking, SessionStatus
from learning_events.models import EventPage, Festival, Session
from learning_events.queries.session import public_events
from learning_events.queries.version import Version
from learning_events.validators import LONGEST_SESSION
from mapping.enums import Cost, Stated
from mapping.models import LearningPlace
from participation.foundation.search import matching

ACCESS = ("step_free", "accessible_toilet", "hearing_loop", "quiet_space", "sign_language")
# What the place says counts where the event says nothing; an interpreter belongs to no place.
ACCESS_OF_PLACES = ("step_free", "accessible_toilet", "hearing_loop", "quiet_space")
WORDS = [
    "title", "summary", "description", "what_to_learn", "leaders", "venue_name", "kind__name", "place__name",
    "organisation__name", "topics__name",
]  # fmt: skip
# What began yesterday evening belongs to yesterday; what still runs at this hour belongs to the new day too.
NEW_DAY_AT = dt.timedelta(hours=4)
LATE_CHANGES_DAYS = 14
KEPT_FOR_S = 300


@dataclass(frozen=True)
class ProgrammeSearch:
    """What somebody looks for; everything empty finds all. Of several values in one part one is enough, of `access` all
    are needed. `attendance` is "online" or "in-person", `age` in years; ids are primary keys.
    """

    words: str = ""
    kinds: frozenset[int] = frozenset()
    neighbourhoods: frozenset[int] = frozenset()
    audiences: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    attendance: str = ""
    age: int | None = None
    free: bool = False
    free_seats: bool = False
    organisation: int = 0
    place: int = 0

    @property
    def is_narrow(self) -> bool:
        return any(getattr(self, each.name) != each.default for each in fields(self))

    @property
    def is_about_sessions(self) -> bool:
        """Something of it is known of each session only."""
        return bool(self.neighbourhoods or self.access or self.free_seats or self.place)


def events_below(festival: Festival, version: Version) -> QuerySet[EventPage]:
    """Return the public events of a festival, in whichever language; one query for passwords, one more where new."""
    key = f"learning_events.paths.{festival.translation_key}.{festival.path}.{version.tag}"
    paths = cache.get(key)
    if paths is None:
        other = Festival.objects.filter(translation_key=festival.translation_key)
        paths = sorted({festival.path, *other.values_list("path", flat=True)})
        cache.set(key, paths, KEPT_FOR_S)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return public_events().filter(below)


def narrowed_events(events: QuerySet[EventPage], search: ProgrammeSearch) -> QuerySet[EventPage]:
    """Keep the events that fit what of the search is about events."""
    if search.kinds:
        events = events.filter(kind__in=search.kinds)
    if search.audiences:
        events = _with_any(events, "audiences", search.audiences)
    if search.topics:
        events = _with_any(events, "topics", search.topics)
    if search.organisation:
        events = events.filter(organisation=search.organisation)
    if search.languages:
        any_of = Q()
        for code in search.languages:
            # Codes stand between blanks: "de" must not find "nde" or "de-latn".
            any_of |= Q(languages__iregex=rf"(^| ){code}( |$)")
        events = events.filter(any_of)
    if search.attendance:
        other = Attendance.IN_PERSON if search.attendance == Attendance.ONLINE else Attendance.ONLINE
        events = events.exclude(attendance=other)
    if search.age is not None:
        events = events.filter(
            Q(age_from=None) | Q(age_from__lte=search.age), Q(age_to=None) | Q(age_to__gte=search.age)
        )
    if search.free:
        events = events.filter(cost=Cost.FREE)
    if search.words.strip():
        # A relation to many would give an event once for each topic.
        found = matching(EventPage.objects.filter(pk__in=events.values("pk")), search.words, WORDS)
        events = events.filter(pk__in=found.values("pk"))
    return events


def _with_any(events: QuerySet[EventPage], name: str, ids: frozenset[int]) -> QuerySet[EventPage]:
    through = getattr(EventPage, name).through.objects
    return events.filter(pk__in=through.filter(**{f"{name[:-1]}__in": ids}).values("eventpage_id"))


def find_sessions(events: QuerySet[EventPage], search: ProgrammeSearch) -> QuerySet[Session]:
    """Return the sessions of these events that fit, cancelled ones too, in no order."""
    keys = narrowed_events(events, search).order_by().values("translation_key")
    sessions = Session.objects.filter(event__translation_key__in=keys).order_by()
    if search.neighbourhoods:
        sessions = sessions.filter(
            Q(place__neighbourhood__in=search.neighbourhoods)
            | Q(place=None, event__place__neighbourhood__in=search.neighbourhoods)
        )
    if search.place:
        sessions = sessions.filter(happens_at(search.place))
    for name in search.access:
        stated = Q(**{f"event__{name}": Stated.YES})
        if name in ACCESS_OF_PLACES:
            at_place = Q(**{f"place__{name}": Stated.YES}) | Q(
                **{"place": None, f"event__place__{name}": Stated.YES}
            )
            stated |= Q(**{f"event__{name}": Stated.UNKNOWN}) & at_place
        sessions = sessions.filter(stated)
    if search.free_seats:
        # As `ShownSession.seats_left` counts: whoever waits is before whoever comes.
        left = Q(seats=None) | Q(waiting=0, seats__gt=F("taken") - F("taken_kept") + F("seats_kept"))
        sessions = sessions.filter(
            Q(event__booking=Booking.OPEN) | Q(event__booking__in=(Booking.SEATS, Booking.DRAW)) & left,
            status=SessionStatus.PLANNED,
        )
    return sessions


def happens_at(place: LearningPlace | int) -> Q:
    """Say of sessions that they happen at this place: their own, else that of their event."""
    return Q(place=place) | Q(place=None, event__place=place)


# Days


def span_of(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of a day on the zone's clock and that of the next, in UTC."""
    begin = dt.datetime.combine(day, dt.time(), zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    return begin.astimezone(dt.UTC), end.astimezone(dt.UTC)


def on_day(day: dt.date, zone: ZoneInfo) -> Q:
    """Say of sessions that they begin on this day, or began before and still run on in the morning."""
    begin, end = span_of(day, zone)
    return Q(starts_at__gte=begin, starts_at__lt=end) | Q(
        starts_at__gte=begin - LONGEST_SESSION, starts_at__lt=begin, ends_at__gt=begin + NEW_DAY_AT
    )


def count_by_day(sessions: QuerySet[Session], days: Sequence[dt.date], zone: ZoneInfo) -> dict[dt.date, int]:
    """Return how many of these sessions there are on each of the days, which follow each other; one query."""
    if not days:
        return {}
    within = sessions.filter(
        starts_at__gte=span_of(days[0], zone)[0] - LONGEST_SESSION, starts_at__lt=span_of(days[-1], zone)[1]
    )
    counts = within.aggregate(
        **{f"day_{number}": Count("pk", filter=on_day(day, zone)) for number, day in enumerate(days)}
    )
    return {day: counts[f"day_{number}"] for number, day in enumerate(days)}


def first_of_each_day(
    sessions: QuerySet[Session], days: Sequence[dt.date], zone: ZoneInfo, *, most: int
) -> QuerySet[Session]:
    """Return the first few sessions that begin on each of the days, which follow each other."""
    spans = [span_of(day, zone) for day in days]
    number_of_day = Case(
        *(When(starts_at__lt=end, then=number) for number, (_begin, end) in enumerate(spans)),
        output_field=IntegerField(),
    )
    rank = Window(RowNumber(), partition_by=[number_of_day], order_by=["starts_at", "pk"])
    ranked = sessions.filter(starts_at__gte=spans[0][0], starts_at__lt=spans[-1][1]).annotate(rank=rank)
    return Session.objects.filter(pk__in=ranked.filter(rank__lte=most).values("pk")).order_by(
        "starts_at", "pk"
    )


def late_changes(sessions: QuerySet[Session], now: dt.datetime) -> QuerySet[Session]:
    """Return what was cancelled, moved or put back in the last two weeks and is still to come."""
    since = now - dt.timedelta(days=LATE_CHANGES_DAYS)
    return sessions.filter(announced_at__gte=since, ends_at__gt=now).order_by("starts_at", "pk")


# What is shown of a session


@dataclass(frozen=True)
class ShownSession:
    """A session with the page of its event that the reader gets to see; times are on the session's own clock."""

    session: Session
    event: EventPage
    url: str = ""
    names_zone: bool = False  # it counts in another zone than the festival

    @property
    def place(self) -> LearningPlace | None:
        return self.session.place or self.event.place

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.zone)

    @cached_property
    def starts(self) -> dt.datetime:
        return self.session.starts_at.astimezone(self.zone)

    @cached_property
    def ends(self) -> dt.datetime:
        return self.session.ends_at.astimezone(self.zone)

    @property
    def last_day(self) -> dt.date:
        """The last day on which it takes place; what ends at midnight does not reach into the next."""
        return (self.ends - dt.timedelta(microseconds=1)).date()

    @property
    def previous_starts(self) -> dt.datetime | None:
        before = self.session.previous_starts_at
        return before.astimezone(self.zone) if before else None

    @property
    def is_moved(self) -> bool:
        before = self.session.previous_starts_at
        return before is not None and before != self.session.starts_at and not self.session.is_cancelled

    @property
    def seats_left(self) -> int | None:
        """How many seats can still be had on the site; None where nobody counts."""
        session = self.session
        if session.seats is None or self.event.booking not in (Booking.SEATS, Booking.DRAW):
            return None
        left = session.seats - session.seats_kept - (session.taken - session.taken_kept)
        return 0 if session.waiting else max(0, left)


def shown(sessions: Iterable[Session], events: QuerySet[EventPage], *, zone: str = "") -> list[ShownSession]:
    """Return the sessions in their order with their pages among `events`; two queries, whatever their number.

    Those on another clock than `zone` (an IANA name, "" for any) name theirs.
    """
    rows = list(sessions)
    keys = {session.event.translation_key for session in rows}
    wanted = (
        events.filter(translation_key__in=keys)
        .select_related("kind", "place__neighbourhood", "place__category", "organisation", "locale")
        .order_by("pk")
        .defer("description", "what_to_learn")
    )
    pages = languages_first(wanted, get_language())
    addresses = {key: page.url or "" for key, page in pages.items()}
    return [
        ShownSession(session, pages[key], addresses[key], names_zone=zone not in ("", session.zone))
        for session in rows
        if (key := session.event.translation_key) in pages
    ]


def languages_first(pages: Iterable[EventPage], language: str | None) -> dict[UUID, EventPage]:
    """Return one page for each event by its translation key: that in this language, else the first."""
    found: dict[UUID, EventPage] = {}
    for page in pages:
        if page.translation_key not in found or page.locale.language_code == language:
            found[page.translation_key] = page
    return found


def with_all_that_is_shown(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Return the sessions with what `shown` asks of them."""
    return sessions.select_related("place__neighbourhood", "place__category", "event")
