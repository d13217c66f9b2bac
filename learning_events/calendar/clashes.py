"""Sessions at the same time in the same room, with the same leader or for the same people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that somebody or something is taken: `start` and `end` aware, the end itself free again.

    `key` names the session. What is empty clashes with nothing. A place without a room is the whole place: it
    clashes with every room of it.
    """

    key: Hashable
    start: dt.datetime
    end: dt.datetime
    place: Hashable = None
    room: str = ""
    leaders: frozenset[Hashable] = frozenset()
    audiences: frozenset[Hashable] = frozenset()


class Clash(NamedTuple):
    """Two sessions and what they share: "place", "leader" or "audience", and which one."""

    kind: str
    what: Hashable
    first: Slot
    second: Slot


def clashes_of(slots: Iterable[Slot]) -> list[Clash]:
    """Return every pair of sessions that overlap and share something, in the order of time, each once for each thing shared.

    Sorted by start, a session meets only those still running in its room: O(n log n) steps, and one for each clash.
    """
    found = [
        Clash(kind, what, first, second)
        for (kind, what), same in _shared(slots).items()
        for first, second in _overlapping(same, by_room=kind == "place")
    ]
    return sorted(
        found, key=lambda clash: (clash.second.start, clash.first.start, clash.kind, str(clash.what))
    )


def _shared(slots: Iterable[Slot]) -> dict[tuple[str, Hashable], list[Slot]]:
    shared: dict[tuple[str, Hashable], list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.end <= slot.start:
            continue
        if slot.place is not None:
            shared["place", slot.place].append(slot)
        for leader in slot.leaders:
            shared["leader", leader].append(slot)
        for audience in slot.audiences:
            shared["audience", audience].append(slot)
    return shared


def _overlapping(slots: list[Slot], *, by_room: bool) -> Iterator[tuple[Slot, Slot]]:
    """Yield the pairs that overlap, the earlier first; in different rooms they may."""
    running: dict[str, list[tuple[dt.datetime, int, Slot]]] = {}
    for number, slot in enumerate(sorted(slots, key=lambda slot: slot.start)):
        room = _name(slot.room) if by_room else ""
        for name in {room, ""} if room else list(running):
            heap = running.get(name, [])
            while heap and heap[0][0] <= slot.start:
                heappop(heap)
            for _end, _number, other in heap:
                yield other, slot
            if not heap:
                running.pop(name, None)
        heappush(running.setdefault(room, []), (slot.end, number, slot))


def _name(room: str) -> str:
    return " ".join(room.casefold().split())
