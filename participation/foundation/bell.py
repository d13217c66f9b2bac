"""Tells whoever listens in this process that a live room has changed: rung after the commit, and never in its way.

Server processes listen (`participation.live.hub`) and tell each other. Where nobody listens, as in a command, nothing is lost:
the room's version is in the database, and servers look at it once a second.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from django.db import transaction

logger = logging.getLogger(__name__)


class Listener(Protocol):
    """What a server process does about a change; called in any thread, so it must only pass the news on."""

    def changed(self, room: int) -> None:
        """The room has a new version."""

    def voted(self, room: int) -> None:
        """Somebody voted; the version shall rise with the next tick."""


_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """From now on tell `listener`."""
    _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    """Tell `listener` no more."""
    if listener in _listeners:
        _listeners.remove(listener)


def ring_after_commit(room: int) -> None:
    """Say that the room has a new version, once the running transaction is through."""
    transaction.on_commit(lambda: _tell(lambda listener: listener.changed(room)))


def count_after_commit(room: int, otherwise: Callable[[], object]) -> None:
    """Say that somebody voted, once the transaction is through; where nobody listens, `otherwise` is called."""
    transaction.on_commit(lambda: _tell(lambda listener: listener.voted(room)) if _listeners else otherwise())


def _tell(say: Callable[[Listener], object]) -> None:
    for listener in list(_listeners):
        try:
            say(listener)
        except Exception:
            # What was done is done and committed; who did not hear of it looks at the version.
            logger.exception("A change of a room could not be told")
