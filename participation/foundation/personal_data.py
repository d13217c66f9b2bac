"""How an app says what it holds about a person: `<app>/personal_data.py` with a tuple HELD of these declarations."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class OnErasure(Enum):
    """What becomes of rows when their person leaves."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    KEEP = "keep"

    @property
    def label(self) -> "_StrPromise":
        return {
            "erase": _("deleted"),
            "anonymise": _("kept without your name"),
            "keep": _("kept"),
        }[self.value]


@dataclass(frozen=True)
class Held:
    """What one model (`app_label.Model`) holds about a person, how it is exported, and what erasing does to it and why.

    `of` is the lookup that leads from a row to the user ("participant__user"), or a function that returns the user's rows.
    `columns` are the lookups that go into the export (none: the rows are not exported, `why` says the reason).
    `erase` does what the database's own rules on deletion of the user (cascade, set null) do not.
    """

    model: str
    what: "str | _StrPromise"
    on_erasure: OnErasure
    why: "str | _StrPromise"
    of: str | Callable[[Any], QuerySet] = "user"
    columns: tuple[str, ...] = ()
    erase: Callable[[Any], None] | None = None

    def rows(self, user) -> QuerySet:
        """Return the rows about `user`."""
        if callable(self.of):
            return self.of(user)
        return apps.get_model(self.model)._default_manager.filter(**{self.of: user})
