"""The socket of a room: a small protocol of JSON texts, bounded and typed; `docs/live.md` lists it."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone, translation

from participation.foundation.errors import Refused
from participation.live.admission import NOT_ALLOWED, Admission, admitted, present_now, session_in
from participation.live.board import to_json
from participation.live.commands import perform
from participation.live.hub import Hub, Mailbox, the_hub
from participation.live.limits import TokenBucket
from participation.queries.room.own import own_section

logger = logging.getLogger(__name__)
LONGEST_MESSAGE = 16 * 1024
LONGEST_KEY = 40
MOST_REFUSED = 100
MOST_SOCKETS = 12
TOO_LARGE = 1009
TOO_MANY = 4429
HIGHEST = 2**63


class BadMessage(Exception):
    """A text that is no message of the protocol; the sentence says why."""


class RoomConsumer(AsyncWebsocketConsumer):
    """One connection to one room. Everybody who may read the room may connect; what they do is decided anew each time."""

    # No queue per connection: the hub has the one channel of this process.
    channel_layer_alias = "of the hub alone"
    hub: Hub
    mailbox: Mailbox | None = None
    delivery: asyncio.Task | None = None

    async def connect(self):
        if not is_from_here(self.scope):
            await self.close()  # before it is accepted: the handshake answers 403
            return
        self.hub = the_hub()
        room = self.scope["url_route"]["kwargs"]["room"]
        admission = await self.hub.ask(admitted, room, session_in(self.scope["headers"]))
        await self.accept()
        if admission is None:
            # No such room and one nobody may know of are the same.
            await self.close(NOT_ALLOWED)
            return
        if admission.user is not None and self._own_sockets(admission) >= MOST_SOCKETS:
            await self.close(TOO_MANY)
            return
        self.bucket = TokenBucket()
        self.refused = 0
        self.language = language_of(self.scope)
        self.mailbox = Mailbox(admission)
        self.hub.join(self.mailbox)
        self.delivery = asyncio.get_running_loop().create_task(self._deliver(self.mailbox))

    async def disconnect(self, code):
        if self.mailbox is not None:
            self.hub.leave(self.mailbox)
        if self.delivery is not None and self.delivery is not asyncio.current_task():
            self.delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self.delivery

    async def receive(self, text_data=None, bytes_data=None):
        if self.mailbox is None or self.mailbox.closing is not None:
            return
        text = text_data or ""
        if len(text) > LONGEST_MESSAGE:
            self.mailbox.close(TOO_LARGE)
            return
        if not self.bucket.take():
            self.refused += 1
            if self.refused > MOST_REFUSED:
                self.mailbox.close(TOO_MANY)
            elif self.refused % 10 == 1:
                self._refuse("", "too_fast", _SLOWER, 429)
            return
        key = ""
        try:
            kind, key, fields = read_message(text)
            await self._answer(kind, key, fields)
        except BadMessage as error:
            self._refuse(key, "bad_message", str(error), 400)
        except Refused as refusal:
            self._refuse(key, refusal.code, str(refusal.message), refusal.status, field=refusal.field)
        except Exception:
            logger.exception("A message of a room failed")
            self._refuse(key, "server", "", 500)

    async def _answer(self, kind: str, key: str, fields: dict[str, Any]) -> None:
        assert self.mailbox is not None  # noqa: S101 - `receive` has looked
        if kind == "ping":
            self.mailbox.answer(to_json({"t": "pong", "now": now_ms()}))
        elif kind == "hello":
            version = fields.get("v")
            seen = version if isinstance(version, int) and 0 <= version < HIGHEST else -1
            said = await self.hub.ask(_greet, self.mailbox.admission)
            if isinstance(said, int):
                self.mailbox.close(said)
                return
            self.mailbox.answer(to_json({"t": "hello", "now": now_ms(), "you": said}))
            self.mailbox.put(await self.hub.frame_for(self.mailbox, seen))
        else:
            said = await self.hub.ask(_do, self.mailbox.admission, self.language, kind, key, fields)
            if isinstance(said, int):
                self.mailbox.close(said)
                return
            self.mailbox.answer(to_json({"t": "ok", "id": key, "you": said}))

    def _refuse(self, key: str, code: str, message: str, status: int, *, field: str = "") -> None:
        said = {"t": "err", "id": key, "code": code, "status": status, "message": message}
        if self.mailbox is not None:
            self.mailbox.answer(to_json(said | ({"field": field} if field else {})))

    async def _deliver(self, mailbox: Mailbox) -> None:
        """Send what lies in the mailbox, one after the other, until the connection is to be closed."""
        loop = asyncio.get_running_loop()
        while True:
            await mailbox.ready.wait()
            if mailbox.closing is not None:
                await self.base_send({"type": "websocket.close", "code": mailbox.closing})
                return
            for text in mailbox.taken():
                mailbox.sending_since = loop.time()
                await self.base_send({"type": "websocket.send", "text": text})
            mailbox.sending_since = None

    def _own_sockets(self, admission: Admission) -> int:
        return sum(
            mailbox.admission.user == admission.user
            for room in self.hub.rooms.values()
            for mailbox in room.mailboxes
        )


_SLOWER = "Slower, please: five messages a second."


def read_message(text: str) -> tuple[str, str, dict[str, Any]]:
    """Return (kind, key, fields) of a message; raises BadMessage. What it is called never names code of ours."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise BadMessage("This is not JSON.") from None
    if not isinstance(message, dict):
        raise BadMessage("A message is an object.")
    kind, key = message.pop("t", None), message.pop("id", "")
    if not isinstance(kind, str) or not isinstance(key, str) or len(key) > LONGEST_KEY:
        raise BadMessage("A message has a word `t`, and a word `id` of at most 40 characters.")
    return kind, key, message


def now_ms() -> int:
    """Return this server's time, by which clients put their clocks."""
    return round(timezone.now().timestamp() * 1000)


def is_from_here(scope: dict[str, Any]) -> bool:
    """Say whether a handshake comes from a page of this site: scheme, name and port, for a socket has no other guard (W1)."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1").lower()
    if not origin or origin == "null":
        return False
    host = headers.get(b"host", b"").decode("latin-1").lower()
    name, _port = split_domain_port(host)
    allowed = {trusted.lower() for trusted in settings.CSRF_TRUSTED_ORIGINS if "*" not in trusted}
    if name and validate_host(name, settings.ALLOWED_HOSTS):
        allowed.add(f"{'https' if _is_secure(scope, headers) else 'http'}://{host}")
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" == origin and origin in allowed


def _is_secure(scope: dict[str, Any], headers: dict[bytes, bytes]) -> bool:
    proxy = settings.SECURE_PROXY_SSL_HEADER
    if proxy is not None:
        name = proxy[0].removeprefix("HTTP_").replace("_", "-").lower().encode()
        return headers.get(name, b"").decode("latin-1").split(",")[0].strip() == proxy[1]
    return scope.get("scheme") == "wss"


def language_of(scope: dict[str, Any]) -> str:
    """Return the language of the page that connects, for the words of refusals."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _greet(admission: Admission) -> dict[str, Any] | int:
    found = present_now(admission)
    if isinstance(found, int):
        return found
    room, _user, person = found
    return own_section(room, person)


def _do(
    admission: Admission, language: str, kind: str, key: str, fields: dict[str, Any]
) -> dict[str, Any] | int:
    found = present_now(admission)
    if isinstance(found, int):
        return found
    room, user, person = found
    with translation.override(language):
        try:
            return perform(room, user=user, person=person, name=kind, fields=fields, key=key)
        except Refused as refusal:
            refusal.message = str(refusal.message)
            raise
