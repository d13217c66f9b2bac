"""A booking storm on one popular session: how much of bare inserts' throughput is left, and what others feel of it."""

import statistics
import threading
import time

import pytest
from django.db import connection, connections, transaction

from learning_events.domain.registration import confirm_registration, hold_seats
from learning_events.enums import Booking
from learning_events.models import Registration, Session
from tests.learning_events.festivals import make_event, make_festival, with_seats

pytestmark = [pytest.mark.benchmark, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PARALLEL, EACH, ROUNDS = 64, 4, 3
LEAST_SHARE = 0.4
MOST_SLOWED = 1.5


@pytest.fixture
def sessions(transactional_db):
    """A popular session and a quiet one, with more seats than anybody asks for: refusals would be quicker."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time: set DATABASE_URL=postgres://user@host/name")
    event = make_event(make_festival(), booking=Booking.SEATS)
    return [with_seats(event, 100_000, day=36500 + day) for day in range(2)]


def storm(work, *, beside=None) -> tuple[float, list[float]]:
    """Run `work(number)` on PARALLEL connections; return how many a second, and seconds of each `beside()` meanwhile."""
    ready, done = threading.Barrier(PARALLEL + 1), threading.Event()
    felt: list[float] = []

    def run(worker):
        connection.ensure_connection()
        ready.wait(60)
        for number in range(EACH):
            work(worker * EACH + number)
        connections.close_all()

    def watch():
        connection.ensure_connection()
        while not done.is_set():
            start = time.perf_counter()
            beside()
            felt.append(time.perf_counter() - start)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in range(PARALLEL)]
    watcher = threading.Thread(target=watch) if beside else None
    for thread in threads:
        thread.start()
    ready.wait(60)
    start = time.perf_counter()
    if watcher:
        watcher.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - start
    done.set()
    if watcher:
        watcher.join()
    return PARALLEL * EACH / spent, felt


def test_storm_on_one_session(sessions, capsys):
    popular, quiet = sessions

    def bare(number):
        with transaction.atomic():
            Registration.objects.create(
                session_id=quiet.pk, key=f"{time.perf_counter_ns():x}{number:08x}", state="cancelled"
            )

    def hold(_number):
        hold_seats(popular, 1)

    def book(number):
        facts = {"name": "Somebody", "email": f"{time.perf_counter_ns()}-{number}@example.org"}
        confirm_registration(hold_seats(popular, 1), facts=facts)

    def beside():
        hold_seats(quiet, 1)

    best = {"bare": 0.0, "hold": 0.0}
    slowed = []
    for _round in range(ROUNDS):
        Registration.objects.all().delete()
        Session.objects.update(taken=0)
        inserts, alone = storm(bare, beside=beside)
        holds, during = storm(hold, beside=beside)
        best = {"bare": max(best["bare"], inserts), "hold": max(best["hold"], holds)}
        slowed.append(statistics.median(during) / statistics.median(alone))
    bookings, _felt = storm(book)

    popular.refresh_from_db()
    rows = Registration.objects.filter(session=popular, state__in=["held", "confirmed"]).count()
    assert popular.taken == rows == PARALLEL * EACH * 2
    share, slower = best["hold"] / best["bare"], min(slowed)
    with capsys.disabled():
        print(
            f"\n{PARALLEL} parallel: {best['bare']:.0f} bare inserts/s, {best['hold']:.0f} seats held/s on one session "
            f"({share:.2f} of it), {bookings:.0f} whole bookings/s; another session takes {slower:.2f} of its time"
        )
    assert share >= LEAST_SHARE
    assert slower <= MOST_SLOWED
