"""Programmes of other people's calendars: known by their content, checked first, brought in as far as they can be."""

import datetime as dt
from zoneinfo import ZoneInfo

from learning_events.calendar.events import Reading
from learning_events.calendar.reading.frab import is_schedule, read_frab_json, read_frab_xml
from learning_events.calendar.reading.ics import read_ics
from learning_events.calendar.reading.jsonld import holds_events, read_jsonld
from learning_events.calendar.reading.refusal import LIMITS, WORDS, Limits, Unreadable
from learning_events.calendar.reading.tree import tree_of
from learning_events.calendar.reading.xcri import read_xcri
from mapping.spatial.reading.json import json_of
from mapping.spatial.reading.refusal import Unreadable as TableUnreadable
from mapping.spatial.reading.xml import looks_like_xml

__all__ = ["LIMITS", "WORDS", "Limits", "Unreadable", "read_events"]

_BYTE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_events(
    content: bytes,
    name: str = "",
    content_type: str | None = None,
    *,
    zone: ZoneInfo,
    limits: Limits = LIMITS,
    since: dt.date | None = None,
) -> Reading:
    """Read iCalendar, JSON-LD of schema.org, a frab or pretalx schedule (JSON, XML) or XCRI-CAP.

    What is read follows from the content alone; `name` and `content_type` only make a refusal clearer. `zone` is the
    city's clock, for times without one. With `since`, sessions that ended before that day are passed over and endless
    series are followed for two years from it. Raises Unreadable, and nothing else, for whatever is wrong with the whole;
    what is wrong with a part is a problem of the reading.
    """
    if len(content) > limits.max_bytes:
        raise Unreadable("too-large", limit=max(1, limits.max_bytes // 1_000_000))
    if not content.strip():
        raise Unreadable("empty")
    try:
        return _read(content, name, content_type, zone, limits, since)
    except Unreadable:
        raise
    except TableUnreadable as error:  # from the careful readers of JSON and XML, in the words of tables
        raise Unreadable(error.code, line=error.line, unit=error.unit, **error.params) from None


def _read(
    content: bytes, name: str, content_type: str | None, zone: ZoneInfo, limits: Limits, since: dt.date | None
) -> Reading:
    start = content[:2_000]
    for mark in _BYTE_MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\x00", b"").lstrip()
    if start[:1] in (b"{", b"["):
        document = json_of(content, limits.max_depth)
        if is_schedule(document):
            return read_frab_json(document, zone, limits, since)
        if holds_events(document):
            return read_jsonld(document, zone, limits, since)
        raise Unreadable("unknown-format")
    if start[:1] == b"<" or (looks_like_xml(content) and b"BEGIN:" not in start.upper()):
        if start[:200].lower().startswith((b"<!doctype html", b"<html")) or "html" in (content_type or ""):
            raise Unreadable("html")
        root = tree_of(content, limits)
        if root.name == "schedule" and root.first("conference") is not None:
            return read_frab_xml(root, zone, limits, since)
        if root.name == "catalog" or root.all("provider") or root.all("course"):
            return read_xcri(root, zone, limits, since)
        raise Unreadable("xml-form", root=root.name[:40])
    if b"BEGIN:V" in content[:100_000].upper().replace(b"\x00", b"") or name.lower().endswith(
        (".ics", ".ical", ".ifb")
    ):
        return read_ics(content, zone, limits, since)
    raise Unreadable("unknown-format")
