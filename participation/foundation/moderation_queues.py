"""What else waits for moderators: each app says so in `moderation_queues.py`, with `queues(user)`.

The queue of comments shows these with their numbers, so that there is one place to begin the day's work.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from participation.foundation.modules import modules_named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class OtherQueue:
    """Another queue: what it holds, how many wait in it, and where it is."""

    label: "str | _StrPromise"
    number: int
    path: str


def other_queues(user) -> list[OtherQueue]:
    """Return the queues of all apps into which `user` may look."""
    return [queue for module in modules_named("moderation_queues") for queue in module.queues(user)]
