"""Every calendar of other projects' tests imports, imports in part with a list, or is refused in words."""

import time
import tracemalloc
from collections import Counter
from contextlib import suppress

from learning_events.calendar.reading import Unreadable
from tests.learning_events.calendar.files import read
from tests.learning_events.calendar.test_recurrence import work_of

MOST_CALLS = 3_000_000  # about a second of CPython on a slow machine
MOST_BYTES = 100 * 2**20


def test_d13_all_205_calendars_are_read_or_refused(shared_data):
    files = sorted((shared_data / "events/ics").glob("*/*.ics"))
    outcome: Counter[str] = Counter()
    times, said = [], []
    most_calls = most_bytes = 0

    for path in files:
        content = path.read_bytes()
        begun = time.process_time()
        try:
            reading = read(content, path.name)
        except Unreadable as error:
            outcome["refused"] += 1
            said.append(str(error))
        else:
            outcome["in part" if reading.problems else "whole"] += 1
            assert reading.events or reading.skipped
            assert all(str(problem) for problem in reading.problems)
            assert all(event.title and event.sessions for event in reading.events)
            uids = [session.uid for event in reading.events for session in event.sessions]
            assert len(set(uids)) == len(uids), path.name
        times.append((time.process_time() - begun, path.name))
        most_calls = max(most_calls, work_of(lambda content=content: _quietly(content)))

    for _time, name in sorted(times)[-10:]:
        content = next(path for path in files if path.name == name).read_bytes()
        tracemalloc.start()
        _quietly(content)
        most_bytes = max(most_bytes, tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    slowest, name = max(times)
    print(
        f"\n{len(files)} calendars: {dict(outcome)}; slowest {name} {slowest * 1000:.0f} ms,"
        f" all {sum(t for t, _n in times):.1f} s; most work {most_calls:,} calls, most memory {most_bytes / 2**20:.1f} MiB"
    )
    assert outcome == {"whole": 68, "in part": 49, "refused": 88}
    assert {words[-1] for words in said} <= set(".”")
    assert most_calls < MOST_CALLS
    assert most_bytes < MOST_BYTES


def _quietly(content: bytes) -> None:
    with suppress(Unreadable):
        read(content)
