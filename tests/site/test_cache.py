"""The shared cache: real Redis where REDIS_URL points to one, and pages that go on without it (F5)."""

import os
import socket

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db


def settings_for(address: str) -> dict:
    return {
        "default": {
            "BACKEND": "learning_city.cache.ForgivingRedisCache",
            "LOCATION": address,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }


@pytest.fixture
def dead_address():
    """An address at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.mark.redis
def test_values_are_kept_in_redis(settings, client):
    if not os.environ.get("REDIS_URL"):
        pytest.skip("no Redis: set REDIS_URL=redis://host:6379/1")
    settings.CACHES = settings_for(os.environ["REDIS_URL"])

    cache.set("tests:greeting", "hello", 5)

    assert cache.get("tests:greeting") == "hello"
    assert client.get("/readyz").json()["cache"] == "ok"


def test_f5_without_redis_pages_work_and_health_says_why(settings, client, dead_address):
    settings.CACHES = settings_for(dead_address)

    assert client.get("/account/login/").status_code == 200
    assert client.get("/organisations/").status_code == 200
    assert cache.get("anything", "nothing") == "nothing"
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json()["cache"] == "failing"
