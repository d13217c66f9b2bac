"""Courses in XCRI-CAP (1.1, and 1.2 where its words are the same): a course is an event, its presentations are sessions."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from learning_events.calendar.events import (
    Attendance,
    Moment,
    Reading,
    SourceCost,
    SourceEvent,
    SourcePlace,
    SourceSession,
)
from learning_events.calendar.reading.collecting import Collector, made_uid, stamp
from learning_events.calendar.reading.refusal import Limits
from learning_events.calendar.reading.text import cost_of, moment_of, position_of, whole
from learning_events.calendar.reading.tree import Element

Note = Callable[..., object]
_MODES: dict[str, Attendance] = {"ON": "online", "DA": "online", "CM": "in-person", "MM": "mixed"}


def read_xcri(root: Element, zone: ZoneInfo, limits: Limits, since: dt.date | None) -> Reading:
    collector = Collector("xcri", limits, since)
    providers = root.all("provider") or [root]
    collector.credits = "; ".join(dict.fromkeys(filter(None, (one.text_of("title") for one in providers))))[
        :250
    ]
    for provider in providers:
        for course in provider.all("course"):
            _take(course, provider.text_of("title"), zone, collector)
    return collector.reading()


def _take(course: Element, provider: str, zone: ZoneInfo, collector: Collector) -> None:
    given_uid = course.text_of("identifier")[:500]
    note, problems = collector.writer(course.line, given_uid)
    text = collector.text
    title = text(course.text_of("title"), "title", note, collector.limits.max_title)
    if not title:
        collector.leave_out("no-name", course.line, given_uid)
        return
    presentations = course.all("presentation")
    if not presentations:
        collector.leave_out("no-start", course.line, given_uid)
        return
    found = [(one, session) for one in presentations if (session := _session(one, zone, collector, note))]
    if not found:
        collector.leave_out("no-start", course.line, given_uid)
        return
    uid = given_uid or made_uid(title, found[0][1].start)
    place = found[0][1].place or SourcePlace()
    costs = [_cost(one, collector, note) for one, _session_of in found]
    sessions = []
    for (presentation, session), cost in zip(found, costs, strict=True):
        name = presentation.text_of("identifier")[:500] or f"{uid}#{stamp(session.start)}"
        words = [session.note, cost.words if cost != costs[0] else ""]
        sessions.append(
            replace(
                session,
                uid=name,
                place=None if session.place == place else session.place,
                note=" · ".join(filter(None, words)),
            )
        )
    collector.add(
        SourceEvent(
            uid=uid,
            is_uid_made=not given_uid,
            title=title,
            sessions=tuple(_named_apart(sessions)),
            summary=text(course.text_of("abstract"), "abstract", note, 1_000),
            description=text(course.text_of("description"), "description", note),
            url=collector.address(course.text_of("url") or found[0][0].text_of("url"), note),
            organiser=text(provider, "provider", note, 250),
            place=place,
            attendance=_MODES.get(_mode(found[0][0]), "in-person" if place else ""),
            languages=collector.texts(
                [one.text for one in found[0][0].all("languageOfInstruction")], "language", note
            ),
            audience=collector.texts([one.text for one in found[0][0].all("age")], "age", note),
            cost=costs[0],
            categories=collector.texts([one.text for one in course.all("subject")], "subject", note),
            image_url=_image(course, collector, note),
            problems=tuple(problems),
        ),
        course.line,
    )


def _session(presentation: Element, zone: ZoneInfo, collector: Collector, note: Note) -> SourceSession | None:
    start = _moment(presentation, "start", zone, note)
    if start is None:
        return None
    end = _moment(presentation, "end", zone, note)
    if end is not None and isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
        start, end = _day(start), _day(end)
    if end is not None and end < start:
        note("end-before-start")
        end = None
    places = presentation.first("places")
    return SourceSession(
        uid="",
        start=start,
        end=end,
        zone=zone.key,
        capacity=whole(places.text) if places else None,
        note=collector.text(_mode_words(presentation), "attendanceMode", note, 250),
        place=_place(presentation, collector, note),
    )


def _moment(presentation: Element, name: str, zone: ZoneInfo, note: Note) -> Moment | None:
    element = presentation.first(name)
    # 1.2 writes the date into an attribute, and words for people into the element.
    written = (element.attributes.get("dtf") or element.text) if element else ""
    if not written:
        return None
    try:
        return moment_of(written, zone)
    except (ValueError, OverflowError):
        note("moment", value=written, field=name)
        return None


def _day(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _mode(presentation: Element) -> str:
    element = presentation.first("attendanceMode")
    return element.attributes.get("identifier", "") if element else ""


def _mode_words(presentation: Element) -> str:
    parts = [presentation.text_of(name) for name in ("attendanceMode", "attendancePattern", "studyMode")]
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _cost(presentation: Element, collector: Collector, note: Note) -> SourceCost:
    return cost_of(collector.text(presentation.text_of("cost"), "cost", note, 250))


def _place(presentation: Element, collector: Collector, note: Note) -> SourcePlace | None:
    venue = presentation.first("venue")
    if venue is None:
        return None
    venue = venue.first("provider") or venue
    where = venue.first("location") or venue
    parts = [where.text_of(name) for name in ("street", "address", "town", "postcode")]
    position = None
    latitude, longitude = where.text_of("latitude"), where.text_of("longitude")
    if latitude or longitude:
        try:
            position = position_of(latitude, longitude)
        except ValueError:
            note("position", value=f"{latitude}, {longitude}")
    return SourcePlace(
        collector.text(venue.text_of("title"), "venue", note, 250),
        collector.text(", ".join(filter(None, parts)), "address", note, 1_000),
        *(position or (None, None)),
    )


def _image(course: Element, collector: Collector, note: Note) -> str:
    image = course.first("image")
    return collector.address(image.attributes.get("src") or image.text, note) if image else ""


def _named_apart(sessions: list[SourceSession]) -> list[SourceSession]:
    """Give a name that is written twice the start as well."""
    taken: set[str] = set()
    apart = []
    for session in sessions:
        name = session.uid
        if name in taken:
            name = f"{name}#{stamp(session.start)}"
        while name in taken:
            name += "'"
        taken.add(name)
        apart.append(replace(session, uid=name))
    return apart
