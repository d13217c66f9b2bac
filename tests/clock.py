"""A clock that tests set: that of this process, and with it that of the database."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.db import connection

# PostgreSQL's own functions that tell the time; it finds ours instead while `public` stands first in the search path.
TOLD_BY = ("clock_timestamp", "statement_timestamp", "now")
STOP = "\n".join(
    f"CREATE FUNCTION public.{name}() RETURNS timestamptz LANGUAGE sql VOLATILE"
    " AS $$ SELECT pg_catalog.current_setting('tests.now')::timestamptz $$;"
    for name in TOLD_BY
)
GO_ON = "\n".join(f"DROP FUNCTION public.{name}();" for name in TOLD_BY)


class Clock:
    """The time that everything goes by; it stands still until it is moved."""

    def __init__(self, moment: dt.datetime | str, traveller: time_machine.Traveller):
        self._traveller = traveller
        self.move_to(moment)

    def move_to(self, moment: dt.datetime | str) -> None:
        self._traveller.move_to(moment, tick=False)
        self._tell_the_database()

    def shift(self, by: dt.timedelta) -> None:
        self._traveller.shift(by)
        self._tell_the_database()

    def _tell_the_database(self) -> None:
        if connection.vendor == "postgresql":
            now = dt.datetime.now(dt.UTC).isoformat()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_catalog.set_config('tests.now', %s, true)", [now])


@contextmanager
def stopped_clock(moment: dt.datetime | str) -> Iterator[Clock]:
    """Stop every clock at `moment`; it goes on afterwards.

    SQLite has no clock but this process's. PostgreSQL's is moved inside the test's transaction: `clock_timestamp()` and its
    like are found in `public` first, and say what the test says. The transaction's end takes all of it back, even when the
    test broke it. What runs outside that transaction (tests marked `transaction=True`, other connections) has the true time.
    """
    with time_machine.travel(moment, tick=False) as traveller:
        if connection.vendor != "postgresql":
            yield Clock(moment, traveller)
            return
        assert connection.in_atomic_block, "PostgreSQL's clock is moved for one transaction only"
        with connection.cursor() as cursor:
            cursor.execute(STOP + "SET LOCAL search_path = public, pg_catalog")
        try:
            yield Clock(moment, traveller)
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute(GO_ON + "SET LOCAL search_path = DEFAULT")
