"""What people can follow: each app says so in `follow_targets.py`, with SOURCES by the name of the kind of thing.

An announcement says which things it is about, and reaches who follows one of them. A thing that not everybody may read
(a private committee) names the rows that say who may; they are asked again whenever something is shown or sent.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from participation.foundation.modules import modules_named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Thing:
    """One thing that can be followed: its title, and the path of its page on this site if it has one."""

    title: str
    path: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of thing, such as neighbourhoods.

    `things(keys)` returns the things of these keys (None: all) by their key, in the order of lists, in one query.
    Where not everybody may read all of them: `open_keys()` returns the keys of those that everybody may read, as a
    queryset of one column, and `readers()` the rows of who may read the others, with the columns `key` and
    `participant_id`. Keys are text. `position` orders the kinds in lists, the lowest first.
    """

    label: "str | _StrPromise"
    things: Callable[[Collection[str] | None], dict[str, Thing]]
    open_keys: Callable[[], QuerySet[Any]] | None = None
    readers: Callable[[], QuerySet[Any]] | None = None
    position: int = 100


def row_numbers(keys: Collection[str]) -> list[int]:
    """Return the keys that can be primary keys as numbers; anything else stands for nothing."""
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]


@lru_cache
def all_sources() -> dict[str, Source]:
    """Return every declared kind of thing by its name, ordered by position."""
    sources: dict[str, Source] = {}
    for module in modules_named("follow_targets"):
        for name, source in module.SOURCES.items():
            if name in sources:
                raise ValueError(f"The kind of thing to follow {name!r} is declared twice.")
            sources[name] = source
    return dict(sorted(sources.items(), key=lambda item: item[1].position))


def source_named(name: str) -> Source:
    """Return the kind of thing; a name that no app declares is a mistake of the programmer and raises LookupError."""
    try:
        return all_sources()[name]
    except KeyError:
        raise LookupError(f"No app declares {name!r} in its follow_targets.py.") from None
