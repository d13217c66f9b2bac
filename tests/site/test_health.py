"""What load balancers ask."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from learning_city import health


@pytest.fixture
def asking():
    return Client(HTTP_HOST="10.0.0.7:8000")  # a load balancer asks by address


def test_the_process_is_alive_without_a_database(asking):
    answer = asking.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_the_site_is_ready(asking):
    answer = asking.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_a_missing_database_is_named_and_nothing_more_is_told(asking, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("password authentication failed for user city")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = asking.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "failing"
    assert "password" not in answer.content.decode()


@pytest.mark.django_db
def test_a_migration_that_did_not_run_is_named(asking, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda self, targets: ["one"]
    )

    answer = asking.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["migrations"], answer.json()["database"]) == ("failing", "ok")


@pytest.mark.django_db
def test_a_cache_that_forgets_is_named(asking, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    answer = asking.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["cache"] == "failing"
