"""The feed of a large festival against a bare serialisation, and programmes read against their bare parsing."""

import datetime as dt
import gc
import json
import statistics
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

import icalendar
import pytest

from learning_events.calendar.events import SourceEvent, SourcePlace, SourceSession
from learning_events.calendar.reading import read_events
from learning_events.calendar.writing import calendar_of
from tests.learning_events.calendar.open_house import as_jsonld

pytestmark = pytest.mark.benchmark

SESSIONS = 10_000
MOST_TIMES_BARE = 2.0
BERLIN = ZoneInfo("Europe/Berlin")
FIRST = dt.datetime(2026, 9, 7, 9, tzinfo=BERLIN)


def cpu_s(action: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of the CPU seconds that an action takes."""
    times = []
    for _round in range(rounds):
        gc.collect()
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def festival() -> list[SourceEvent]:
    library = SourcePlace("Central library", "Main Street 1, 20095 Town", 53.551086, 9.993682)
    return [
        SourceEvent(
            uid=f"event-{n}@example.org",
            title=f"Learn something new, number {n}",
            description="Neighbours teach each other, in the library and on the square. Bring a cup, and a friend.",
            url=f"https://example.org/festival/event-{n}/",
            categories=("Workshop", "Food"),
            place=library,
            sessions=tuple(
                SourceSession(
                    uid=f"event-{n}-{k}@example.org",
                    start=FIRST + dt.timedelta(days=k, minutes=15 * (n % 40)),
                    end=FIRST + dt.timedelta(days=k, minutes=15 * (n % 40) + 90),
                    zone="Europe/Berlin",
                )
                for k in range(10)
            ),
        )
        for n in range(SESSIONS // 10)
    ]


def bare(events: list[SourceEvent], made_at: dt.datetime) -> bytes:
    """Write the same sessions with the library alone."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//bare//EN")
    calendar.add_component(icalendar.Timezone.from_tzinfo(BERLIN, "Europe/Berlin"))
    for event in events:
        for session in event.sessions:
            entry = icalendar.Event()
            entry.add("uid", session.uid)
            entry.add("dtstamp", made_at)
            entry.add("dtstart", session.start)
            entry.add("dtend", session.end)
            entry.add("sequence", event.sequence)
            entry.add("status", "CONFIRMED")
            entry.add("summary", event.title)
            entry.add("description", event.description)
            entry.add("location", f"{event.place.name}, {event.place.address}")
            entry.add("geo", (event.place.latitude, event.place.longitude))
            entry.add("url", event.url)
            entry.add("categories", list(event.categories))
            calendar.add_component(entry)
    return calendar.to_ical()


def test_a_feed_of_ten_thousand_sessions_costs_no_more_than_twice_a_bare_one():
    events = festival()
    made_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)

    ours = cpu_s(lambda: b"".join(calendar_of(events, name="Festival", made_at=made_at)))
    theirs = cpu_s(lambda: bare(events, made_at), rounds=1)

    print(
        f"\nfeed of {SESSIONS:,} sessions: {ours:.2f} s of CPU, bare icalendar {theirs:.2f} s,"
        f" ratio {ours / theirs:.2f} (at most {MOST_TIMES_BARE})"
    )
    assert ours <= MOST_TIMES_BARE * theirs


def test_real_programmes_are_read_in_a_small_multiple_of_their_parsing(shared_data):
    listings = as_jsonld((shared_data / "events/open-house-london/2023.json").read_bytes())
    toronto = (shared_data / "events/toronto/festivals-events-until-2025-07.jsonld").read_bytes()
    holidays = b"".join(calendar_of(festival(), name="Festival", made_at=FIRST))

    for name, content, parse in (
        ("Open House London, 2,402 dates", listings, lambda: json.loads(listings)),
        ("Toronto, 897 events", toronto, lambda: json.loads(toronto)),
        ("our own feed, 10,000 sessions", holidays, lambda: icalendar.Calendar.from_ical(holidays)),
    ):
        rounds = 1 if content is holidays else 3
        limits_ok = len(content) < 10_000_000
        assert limits_ok
        ours, theirs = cpu_s(lambda content=content: _read(content), rounds), cpu_s(parse, rounds)
        print(f"{name}: read in {ours:.2f} s of CPU, parsing alone {theirs:.2f} s, ratio {ours / theirs:.1f}")


def _read(content: bytes) -> None:
    from learning_events.calendar.reading import Limits

    read_events(content, zone=BERLIN, limits=Limits(max_events=20_000, max_components=50_000))
