"""Events of schema.org in JSON-LD: one, a list, a graph or an item list, with sub-events and schedules."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from learning_events.calendar.events import (
    Attendance,
    Moment,
    Reading,
    SourceCost,
    SourceEvent,
    SourcePlace,
    SourceSession,
    Status,
)
from learning_events.calendar.reading.collecting import Collector, made_uid, stamp
from learning_events.calendar.reading.refusal import Limits
from learning_events.calendar.reading.text import moment_of, position_of, whole
from learning_events.calendar.reading.zones import zone_called
from learning_events.calendar.recurrence import TWO_YEARS, Frequency, NotRepeatable, Rule, Weekday, dates_of

_EVENT = re.compile(r"(?:.*[/:#])?(?:[A-Za-z]*Event|Festival|Hackathon|CourseInstance|EventSeries)")
_EVERY = re.compile(r"P([0-9]{1,2})([DWMY])")
_FREQUENCIES = {"D": Frequency.DAILY, "W": Frequency.WEEKLY, "M": Frequency.MONTHLY, "Y": Frequency.YEARLY}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LISTS = ("@graph", "itemListElement", "event", "events", "hasCourseInstance")
Note = Callable[..., object]


def is_event(document: object) -> bool:
    return isinstance(document, dict) and any(
        isinstance(kind, str) and _EVENT.fullmatch(kind) for kind in _listed(document.get("@type"))
    )


def holds_events(document: object) -> bool:
    return next(_events_of(document), None) is not None


def read_jsonld(document: object, zone: ZoneInfo, limits: Limits, since: dt.date | None) -> Reading:
    collector = Collector("jsonld", limits, since, unit="event")
    for number, entry in enumerate(_events_of(document), start=1):
        for event in _Entry(entry, number, zone, collector).events():
            collector.add(event, number)
    return collector.reading()


def _events_of(document: object) -> Iterator[dict]:
    """Yield the events in their order, wherever lists of the vocabulary hold them. Its depth is checked before."""
    for item in _listed(document):
        if not isinstance(item, dict):
            continue
        if is_event(item):
            yield item
            continue
        for name in _LISTS:
            yield from _events_of(item.get(name))
        if isinstance(item.get("item"), dict):
            yield from _events_of(item["item"])


def _listed(value: object) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: object) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _name(value: object) -> str:
    """Return the name of a thing that may be written as its name alone."""
    value = _first(value)
    if isinstance(value, dict):
        value = _first(
            value.get("name")
            or value.get("audienceType")
            or value.get("alternateName")
            or value.get("@value")
        )
    return value if isinstance(value, str) else ""


def _tail(value: object) -> str:
    """Return the last part of an address of the vocabulary: "EventCancelled" of "https://schema.org/EventCancelled"."""
    value = value.get("@id") if isinstance(value, dict) else _first(value)
    return re.split(r"[/#:]", value)[-1] if isinstance(value, str) else ""


class _Entry:
    """One event of the document, and those of its sub-events that are events of their own."""

    def __init__(self, entry: dict, number: int, zone: ZoneInfo, collector: Collector) -> None:
        self.entry, self.number, self.zone, self.collector = entry, number, zone, collector
        self.given_uid = self._identifier()
        self.note, self.problems = collector.writer(number, self.given_uid)

    def events(self) -> list[SourceEvent]:
        text, entry, note = self.collector.text, self.entry, self.note
        title = text(_name(entry), "name", note, self.collector.limits.max_title)
        if not title:
            self.collector.leave_out("no-name", self.number, self.given_uid)
            return []
        own, others = self._sub_events(title)
        sessions = self._sessions(title, own)
        if not sessions:
            if not others:
                self._leave_out_for_its_start()
            return others
        place = self._place(entry.get("location"))
        uid = self.given_uid or made_uid(title, sessions[0].start)
        event = SourceEvent(
            uid=uid,
            is_uid_made=not self.given_uid,
            title=title,
            sessions=tuple(self._named(uid, sessions)),
            summary=text(entry.get("disambiguatingDescription"), "summary", note, 1_000),
            description=text(_first(entry.get("description")), "description", note),
            url=self.collector.address(_first(entry.get("url")), note),
            organiser=text(_name(entry.get("organizer")), "organizer", note, 250),
            leaders=self.collector.texts(
                [_name(one) for one in _listed(entry.get("performer"))], "performer", note
            ),
            place=place,
            attendance=self._attendance(place),
            online_url=self._online(),
            languages=self._languages(),
            audience=self._audience(),
            cost=self._cost(),
            categories=self._keywords(),
            accessibility=self._accessibility(),
            image_url=self._image(),
            changed_at=self._changed_at(),
            problems=tuple(self.problems),
        )
        return [event, *others]

    def _identifier(self) -> str:
        for name in ("@id", "identifier"):
            value = _first(self.entry.get(name))
            if isinstance(value, dict):
                value = value.get("value") or value.get("@id")
            if isinstance(value, int) and not isinstance(value, bool):
                value = str(value)[:100]
            # "_:b0" names nothing outside the file it stands in.
            if isinstance(value, str) and value.strip() and not value.startswith("_:"):
                return value.strip()[:500]
        return ""

    def _leave_out_for_its_start(self) -> None:
        written = self.entry.get("startDate")
        if isinstance(written, str) and written.strip():
            self.collector.leave_out("start", self.number, self.given_uid, value=written)
        else:
            self.collector.leave_out("no-start", self.number, self.given_uid)

    def _sub_events(self, title: str) -> tuple[list[dict], list[SourceEvent]]:
        """Part the sub-events into further dates of this event and events of their own."""
        dates: list[dict] = []
        others: list[SourceEvent] = []
        for sub in _listed(self.entry.get("subEvent"))[: self.collector.limits.max_events]:
            if not is_event(sub):
                continue
            if _name(sub) in ("", title) and not sub.get("subEvent"):
                dates.append(sub)
            else:
                inherited = {key: self.entry[key] for key in ("location", "organizer") if key in self.entry}
                others.extend(_Entry({**inherited, **sub}, self.number, self.zone, self.collector).events())
        return dates, others

    # --- dates ---

    def _sessions(self, title: str, subs: list[dict]) -> list[SourceSession]:
        if subs:
            sessions = [session for sub in subs if (session := self._session(sub, title))]
            if sessions:
                return sessions
        scheduled = [
            one
            for schedule in _listed(self.entry.get("eventSchedule"))[:50]
            for one in self._scheduled(schedule)
        ]
        if scheduled:
            return scheduled
        session = self._session(self.entry, title)
        return [session] if session else []

    def _moment(self, value: object, field: str) -> Moment | None:
        if value is None or value == "":
            return None
        try:
            return moment_of(_first(value), self.zone)
        except (ValueError, OverflowError):
            self.note("moment", value=str(value), field=field)
            return None

    def _session(self, entry: dict, title: str) -> SourceSession | None:
        start = self._moment(entry.get("startDate"), "startDate")
        if start is None:
            return None
        end = self._moment(entry.get("endDate"), "endDate")
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
            if end < start:
                self.note("end-before-start")
                end = None
            elif start.time() == dt.time() and end.time().replace(second=0) == dt.time(23, 59):
                start, end = start.date(), end.date()
        elif isinstance(start, dt.datetime) and end is not None:
            # Only the day of the end is known.
            end = None
        elif not isinstance(start, dt.datetime):
            end = end.date() if isinstance(end, dt.datetime) else end
            if end is not None and end < start:
                self.note("end-before-start")
                end = None
        status, previous = self._status(entry)
        place = self._place(entry["location"]) if entry is not self.entry and "location" in entry else None
        identifier = entry.get("@id") if entry is not self.entry else None
        return SourceSession(
            uid=identifier[:500] if isinstance(identifier, str) else "",
            start=start,
            end=end,
            zone=self.zone.key,
            capacity=whole(entry.get("maximumAttendeeCapacity")),
            status=status,
            previous_start=previous,
            place=place,
        )

    def _status(self, entry: dict) -> tuple[Status, Moment | None]:
        match _tail(entry.get("eventStatus") or self.entry.get("eventStatus")):
            case "EventCancelled":
                return "cancelled", None
            case "EventPostponed":
                self.note("postponed")
                return "cancelled", None
            case "EventRescheduled":
                return "moved", self._moment(entry.get("previousStartDate"), "previousStartDate")
        return "scheduled", None

    def _scheduled(self, schedule: object) -> list[SourceSession]:
        """Count out a Schedule (schema.org/Schedule)."""
        if not isinstance(schedule, dict):
            return []
        if not self.collector.may_count(TWO_YEARS.days):
            self.note("series-work")
            return []
        try:
            rule, start, length, zone = self._rule(schedule)
            starts = dates_of(rule, start, zone)
        except NotRepeatable as error:
            self.note("rule", text=str(schedule.get("repeatFrequency")), why=str(error))
            return []
        except (ValueError, OverflowError):
            self.note("rule", text=str(schedule.get("repeatFrequency")), why="")
            return []
        whole_days = not isinstance(schedule.get("startTime"), str)
        status, _previous = self._status(self.entry)
        return [
            SourceSession("", moment.date(), None, zone.key, status=status)
            if whole_days
            else SourceSession("", moment, moment + length if length else None, zone.key, status=status)
            for moment in starts
        ]

    def _rule(self, schedule: dict) -> tuple[Rule, dt.datetime, dt.timedelta | None, ZoneInfo]:
        zone = zone_called(str(schedule.get("scheduleTimezone") or "")) or self.zone
        first = dt.date.fromisoformat(str(schedule.get("startDate"))[:10])
        begin = dt.time.fromisoformat(str(schedule.get("startTime") or "00:00")[:8])
        end = schedule.get("endTime")
        length = None
        if isinstance(end, str):
            close = dt.datetime.combine(first, dt.time.fromisoformat(end[:8]))
            length = (close - dt.datetime.combine(first, begin)) % dt.timedelta(days=1)
        found = _EVERY.fullmatch(str(schedule.get("repeatFrequency") or "").upper())
        if not found or int(found[1]) == 0:
            raise ValueError("repeatFrequency")
        days = [_tail(day).lower() for day in _listed(schedule.get("byDay"))]
        until = schedule.get("endDate")
        count = whole(schedule.get("repeatCount"))
        rule = Rule(
            _FREQUENCIES[found[2]],
            interval=int(found[1]),
            weekdays=tuple(Weekday(_DAYS.index(day)) for day in dict.fromkeys(days) if day in _DAYS),
            month_days=tuple(n for n in map(whole, _listed(schedule.get("byMonthDay"))) if n and n <= 31),
            count=count,
            until=dt.date.fromisoformat(until[:10]) if isinstance(until, str) and count is None else None,
            without=tuple(
                dt.date.fromisoformat(str(day)[:10]) for day in _listed(schedule.get("exceptDate"))[:1_000]
            ),
        )
        return rule, dt.datetime.combine(first, begin), length, zone

    def _named(self, uid: str, sessions: list[SourceSession]) -> Iterator[SourceSession]:
        """Give each session a name that stays: its own, that of its event if it is the only one, else with its start."""
        taken: set[str] = set()
        for session in sessions:
            name = session.uid or (uid if len(sessions) == 1 else f"{uid}#{stamp(session.start)}")
            while name in taken:
                name += "'"
            taken.add(name)
            yield replace(session, uid=name)

    # --- what it is ---

    def _place(self, location: object) -> SourcePlace:
        for place in _listed(location):
            if isinstance(place, str):
                return SourcePlace(self.collector.text(place, "location", self.note, 250))
            if isinstance(place, dict) and "VirtualLocation" not in _listed(place.get("@type")):
                return self._physical(place)
        return SourcePlace()

    def _physical(self, place: dict) -> SourcePlace:
        address = _first(place.get("address"))
        if isinstance(address, dict):
            parts = [
                address.get(key)
                for key in ("streetAddress", "postalCode", "addressLocality", "addressRegion")
            ]
            address = ", ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
        geo = _first(place.get("geo"))
        position = None
        if isinstance(geo, dict) and geo.get("latitude") is not None:
            try:
                position = position_of(geo.get("latitude"), geo.get("longitude"))
            except ValueError:
                self.note("position", value=f"{geo.get('latitude')}, {geo.get('longitude')}")
        return SourcePlace(
            self.collector.text(_name(place), "location", self.note, 250),
            self.collector.text(address, "address", self.note, 1_000),
            *(position or (None, None)),
        )

    def _online(self) -> str:
        for place in _listed(self.entry.get("location")):
            if isinstance(place, dict) and "VirtualLocation" in _listed(place.get("@type")):
                return self.collector.address(place.get("url"), self.note)
        return ""

    def _attendance(self, place: SourcePlace) -> Attendance:
        match _tail(self.entry.get("eventAttendanceMode")):
            case "OnlineEventAttendanceMode":
                return "online"
            case "MixedEventAttendanceMode":
                return "mixed"
            case "OfflineEventAttendanceMode":
                return "in-person"
        virtual = any(
            isinstance(one, dict) and "VirtualLocation" in _listed(one.get("@type"))
            for one in _listed(self.entry.get("location"))
        )
        if virtual:
            return "mixed" if place else "online"
        return "in-person" if place else ""

    def _languages(self) -> tuple[str, ...]:
        named = [_name(one) or _tail(one) for one in _listed(self.entry.get("inLanguage"))]
        return self.collector.texts(named, "inLanguage", self.note)

    def _audience(self) -> tuple[str, ...]:
        ages = self.entry.get("typicalAgeRange")
        return self.collector.texts(
            [*map(_name, _listed(self.entry.get("audience"))), ages], "audience", self.note
        )

    def _keywords(self) -> tuple[str, ...]:
        words: list = []
        for keyword in _listed(self.entry.get("keywords")):
            words.extend(keyword.split(",") if isinstance(keyword, str) else [_name(keyword)])
        return self.collector.texts(words, "keywords", self.note)

    def _accessibility(self) -> tuple[str, ...]:
        features = []
        for place in [self.entry, *_listed(self.entry.get("location"))]:
            if isinstance(place, dict):
                features += [_name(one) for one in _listed(place.get("amenityFeature")) if _offered(one)]
                features += [
                    one for one in _listed(place.get("accessibilityFeature")) if isinstance(one, str)
                ]
        return self.collector.texts(features, "amenityFeature", self.note)

    def _cost(self) -> SourceCost:
        prices = []
        for offer in _listed(self.entry.get("offers"))[:20]:
            if isinstance(offer, dict):
                prices.append(self._price(offer))
        words = " / ".join(dict.fromkeys(filter(None, prices)))[:250]
        if self.entry.get("isAccessibleForFree") in (True, "true", "True"):
            return SourceCost("free", "" if words.startswith("0") else words)
        if not words:
            return SourceCost()
        free = all(price.split(" ")[0].strip("0.,") == "" for price in prices if price)
        return SourceCost("free" if free else "paid", words)

    def _price(self, offer: dict) -> str:
        low = offer.get("price", offer.get("lowPrice"))
        if isinstance(low, bool) or not isinstance(low, int | float | str):
            return ""
        shown = f"{low:.10g}" if isinstance(low, float) else str(low)
        high = offer.get("highPrice")
        if isinstance(high, int | float | str) and not isinstance(high, bool) and high != low:
            shown += f"–{high}"
        words = (
            f"{shown} {offer.get('priceCurrency') or ''}"
            if isinstance(offer.get("priceCurrency"), str)
            else shown
        )
        return self.collector.text(words, "price", self.note, 100)

    def _image(self) -> str:
        image = _first(self.entry.get("image"))
        if isinstance(image, dict):
            image = image.get("url") or image.get("contentUrl")
        return self.collector.address(_first(image), self.note)

    def _changed_at(self) -> dt.datetime | None:
        value = self.entry.get("dateModified")
        try:
            moment = moment_of(value, self.zone)
        except (ValueError, OverflowError):
            return None
        return moment.astimezone(dt.UTC) if isinstance(moment, dt.datetime) else None


def _offered(feature: object) -> bool:
    return not (isinstance(feature, dict) and feature.get("value") in (False, "false", "False", "no", 0))
