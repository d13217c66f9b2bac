"""Kinds of notices: each app declares its own in `notices.py`, and the participation plugin sends them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from participation.foundation.modules import modules_named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Kind:
    """One kind of notice: what the settings page calls it, whether it also goes out by mail, and whether that may wait.

    What `can_wait` is gathered into a digest unless the person wants it at once; all else is mailed at once.
    """

    label: "str | _StrPromise"
    by_mail: bool = True
    can_wait: bool = False


@lru_cache
def all_kinds() -> dict[str, Kind]:
    """Return every declared kind by its name (`<app>.<what happened>`), in the order of the apps."""
    kinds: dict[str, Kind] = {}
    for module in modules_named("notices"):
        for name, kind in module.KINDS.items():
            if name in kinds:
                raise ValueError(f"The kind of notice {name!r} is declared twice.")
            kinds[name] = kind
    return kinds


def kind_named(name: str) -> Kind:
    """Return the kind; a name that no app declares is a mistake of the programmer and raises LookupError."""
    try:
        return all_kinds()[name]
    except KeyError:
        raise LookupError(f"No app declares the kind of notice {name!r} in its notices.py.") from None
