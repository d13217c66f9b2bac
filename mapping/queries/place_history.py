"""What has changed on a place, for everybody to read: dates, fields, old and new words, never a person."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.enums import PlaceStatus
from mapping.languages import name_of_language
from mapping.models import Audience, LearningPlace, PlaceCategory, Topic
from participation.models import Neighbourhood, Organisation

MOST = 50
OPEN = (PlaceStatus.PUBLISHED, PlaceStatus.CLOSED, PlaceStatus.MERGED)
FIELDS = (
    "name", "category", "summary", "description", "what_to_learn", "topics", "audiences", "street", "postal_code", "locality",
    "latitude", "longitude", "neighbourhood", "opening_hours", "hours_remark", "phone", "email", "website", "cost",
    "languages", "step_free", "accessible_toilet", "hearing_loop", "quiet_space", "access_note", "is_online", "organisation",
    "status", "successor", "pictures",
)  # fmt: skip
# Ways to reach somebody who wished to be reached no more: that they changed is told, not what they were.
CONTACT = ("phone", "email")
_ROWS: dict[str, type[Model]] = {
    "category": PlaceCategory,
    "topics": Topic,
    "audiences": Audience,
    "neighbourhood": Neighbourhood,
    "organisation": Organisation,
    "successor": LearningPlace,
}


@dataclass(frozen=True)
class Change:
    """What one saving changed: (field in words, old words, new words) of each, "" for nothing there.

    `contact` names the telephone and mail fields that changed, without words.
    """

    at: dt.datetime
    fields: tuple[tuple[str, str, str], ...]
    contact: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The changes, newest first; `is_cut` says that there are earlier ones that are not shown."""

    changes: tuple[Change, ...]
    is_cut: bool


def history_of(place: LearningPlace) -> History:
    """Return what has changed since the place was last put on the map; a constant number of queries.

    What was written before, while nobody but its own people saw the place or while the city had hidden it, stays between
    them: a hidden entry may have been hidden for its very words.
    """
    revisions = list(
        place.revisions.order_by("-created_at", "-pk").values_list("created_at", "content")[: MOST + 1]
    )
    public = []
    for created_at, content in revisions:
        if content.get("status") not in OPEN:
            break
        public.append((created_at, content))
    names = _names(content for _at, content in public)
    changes = []
    for (at, new), (_before, old) in pairwise(public):
        fields = tuple(
            (_label(name), _words(name, old.get(name), names), _words(name, new.get(name), names))
            for name in FIELDS
            if name not in CONTACT and _differs(name, old, new)
        )
        contact = tuple(_label(name) for name in CONTACT if _differs(name, old, new))
        if fields or contact:
            changes.append(Change(at, fields, contact))
    return History(tuple(changes), len(revisions) > len(public))


def _label(name: str) -> str:
    if name == "pictures":
        return _("Pictures")
    return capfirst(str(LearningPlace._meta.get_field(name).verbose_name))


def _differs(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return _plain(name, old.get(name)) != _plain(name, new.get(name))


def _plain(name: str, value: Any) -> Any:
    if name == "pictures":
        return [(each["image"], each["alt_text"]) for each in value or ()]
    return sorted(value or ()) if name in ("topics", "audiences") else value or ""


def _names(contents: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, str]]:
    """Return the names of all rows that these contents point to; one query for each kind of row that there is."""
    wanted: dict[str, set[int]] = {name: set() for name in _ROWS}
    for content in contents:
        for name, ids in wanted.items():
            value = content.get(name)
            ids.update(value if isinstance(value, list) else [value] if value else [])
    return {
        name: dict(_ROWS[name]._default_manager.filter(pk__in=ids).values_list("pk", "name"))
        for name, ids in wanted.items()
        if ids
    }


def _words(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if name == "pictures":
        return ", ".join(each["alt_text"] for each in value or ())
    if name in _ROWS:
        ids = value if isinstance(value, list) else [value] if value else []
        return ", ".join(sorted(names[name].get(pk, _("something that is gone now")) for pk in ids))
    if name == "languages":
        return ", ".join(name_of_language(code) for code in (value or "").split())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = dict(getattr(LearningPlace._meta.get_field(name), "flatchoices", ()))
    return str(labels.get(value, localize(value) if value is not None else ""))
