"""One per server process: hears of changes, reads each room once a tick, and hands everybody the same bytes.

A connection has a mailbox that holds at most one frame: what is newer takes the place of what was not sent yet, section by
section, so somebody slow gets less and never makes anybody wait. All of it runs on the event loop; the database is asked in
threads of its own.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import close_old_connections

from participation.domain.room.opinion import observe
from participation.domain.room.statement import tell_votes
from participation.foundation import bell
from participation.live.admission import Admission, outsiders
from participation.live.board import Frame, board_of, to_json
from participation.models import Room

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

TICK = 0.25
OBSERVE_EVERY = 1.0
LOOK_EVERY = 1.0
ASK_EVERY = 4.0
TELL_PRESENCE_EVERY = 5.0
PRESENCE_LASTS = 16.0
STALLED_AFTER = 10.0
TOO_SLOW = 1013
THREADS = 4


class Mailbox:
    """What one connection has yet to be sent: one frame, and answers to what it asked."""

    __slots__ = ("admission", "answers", "closing", "frame", "ready", "sending_since")

    def __init__(self, admission: Admission):
        self.admission = admission
        self.frame: Frame | None = None
        self.answers: list[str] = []
        self.closing: int | None = None
        self.sending_since: float | None = None
        self.ready = asyncio.Event()

    def put(self, frame: Frame) -> None:
        """Leave a frame; of a section that still waits the newer one stays."""
        self.frame = frame if self.frame is None else self.frame.followed_by(frame)
        self.ready.set()

    def answer(self, text: str) -> None:
        """Leave an answer, which nothing replaces."""
        self.answers.append(text)
        self.ready.set()

    def close(self, code: int) -> None:
        """Say that the connection shall be closed."""
        self.closing = self.closing or code
        self.ready.set()

    def taken(self) -> list[str]:
        """Empty the mailbox; return what to send."""
        texts = self.answers
        self.answers = []
        if self.frame is not None:
            texts.append(self.frame.text)
            self.frame = None
        self.ready.clear()
        return texts


class LiveRoom:
    """One room in this process: who is connected, and when it is read next."""

    __slots__ = ("again", "board", "elsewhere", "here", "mailboxes", "presence", "read_at", "reading", "sent")

    def __init__(self, room: int):
        self.board = board_of(room)
        # The version up to which everybody connected has been sent everything.
        self.sent = -1
        self.mailboxes: set[Mailbox] = set()
        self.read_at = float("-inf")
        self.reading: asyncio.Task | asyncio.TimerHandle | None = None
        self.again = False
        # process -> (connections there, until when that holds)
        self.elsewhere: dict[str, tuple[int, float]] = {}
        self.here = -1
        self.presence = Frame(0, {})


class Hub:
    """The connections of one process, by room. Made on the event loop it serves (`the_hub`)."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.name = uuid.uuid4().hex[:12]
        self.rooms: dict[int, LiveRoom] = {}
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        layer = get_channel_layer()
        self.layer = None if isinstance(layer, InMemoryChannelLayer) else layer
        self.channel = ""
        self._counting: set[int] = set()
        # room -> whether something has happened since its groups were last looked at
        self._observing: dict[int, bool] = {}
        self._tasks: set[asyncio.Task] = set()
        self._watch: asyncio.Task | None = None
        bell.listen(self)
        if self.layer is not None:
            self._start(self._hear_others())

    async def close(self) -> None:
        """Close all connections and stop."""
        bell.stop_listening(self)
        for room in self.rooms.values():
            for mailbox in room.mailboxes:
                mailbox.close(1012)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.threads.shutdown(wait=True)

    async def ask(self, question: Callable[..., Answer], *args: Any) -> Answer:
        """Return what `question(*args)` answers in one of the hub's threads, which has a database connection."""
        return await self.loop.run_in_executor(
            self.threads, copy_context().run, _with_database, question, *args
        )

    # --- who is connected ---

    def join(self, mailbox: Mailbox) -> LiveRoom:
        """Connect: from now on everything that changes is put into the mailbox."""
        pk = mailbox.admission.room
        room = self.rooms.get(pk)
        if room is None:
            room = self.rooms[pk] = LiveRoom(pk)
            self._start(self._subscribe(pk))
        room.mailboxes.add(mailbox)
        if self._watch is None:
            self._watch = self._start(self._keep_watch())
        return room

    def leave(self, mailbox: Mailbox) -> None:
        """Disconnect; a room that nobody is in is forgotten."""
        room = self.rooms.get(mailbox.admission.room)
        if room is None:
            return
        room.mailboxes.discard(mailbox)
        if not room.mailboxes:
            del self.rooms[mailbox.admission.room]
            if room.reading is not None:
                room.reading.cancel()
            if self.layer is not None:
                self._start(self._unsubscribe(mailbox.admission.room))

    async def frame_for(self, mailbox: Mailbox, version: int) -> Frame:
        """Return what somebody needs who has seen `version` (-1: nothing yet), presence with it."""
        room = self.rooms[mailbox.admission.room]
        if room.sent < 0:
            await self.ask(room.board.look)
        frame = room.board.since(version)
        if room.sent < 0:
            room.sent = frame.version
        self._count_present(room)
        return frame.followed_by(Frame(frame.version, room.presence.sections))

    def people_in(self, pk: int) -> int:
        """Return how many are connected to a room, here and as far as other processes have told."""
        room = self.rooms.get(pk)
        if room is None:
            return 0
        now = self.loop.time()
        return len(room.mailboxes) + sum(n for n, until in room.elsewhere.values() if until > now)

    # --- what has changed (called by the bell in any thread) ---

    def changed(self, room: int) -> None:
        self._pass_on(self._hear_change, room)

    def voted(self, room: int) -> None:
        self._pass_on(self._hear_vote, room)

    def _pass_on(self, hear: Callable[[int], None], room: int) -> None:
        if self.loop.is_closed():  # the server stopped; who still works in this process goes on without
            bell.stop_listening(self)
        else:
            self.loop.call_soon_threadsafe(hear, room)

    def _hear_change(self, room: int) -> None:
        self._mark(room)
        self._observe_soon(room)
        if self.layer is not None:
            self._start(self._publish(room, {"type": "room.changed", "room": room}))

    def _hear_vote(self, room: int) -> None:
        if room not in self._counting:
            self._counting.add(room)
            self._start(self._count(room))

    async def _count(self, room: int) -> None:
        """Raise the version once for all votes of a tick."""
        await asyncio.sleep(TICK)
        self._counting.discard(room)
        await self.ask(tell_votes, room)

    def _observe_soon(self, room: int) -> None:
        if room in self._observing:
            self._observing[room] = True
            return
        self._observing[room] = False
        self._start(self._observe(room))

    async def _observe(self, room: int) -> None:
        """Find the opinion groups anew, at most once a second, until nothing more has happened."""
        try:
            while True:
                self._observing[room] = False
                await self.ask(observe, room)
                await asyncio.sleep(OBSERVE_EVERY)
                if not self._observing[room]:
                    return
        finally:
            del self._observing[room]

    def _mark(self, pk: int) -> None:
        """Read the room at its next tick; once, however often it is marked until then."""
        room = self.rooms.get(pk)
        if room is None:
            return
        if room.reading is not None:
            room.again = True
            return
        wait = max(0, room.read_at + TICK - self.loop.time())
        room.reading = self.loop.call_later(wait, self._begin_reading, pk, room)

    def _begin_reading(self, pk: int, room: LiveRoom) -> None:
        room.again = False
        room.reading = self._start(self._read(pk, room))

    async def _read(self, pk: int, room: LiveRoom) -> None:
        try:
            await self.ask(room.board.look)
            if room.board.version > room.sent:
                frame = room.board.since(room.sent)
                room.sent = frame.version
                self.send(room, frame)
        finally:
            room.read_at = self.loop.time()
            room.reading = None
            if room.again and self.rooms.get(pk) is room:
                self._mark(pk)

    def send(self, room: LiveRoom, frame: Frame) -> None:
        """Put the same frame into every mailbox of a room."""
        for mailbox in room.mailboxes:
            mailbox.put(frame)

    def _count_present(self, room: LiveRoom) -> None:
        pk = room.board.room
        here = self.people_in(pk)
        if here != room.here:
            room.here = here
            room.presence = Frame(max(0, room.board.version), {"presence": to_json({"here": here})})
            self.send(room, room.presence)

    # --- once in a while ---

    async def _keep_watch(self) -> None:
        """Look after rooms and connections: nothing here is needed for speed, all of it for what may go wrong."""
        turn = 0
        while True:
            await asyncio.sleep(LOOK_EVERY)
            turn += 1
            try:
                self._drop_the_stalled()
                for room in self.rooms.values():
                    self._count_present(room)
                await self._look_for_versions()
                if turn % round(ASK_EVERY / LOOK_EVERY) == 0:
                    await self._ask_who_has_to_go()
                if self.layer is not None and turn % round(TELL_PRESENCE_EVERY / LOOK_EVERY) == 0:
                    for pk, live in list(self.rooms.items()):
                        await self._subscribe(pk)
                        said = {"type": "room.presence", "room": pk, "from": self.name}
                        await self._publish(pk, {**said, "here": len(live.mailboxes)})
            except Exception:
                logger.exception("The rooms could not be looked after")

    async def _look_for_versions(self) -> None:
        """Find what no bell has told: of other processes without Redis, or while Redis is away."""
        if not self.rooms:
            return
        found = await self.ask(_versions, list(self.rooms))
        for pk, version in found.items():
            room = self.rooms.get(pk)
            if room is not None and version > room.sent >= 0:
                self._mark(pk)

    def _drop_the_stalled(self) -> None:
        now = self.loop.time()
        for room in self.rooms.values():
            for mailbox in room.mailboxes:
                if mailbox.sending_since is not None and now - mailbox.sending_since > STALLED_AFTER:
                    mailbox.close(TOO_SLOW)

    async def _ask_who_has_to_go(self) -> None:
        for pk, room in list(self.rooms.items()):
            mailboxes = list(room.mailboxes)
            out = await self.ask(outsiders, pk, list({each.admission for each in mailboxes}))
            for mailbox in mailboxes:
                if mailbox.admission in out:
                    mailbox.close(out[mailbox.admission])

    # --- other processes ---

    async def _hear_others(self) -> None:
        while True:
            try:
                self.channel = await self.layer.new_channel()
                for pk in list(self.rooms):
                    await self._subscribe(pk)
                while True:
                    self._take(await self.layer.receive(self.channel))
            except Exception as error:
                logger.warning("Nothing is heard of other processes: %s", error)
                await asyncio.sleep(1)

    def _take(self, message: dict[str, Any]) -> None:
        room = self.rooms.get(message["room"])
        if room is None:
            return
        if message["type"] == "room.changed":
            self._mark(message["room"])
        elif message["from"] != self.name:
            room.elsewhere[message["from"]] = (message["here"], self.loop.time() + PRESENCE_LASTS)

    async def _subscribe(self, pk: int) -> None:
        if self.layer is not None and self.channel:
            await self._through_redis(self.layer.group_add(_group(pk), self.channel))

    async def _unsubscribe(self, pk: int) -> None:
        if self.channel and pk not in self.rooms:
            await self._through_redis(self.layer.group_discard(_group(pk), self.channel))

    async def _publish(self, pk: int, message: dict[str, Any]) -> None:
        await self._through_redis(self.layer.group_send(_group(pk), message))

    async def _through_redis(self, work: Any) -> None:
        """Wait for the layer; what fails is found by the versions a second later."""
        try:
            await asyncio.wait_for(work, 2)
        except Exception as error:
            logger.warning("Other processes are not told: %s", error)

    def _start(self, work: Any) -> asyncio.Task:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("Something of a room failed", exc_info=task.exception())


def _group(pk: int) -> str:
    return f"room.{pk}"


def _versions(rooms: list[int]) -> dict[int, int]:
    return dict(Room.objects.filter(pk__in=rooms).values_list("pk", "version"))


def _with_database(question: Callable[..., Answer], *args: Any) -> Answer:
    close_old_connections()
    try:
        return question(*args)
    finally:
        close_old_connections()


_hub: Hub | None = None


def the_hub() -> Hub:
    """Return this process's hub on the running event loop; the first who asks makes it."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


async def close_hub() -> None:
    """Close this process's hub, if there is one on the running loop."""
    global _hub
    if _hub is not None and _hub.loop is asyncio.get_running_loop():
        await _hub.close()
        _hub = None
