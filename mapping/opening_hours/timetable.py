"""Questions to one timetable: open now, this week, next, on Sundays, in the evening.

Hours are wall-clock hours of the place. On the night when clocks go back, an hour that happens twice belongs to an
opening that covers either of the two; on the night when they go forward, hours that do not happen are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from mapping.opening_hours.notation import check, parse
from mapping.opening_hours.refusal import NotUnderstood

StateName = Literal["open", "closed", "unknown"]
Naive = tuple[datetime, datetime, StateName, str]

HORIZON = timedelta(days=366)
DAY = timedelta(days=1)
EVENING_FROM = time(18)
EVENING_AT_LEAST = timedelta(minutes=30)
_MOST_SPANS = 4000  # a year of eleven changes a day: what no honest timetable passes

_NAMES: dict[State, StateName] = {State.OPEN: "open", State.CLOSED: "closed", State.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Span:
    """A time of being open, or perhaps open (``unknown``). ``end`` is None when no end is in sight within a year."""

    start: datetime
    end: datetime | None
    state: StateName
    comment: str = ""


@dataclass(frozen=True)
class Day:
    """One day and what begins on it; hours past midnight belong to the day on which they begin."""

    on: date
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class _Table:
    hours: OpeningHours
    is_blind: bool  # hours of the sun at a place we do not know


@lru_cache(maxsize=4096)
def _table(
    osm: str, timezone: str, country: str | None, latitude: float | None, longitude: float | None
) -> _Table | NotUnderstood:
    """The parsed table, or the refusal: both are kept, so that a bad string costs its parse only once."""
    try:
        canonical = check(osm)
        moves_with_sun = any(word in canonical for word in ("sunrise", "sunset", "dawn", "dusk"))
        if moves_with_sun and latitude is not None and longitude is not None:
            place = {"timezone": ZoneInfo(timezone), "coords": (latitude, longitude)}
        else:
            place = {}
        return _Table(parse(canonical, country=country, **place), moves_with_sun and not place)
    except NotUnderstood as refusal:
        return refusal


class Timetable:
    """Hours in OSM notation at one place.

    ``timezone`` is an IANA name; ``country`` an ISO 3166 alpha-2 code for the nationwide public holidays; latitude
    and longitude (degrees, WGS84) are needed for hours of the sun, without them such hours are ``unknown`` throughout.
    Raises ``NotUnderstood`` for a string that ``check`` refuses or a country without a calendar.
    """

    def __init__(
        self,
        osm: str,
        *,
        timezone: str = "Europe/Berlin",
        country: str | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
    ) -> None:
        country = country.upper() if country else None
        table = _table(osm, timezone, country, latitude, longitude)
        regular = table if country is None else _table(osm, timezone, None, latitude, longitude)
        for answer in (table, regular):
            if isinstance(answer, NotUnderstood):
                raise NotUnderstood(answer.part, answer.reason)
        assert isinstance(table, _Table)  # noqa: S101
        assert isinstance(regular, _Table)  # noqa: S101
        self.osm = check(osm)
        self._zone = ZoneInfo(timezone)
        self._here, self._regular = table, regular
        self._names_holidays = "PH" in self.osm
        self._country = country

    @property
    def leaves_holidays_out(self) -> bool:
        """Whether the hours speak of public holidays but no country says which days these are."""
        return self._names_holidays and self._country is None

    def state_at(self, moment: datetime) -> StateName:
        """Open, closed or unknown at an aware moment. Raises ``ValueError`` for a naive one."""
        local = _local(moment, self._zone)
        if self._here.is_blind:
            return "unknown"
        if _happens_twice(local, self._zone):
            at = moment.astimezone(UTC)
            for start, end, state, _comment in _runs(self._here, local - 2 * DAY, local + 2 * DAY):
                if _aware(start, self._zone, 0) <= at < _aware(end, self._zone, 1):
                    return state
            return "closed"
        return _NAMES[self._here.hours.state(local)[0]]

    def week(self, monday: date) -> tuple[Day, ...]:
        """Seven days from ``monday`` on (any day may be given). Hours of more than a day are cut at midnight."""
        start = datetime.combine(monday, time())
        days: dict[date, list[Span]] = {monday + DAY * number: [] for number in range(7)}
        for from_at, until_at, state, comment in _runs(self._here, start - 2 * DAY, start + 9 * DAY):
            for piece_at, end_at in _cut(from_at, until_at):
                span = self._span(piece_at, end_at, state, comment)
                if span and piece_at.date() in days:
                    days[piece_at.date()].append(span)
        return tuple(Day(on, tuple(spans)) for on, spans in days.items())

    def next_openings(self, moment: datetime, number: int = 5) -> tuple[Span, ...]:
        """At most ``number`` spans not yet over at ``moment``, the present one first; at most a year ahead."""
        local = _local(moment, self._zone)
        at = moment.astimezone(UTC)
        openings: list[Span] = []
        for from_at, until_at, state, comment in _runs(self._here, local - 2 * DAY, local + HORIZON):
            span = self._span(from_at, until_at, state, comment)
            if span is None or span.end is None or span.end <= at:
                continue
            if until_at >= local + HORIZON:
                span = Span(span.start, None, state, comment)
            openings.append(span)
            if len(openings) >= number:
                break
        return tuple(openings[: max(0, number)])

    def open_on_weekday(self, weekday: int, *, around: date | None = None) -> bool:
        """Whether the place is regularly open on a day of the week (0 is Monday, 6 Sunday).

        True if on at least one such day in the 52 weeks from ``around`` (default: today) something begins that is
        open for certain, public holidays left aside. What only lasts past midnight counts for the day it began.
        """
        return weekday in self._regular_days(around)[0]

    def open_in_evening(self, *, around: date | None = None) -> bool:
        """Whether on some day of those 52 weeks it is open for 30 minutes or more between 18:00 and midnight."""
        return self._regular_days(around)[1]

    def changes_after(self, moment: datetime) -> datetime | None:
        """The next moment at which ``state_at`` answers something else; None if there is none within a year."""
        local = _local(moment, self._zone)
        at = moment.astimezone(UTC)
        edges: list[datetime] = []
        for from_at, until_at, _state, _comment in islice(
            _runs(self._here, local - 2 * DAY, local + HORIZON), _MOST_SPANS
        ):
            edges = [_aware(from_at, self._zone, 0), _aware(until_at, self._zone, 1)]
            if until_at >= local + HORIZON:
                edges.pop()
            for edge in edges:
                if edge > at and self.state_at(edge) != self.state_at(at):
                    return edge.astimezone(self._zone)
        return None

    def _span(self, start: datetime, end: datetime, state: StateName, comment: str) -> Span | None:
        start_at, end_at = _aware(start, self._zone, 0), _aware(end, self._zone, 1)
        if start_at >= end_at:
            return None  # it fell into the hour that the clocks jump over
        return Span(start_at.astimezone(self._zone), end_at.astimezone(self._zone), state, comment)

    def _regular_days(self, around: date | None) -> tuple[frozenset[int], bool]:
        first_on = around or datetime.now(self._zone).date()
        return _regular_days(self._regular, first_on - DAY * first_on.weekday())


@lru_cache(maxsize=4096)
def _regular_days(table: _Table, monday: date) -> tuple[frozenset[int], bool]:
    start = datetime.combine(monday, time())
    weekdays, in_evening = set(), False
    for from_at, until_at, state, _comment in _runs(table, start, start + 364 * DAY):
        if state != "open":
            continue
        for piece_at, end_at in _cut(from_at, until_at):
            evening_at = datetime.combine(piece_at.date(), EVENING_FROM)
            evening = min(end_at, datetime.combine(piece_at.date() + DAY, time())) - max(piece_at, evening_at)
            in_evening = in_evening or evening >= EVENING_AT_LEAST
            # The week's first night may have begun on the Sunday before.
            if piece_at != start or not _lasts_from_before(table, start):
                weekdays.add(piece_at.weekday())
    return frozenset(weekdays), in_evening


def _lasts_from_before(table: _Table, start: datetime) -> bool:
    return any(
        begin < start < end <= begin + DAY for begin, end, *_ in _runs(table, start - 2 * DAY, start + DAY)
    )


def _cut(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """One span of at most a day, or the pieces of a longer one, cut at each midnight."""
    if end - start <= DAY:
        yield start, end
        return
    while start < end:
        midnight = datetime.combine(start.date() + DAY, time())
        yield start, min(end, midnight)
        start = midnight


def _runs(table: _Table, start: datetime, end: datetime) -> Iterator[Naive]:
    """What is open or unknown between two wall-clock times, neighbours of one state and comment joined."""
    if table.is_blind:
        yield start, end, "unknown", ""
        return
    run: Naive | None = None
    for from_at, until_at, state, comment in islice(table.hours.intervals(start, end), _MOST_SPANS):
        if state == State.CLOSED:
            continue
        # With a zone the library answers in it; without one in wall-clock times.
        from_at, until_at = from_at.replace(tzinfo=None), (until_at or end).replace(tzinfo=None)
        if run and run[1] == from_at and run[2:] == (_NAMES[state], comment):
            run = (run[0], until_at, *run[2:])
            continue
        if run:
            yield run
        run = (from_at, until_at, _NAMES[state], comment)
    if run:
        yield run


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _happens_twice(local: datetime, zone: ZoneInfo) -> bool:
    earlier = local.replace(tzinfo=zone, fold=0).utcoffset()
    later = local.replace(tzinfo=zone, fold=1).utcoffset()
    return earlier is not None and later is not None and earlier > later


def _aware(local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """The moment (UTC) of a wall-clock time; one that the clocks jump over becomes the moment of the jump."""
    earlier, later = (local.replace(tzinfo=zone, fold=side).astimezone(UTC) for side in (1, 0))
    if earlier >= later:
        return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if earlier.astimezone(zone).replace(tzinfo=None) == local:
        return earlier
    before = earlier.astimezone(zone).utcoffset()
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) / 2
        if middle.astimezone(zone).utcoffset() == before:
            earlier = middle
        else:
            later = middle
    return (later + timedelta(seconds=30)).replace(second=0, microsecond=0)


def open_at(
    strings: Iterable[str],
    moment: datetime,
    *,
    timezone: str = "Europe/Berlin",
    country: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> set[str]:
    """Which of many strings in OSM notation are open at a moment.

    What is unknown, or not understood, is not in the answer; ``NotUnderstood`` is raised only for a country without a
    calendar. Parsed tables are kept (4,096 of them), so a second question about the same 2,000 strings takes some
    milliseconds.
    """
    zone = ZoneInfo(timezone)
    local = _local(moment, zone)
    twice = _happens_twice(local, zone)
    country = country.upper() if country else None
    always = _table("24/7", timezone, country, latitude, longitude)
    if isinstance(always, NotUnderstood):
        raise NotUnderstood(always.part, always.reason)
    answer = set()
    for osm in set(strings):
        table = _table(osm, timezone, country, latitude, longitude)
        if isinstance(table, NotUnderstood) or table.is_blind:
            continue
        if twice:
            place = {"timezone": timezone, "country": country, "latitude": latitude, "longitude": longitude}
            is_open = Timetable(osm, **place).state_at(moment) == "open"  # type: ignore[arg-type]
        else:
            is_open = table.hours.state(local)[0] == State.OPEN
        if is_open:
            answer.add(osm)
    return answer
