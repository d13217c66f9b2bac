"""A room's sections as this process last read them, written as JSON once for all who are sent them."""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property

from participation.models import Room
from participation.queries.room import sections_of

MOST_BOARDS = 200


class Frame:
    """Sections as JSON, and the room's version they are of; its text is written once, however many are sent it."""

    __slots__ = ("__dict__", "sections", "version")

    def __init__(self, version: int, sections: Mapping[str, str]):
        self.version = version
        self.sections = sections

    @cached_property
    def text(self) -> str:
        body = ",".join(f'"{name}":{text}' for name, text in self.sections.items())
        return f'{{"t":"snap","v":{self.version},"s":{{{body}}}}}'

    def followed_by(self, later: "Frame") -> "Frame":
        """Return what somebody needs who has had neither: of each section the newest."""
        return Frame(later.version, {**self.sections, **later.sections})


class Board:
    """The sections of one room. `version` is the newest that was read; any thread may ask."""

    def __init__(self, room: int):
        self.room = room
        self.version = -1
        self._texts: dict[str, str] = {}
        self._since: dict[str, int] = {}
        self._whole = Frame(-1, {})
        self._lock = threading.Lock()

    def at(self, room: Room) -> Frame:
        """Return all sections at least as new as `room`, whose row the caller has just read."""
        if room.version > self.version:
            self._read(room)
        return self._whole

    def look(self) -> None:
        """Read the room's row, and its sections where they have changed."""
        room = Room.objects.select_related("meeting__committee").filter(pk=self.room).first()
        if room is not None:
            self.at(room)

    def since(self, version: int) -> Frame:
        """Return the sections newer than `version`: all of them for who has nothing."""
        with self._lock:
            if version < 0 or version > self.version:
                return self._whole
            newer = {name: self._texts[name] for name, at in self._since.items() if at > version}
            return Frame(self.version, newer)

    def _read(self, room: Room) -> None:
        """Read the sections. What is committed meanwhile may be among them already; its own version follows."""
        texts = {name: to_json(section) for name, section in sections_of(room).items()}
        with self._lock:
            if room.version <= self.version:
                return
            for name, text in texts.items():
                if self._texts.get(name) != text:
                    self._texts[name], self._since[name] = text, room.version
            self.version = room.version
            self._whole = Frame(room.version, dict(self._texts))


def to_json(value: object) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_boards: OrderedDict[int, Board] = OrderedDict()
_boards_lock = threading.Lock()


def board_of(room: int) -> Board:
    """Return this process's board of a room; the ones least asked for are forgotten."""
    with _boards_lock:
        board = _boards.get(room)
        if board is None:
            board = _boards[room] = Board(room)
        _boards.move_to_end(room)
        while len(_boards) > MOST_BOARDS:
            _boards.popitem(last=False)
        return board


def forget_boards() -> None:
    """Forget all boards, for example when the database is another one."""
    with _boards_lock:
        _boards.clear()
