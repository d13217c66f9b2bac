"""The whole site behind a real uvicorn in a thread of the test, for sockets and browsers."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from django.conf import settings
from django.db import connection
from django.test import Client

from participation.domain.room.opinion import forget_engines
from participation.live import hub
from participation.live.board import forget_boards


@contextmanager
def served() -> Iterator[str]:
    """Serve the site until the block ends; yield its address. SQLite in memory cannot be shared like that."""
    if connection.vendor != "postgresql":
        pytest.skip("a server beside the test needs PostgreSQL: set DATABASE_URL=postgres://user@host/name")
    from learning_city.asgi import application

    forget_boards()
    forget_engines()
    config = uvicorn.Config(
        application,
        port=0,
        log_level="error",
        lifespan="off",
        ws_per_message_deflate=False,
        ws_max_size=16 * 1024,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server stopped while it started"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        if hub._hub is not None and hub._hub.loop.is_running():
            asyncio.run_coroutine_threadsafe(hub.close_hub(), hub._hub.loop).result(20)
        server.should_exit = True
        thread.join(20)


def cookie_of(user) -> dict[str, str]:
    """Return the session cookie of somebody who has signed in, as Playwright takes it."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "domain": "127.0.0.1", "path": "/"}
