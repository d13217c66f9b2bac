"""Processor time of what a page costs: that of this process, and that of the database server's process behind it.

Unlike the time on the wall it does not tell what else runs on the machine.
"""

import gc
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection


def processor_s(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time of several rounds, in seconds."""
    spent = []
    for _round in range(rounds):
        gc.collect()
        begun = _so_far_s()
        work()
        spent.append(_so_far_s() - begun)
    return min(spent)


def _so_far_s() -> float:
    return time.process_time() + _of_the_database_s()


def _of_the_database_s() -> float:
    """Nothing for SQLite, which works in this process, and for a server on another machine or without Linux's figures."""
    if connection.vendor != "postgresql":
        return 0.0
    figures = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(figures.read_text().split()[0]) / 1e9 if figures.exists() else 0.0
