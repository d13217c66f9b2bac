"""Sockets of a room for tests: opened like a browser does, closed in any case."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connection
from django.test import Client

from participation.domain.room.opinion import forget_engines
from participation.live.board import forget_boards
from participation.live.hub import close_hub
from participation.live.routing import sockets
from participation.models import Room

ORIGIN = b"http://testserver"


class Connection(ApplicationCommunicator):
    """What a browser and a server do with one socket. (Those of channels.testing want daphne.)"""

    async def connect(self) -> bool:
        """Open the socket; say whether it was accepted."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(10)
        return answer["type"] == "websocket.accept"

    async def send_text(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(10)


async def handshake(room: int, *, user=None, origin: bytes | None = ORIGIN) -> Connection:
    """Return a socket that is about to open, with the session of `user`."""
    headers = [(b"host", b"testserver")] + ([(b"origin", origin)] if origin is not None else [])
    if user is not None:
        headers.append((b"cookie", await in_thread(_cookie_of, user)))
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "path": f"/ws/rooms/{room}/",
        "query_string": b"",
        "headers": headers,
        "subprotocols": [],
    }
    return Connection(sockets, scope)


def _cookie_of(user) -> bytes:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}".encode()


async def in_thread(act, *args, **kwargs):
    """Do something with the database while sockets are open, as a page would."""

    def whole():
        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.to_thread(whole)


class Socket:
    """An open socket: `ask` sends and returns the answer, `until` waits for a frame that says what is wanted."""

    def __init__(self, communicator: Connection):
        self.communicator = communicator
        self.frames: list[dict] = []
        self.version = -1

    async def send(self, **message) -> None:
        await self.communicator.send_text(json.dumps(message))

    async def ask(self, **message) -> dict:
        await self.send(**message)
        return await self.answer()

    async def answer(self) -> dict:
        """Return the next message that is no frame; frames on the way are kept."""
        while True:
            message = json.loads((await self.communicator.receive_output(10))["text"])
            if message["t"] != "snap":
                return message
            self._keep(message)

    async def until(self, wanted: Callable[[dict], bool]) -> dict:
        """Return all sections as they are once `wanted` of them is true."""
        while not wanted(self.sections):
            message = json.loads((await self.communicator.receive_output(10))["text"])
            if message["t"] == "snap":
                self._keep(message)
        return self.sections

    @property
    def sections(self) -> dict:
        return {name: section for frame in self.frames for name, section in frame["s"].items()}

    def _keep(self, frame: dict) -> None:
        assert frame["v"] >= self.version, "versions only rise"
        self.version = frame["v"]
        self.frames.append(frame)

    async def closes_with(self) -> int:
        """Return the code with which the server closes the socket."""
        while True:
            message = await self.communicator.receive_output(10)
            if message["type"] == "websocket.close":
                return message.get("code", 1000)


@asynccontextmanager
async def connected(room: Room, *, user=None) -> AsyncIterator[Socket]:
    """Yield a socket that has said hello and has all sections."""
    communicator = await handshake(room.pk, user=user)
    assert await communicator.connect()
    socket = Socket(communicator)
    try:
        await socket.send(t="hello", v=0)
        yield socket
    finally:
        await communicator.disconnect()


def run(story) -> None:
    """Run a story with sockets on an event loop with a hub of its own."""

    async def whole():
        forget_boards()
        forget_engines()
        try:
            await story()
        finally:
            await close_hub()

    # In a thread of its own: a browser of another test may keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, whole()).result()
