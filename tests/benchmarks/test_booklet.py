"""The booklet of a festival of 700 events: how long it takes beside a bare table, and how much memory."""

import json
import os
import subprocess
import sys
import time

import pytest

from learning_events.enums import PrintForm, PrintOrder
from learning_events.models import Session
from learning_events.printing.press import SHEETS, press
from learning_events.printing.sheets import booklet
from learning_events.queries.printing import sessions_to_print
from mapping.enums import Cost, PlaceStatus, Stated
from participation.foundation import press as press_module
from tests import factories
from tests.learning_events.festivals import make_event, make_festival, make_session

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

EVENTS = 700
MOST_MEGABYTES = 500
MOST_TIMES_A_BARE_TABLE = 40
MOST_SECONDS = 60

# The same rows as nothing but a table: what typst needs at the least.
BARE = """
#let data = json(bytes(sys.inputs.data))
#table(columns: 4, ..data.map(row => (row.time, row.title, row.summary, row.where)).flatten())
"""
# Does the work in a process of its own and says the most memory that process has ever had, in kilobytes.
MEASURE = """
import resource, subprocess, sys
job = sys.stdin.buffer.read()
done = subprocess.run([sys.executable, "-I", sys.argv[1]], input=job, stdout=subprocess.DEVNULL)
assert done.returncode == 0
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.fixture
def festival():
    """700 events with everything a booklet says of them, one session each, over nine days and six neighbourhoods."""
    festival = make_festival()
    organisation = factories.OrganisationFactory()
    places = [
        factories.PlaceFactory(status=PlaceStatus.PUBLISHED, neighbourhood=factories.NeighbourhoodFactory())
        for _number in range(6)
    ]
    for number in range(EVENTS):
        event = make_event(
            festival,
            title=f"How our water is made clean, walk {number} through the works",
            summary="We follow the water from the river through sand, air and light to your tap, and taste it at the end.",
            place=places[number % 6],
            organisation=organisation,
            cost=Cost.FREE,
            age_from=10,
            languages="en de ar",
            step_free=Stated.YES,
            hearing_loop=Stated.YES,
        )
        make_session(event, day=number % 9, hour=9 + number % 12)
    return festival


def test_a_booklet_of_700_events_fits_into_memory(festival):
    import typst

    sessions = list(sessions_to_print(festival))
    assert len(sessions) == EVENTS == Session.objects.count()
    rows = json.dumps(
        [
            {
                "time": f"{session.starts_at:%d %H:%M}",
                "title": session.event.title,
                "summary": session.event.summary,
                "where": session.event.place.name,
            }
            for session in sessions
        ]
    )

    start = time.perf_counter()
    typst.compile(BARE.encode(), format="pdf", sys_inputs={"data": rows})
    bare_s = time.perf_counter() - start
    start = time.perf_counter()
    data = booklet(festival, sessions, order=PrintOrder.DAY, form=PrintForm.BOOKLET, edition="1")
    data_s = time.perf_counter() - start
    pressed = press("booklet", data)
    ours_s = time.perf_counter() - start
    job = json.dumps({"sheet": str(SHEETS / "booklet.typ"), "data": data, "image_ppi": 0}).encode()
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, press_module.__file__], input=job, capture_output=True, check=True
    )
    megabytes = int(measured.stdout) / 1024

    print(
        f"\nbooklet of {EVENTS} events: {pressed.pages} pages, {len(pressed.content) / 1e6:.1f} MB, {ours_s:.1f} s "
        f"(its data {data_s:.1f} s), a bare table {bare_s:.1f} s, ratio {ours_s / bare_s:.1f}, "
        f"at most {megabytes:.0f} MB of memory, on {os.cpu_count()} processors"
    )
    assert pressed.missing == ""
    assert megabytes < MOST_MEGABYTES
    assert ours_s < MOST_SECONDS
    assert ours_s < MOST_TIMES_A_BARE_TABLE * bare_s
