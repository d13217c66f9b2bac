"""Races need real connections side by side: PostgreSQL, committed data, and threads that start together."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "races":
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(autouse=True)
def races(transactional_db):
    """Run on PostgreSQL alone (SQLite takes one writer at a time and hides races)."""
    if connection.vendor != "postgresql":
        pytest.skip("races need PostgreSQL: set DATABASE_URL=postgres://user@host/name")


def at_once(jobs, *, workers: int = 8) -> list:
    """Run the functions `jobs` on `workers` connections side by side; return what each returned or raised, in order."""
    ready = threading.Barrier(min(workers, len(jobs)))
    started = threading.local()

    def run(job):
        if not getattr(started, "already", False):
            started.already = True
            ready.wait(30)
        try:
            return job()
        except Exception as error:
            return error

    def leave(_worker):
        ready.wait(30)
        connections.close_all()

    with ThreadPoolExecutor(min(workers, len(jobs))) as pool:
        answers = list(pool.map(run, jobs))
        list(pool.map(leave, range(min(workers, len(jobs)))))
    return answers
