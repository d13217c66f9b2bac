"""iCalendar (RFC 5545): events with their series, exceptions and single changes, as any program writes them."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from learning_events.calendar.events import (
    Reading,
)
from learning_events.calendar.reading.clocks import Clocks, LeftOut
from learning_events.calendar.reading.collecting import Collector
from learning_events.calendar.reading.lines import Component, components_of
from learning_events.calendar.reading.refusal import Limits
from learning_events.calendar.reading.series import Series
from learning_events.calendar.reading.zones import zone_called

_HIDDEN = ("PRIVATE", "CONFIDENTIAL")


def read_ics(content: bytes, zone: ZoneInfo, limits: Limits, since: dt.date | None) -> Reading:
    collector = Collector("ics", limits, since)
    entries, written, calendar = components_of(content, limits, collector.notes, collector.skipped)
    collector.credits = collector.text(
        calendar.get("X-WR-CALNAME") or calendar.get("NAME") or "",
        "X-WR-CALNAME",
        lambda *_a, **_k: None,
        250,
    )
    clocks = Clocks(zone_called(calendar.get("X-WR-TIMEZONE", "")) or zone, written, collector)
    by_uid: dict[str, list[Component]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if entry.text("CLASS").upper() in _HIDDEN:
            collector.leave_out("private", entry.line, entry.text("UID"))
            continue
        by_uid[entry.text("UID") or f"\0{number}"].append(entry)
    for uid, same in by_uid.items():
        name = "" if uid.startswith("\0") else uid
        try:
            event = Series(name, same, clocks, collector).event()
        except LeftOut as left:
            collector.leave_out(left.code, left.line or same[0].line, name, **left.params)
        else:
            collector.add(event, same[0].line)
    return collector.reading()
