"""Answers for load balancers: is the process alive, and is it ready to serve."""

from asgiref.sync import iscoroutinefunction
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils.decorators import sync_only_middleware


@sync_only_middleware
def HealthMiddleware(get_response):
    """Answer /healthz and /readyz before hosts, sessions or the database are looked at."""

    def middleware(request):
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return readiness()
        return get_response(request)

    assert not iscoroutinefunction(get_response)  # noqa: S101 - the chain is synchronous throughout
    return middleware


_migrated = False


def readiness() -> JsonResponse:
    """Report database, migrations and cache, with 503 when one of them is missing. Says no more than its name."""
    checks = {
        "database": _answers(_ask_database),
        "migrations": _answers(_ask_migrations),
        "cache": _answers(_ask_cache),
    }
    ready = all(checks.values())
    words = {name: "ok" if fine else "failing" for name, fine in checks.items()}
    return JsonResponse({"status": "ok" if ready else "failing", **words}, status=200 if ready else 503)


def _answers(check) -> bool:
    try:
        return check()
    except Exception:
        return False


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _ask_migrations() -> bool:
    # Reading the migration graph is slow and the answer can only turn from "behind" to "done" in one process.
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _ask_cache() -> bool:
    cache.set("readyz", "1", 5)
    return cache.get("readyz") == "1"
