"""What time it is, as the database sees it: every server process and every voter share that clock."""

import datetime as dt

from django.db import connection
from django.utils import timezone


def database_now() -> dt.datetime:
    """Return the database server's present time (aware, UTC), not that of the request or of this process.

    On PostgreSQL this is `clock_timestamp()`, so it moves on inside a transaction that had to wait for a lock.
    SQLite has no clock of its own: there the database is in this process, and so is the time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(dt.UTC)
    return timezone.now()
