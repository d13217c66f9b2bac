"""What an upper room lets committees do: it offers WORK in a module `committee_work.py`, and committees have a page for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from participation.foundation.modules import modules_named


@dataclass(frozen=True)
class Due:
    """One thing to do: a sentence, the path where it is done, and whether it is late."""

    words: str
    path: str
    is_late: bool = False


@dataclass(frozen=True)
class Work:
    """Work of committees that lives in another room.

    `name` is the name of its first address and of its tab, which is called `label`; `urls` leads to the list of its addresses
    below a committee ("app.views.module.urls"). `is_shown(committee)` says whether this committee has the tab at all, and
    `due(committee, now)` what of it is due, for the checklist and the monthly mail.
    """

    name: str
    label: str | Promise
    urls: str
    is_shown: Callable[[Any], bool]
    due: Callable[[Any, dt.datetime], list[Due]]


def all_work() -> tuple[Work, ...]:
    """Return what is offered, in the order of the apps."""
    return tuple(work for module in modules_named("committee_work") for work in module.WORK)


def urls_of_work() -> list:
    """Return the addresses below a committee of all that is offered."""
    return [route for work in all_work() for route in import_string(work.urls)]
