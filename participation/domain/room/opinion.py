"""Opinion groups of a room: this process keeps the engine of each room it looks at, and writes what everybody may see."""

import datetime as dt
import threading
from collections import OrderedDict
from typing import Any

from django.db import transaction

from participation.domain.room.events import note
from participation.enums import RoomState, StatementState
from participation.models import OpinionPicture, Room, RoomPerson, Statement, StatementVote
from participation.opinion import Analysis, Engine, Key, Place, Settings
from participation.queries.room.picture import content_of

MOST_ENGINES = 40
# A vote may be committed a moment after one that was cast later.
OVERLAP = dt.timedelta(seconds=10)


class Observer:
    """The engine of one room with all votes it has read; one thread at a time."""

    def __init__(self, room: Room):
        memory = OpinionPicture.objects.filter(room=room).values_list("memory", flat=True).first()
        self.engine = Engine(Settings(people_to_show=room.groups_from), seed=room.pk, memory=memory)
        self.groups_from = room.groups_from
        self.lock = threading.Lock()
        self.analysis: Analysis | None = None
        self._until: dt.datetime | None = None
        self._states: dict[int, str] = {}

    def catch_up(self, room: Room) -> bool:
        """Read what is new; say whether there was something."""
        states = dict(room.statements.order_by("pk").values_list("pk", "state"))
        is_new = states != self._states
        for pk, state in states.items():
            if self._states.get(pk) == state:
                continue
            self.engine.votes.add_statement(pk)
            if state == StatementState.SHOWN:
                self.engine.votes.bring_back(pk)
            else:
                self.engine.votes.put_aside(pk)
        self._states = states
        rows = StatementVote.objects.filter(room=room).order_by("changed_at", "pk")
        if self._until is not None:
            rows = rows.filter(changed_at__gt=self._until - OVERLAP)
        votes = list(rows.values_list("person_id", "statement_id", "choice", "changed_at"))
        if votes:
            if self._until is None:
                people, statements, choices, _moments = zip(*votes, strict=True)
                self.engine.votes.take_many(people, statements, choices)
                is_new = True
            else:
                for person, statement, choice, _moment in votes:
                    is_new |= self.engine.votes.take(person, statement, choice)
            self._until = votes[-1][3]
        return is_new

    def observe(self, room: Room) -> bool:
        """Catch up and analyse where something is new or nothing was analysed yet; say whether it was."""
        if not self.catch_up(room) and self.analysis is not None:
            return False
        self.analysis = self.engine.analyse()
        return True

    def lots(self) -> dict[str, float]:
        """Return how likely each statement is drawn next."""
        lots = self.engine.lots()
        return {
            str(pk): round(float(each), 3)
            for pk, each in zip(self.engine.votes.statements, lots, strict=True)
        }


_observers: OrderedDict[int, Observer] = OrderedDict()
_observers_lock = threading.Lock()


def _observer_of(room: Room) -> Observer:
    with _observers_lock:
        observer = _observers.get(room.pk)
        if observer is None or observer.groups_from != room.groups_from:
            observer = _observers[room.pk] = Observer(room)
        _observers.move_to_end(room.pk)
        while len(_observers) > MOST_ENGINES:
            _observers.popitem(last=False)
        return observer


def forget_engines() -> None:
    """Forget all engines, for example when the database is another one."""
    with _observers_lock:
        _observers.clear()


def observe(pk: int) -> None:
    """Find the groups of a room anew if anything has happened, and tell everybody if what they see has changed."""
    room = Room.objects.filter(pk=pk).exclude(state=RoomState.CLOSED).first()
    if room is None:
        return
    observer = _observer_of(room)
    with observer.lock:
        if not observer.observe(room):
            return
        content = _public(room, observer.analysis)
        with transaction.atomic():
            now = Room.objects.filter(pk=pk).exclude(state=RoomState.CLOSED).first()
            if now is None:
                return
            before = OpinionPicture.objects.filter(room=room).values_list("content", flat=True).first()
            OpinionPicture.objects.update_or_create(
                room=room,
                defaults={
                    "content": content,
                    "lots": observer.lots(),
                    "memory": observer.engine.remember(),
                },
            )
            if (before or {}) != content:
                note(now, "groups", people=content.get("people", 0))


def place_of(room: Room, person: RoomPerson) -> Place | None:
    """Return where somebody stands among the groups, for that person's eyes only; None while no groups are shown."""
    observer = _observer_of(room)
    with observer.lock:
        observer.observe(room)
        return observer.engine.place_of(person.pk)


def _public(room: Room, analysis: Analysis | None) -> dict[str, Any]:
    if analysis is None or not analysis.shown:
        return {}
    texts: dict[Key, str] = dict(
        Statement.objects.filter(room=room, state=StatementState.SHOWN).values_list("pk", "text")
    )
    return content_of(analysis, texts)
