"""How a file of places is to be read: which column means what, and what its words for kinds of places stand for."""

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapping.spatial.reading import Table, Unreadable, guess_columns, read_table
from mapping.spatial.reading.columns import folded
from participation.foundation.errors import Conflict, Invalid

MAX_BYTES = 20_000_000
# Near its limits a file takes half a gigabyte while it is read, so each process reads one at a time.
_reading = threading.Lock()
_WAIT_S = 20

# What a column may be read as, in the order in which it is asked for.
TARGETS = {
    "source_id": gettext_lazy("number in the source"),
    "name": gettext_lazy("name"),
    "category": gettext_lazy("kind of place"),
    "latitude": gettext_lazy("latitude"),
    "longitude": gettext_lazy("longitude"),
    "latlon": gettext_lazy("latitude and longitude in one text"),
    "x": gettext_lazy("east (x) in metres"),
    "y": gettext_lazy("north (y) in metres"),
    "street": gettext_lazy("street"),
    "house_number": gettext_lazy("house number, if apart from the street"),
    "postal_code": gettext_lazy("postal code"),
    "locality": gettext_lazy("town"),
    "opening_hours": gettext_lazy("opening hours"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail"),
    "website": gettext_lazy("website"),
    "summary": gettext_lazy("in one sentence"),
    "description": gettext_lazy("description"),
    "what_to_learn": gettext_lazy("what one can learn here"),
    "topics": gettext_lazy("topics"),
    "audiences": gettext_lazy("for whom"),
    "languages": gettext_lazy("languages"),
    "cost": gettext_lazy("cost"),
    "wheelchair": gettext_lazy("accessible by wheelchair"),
    "access_note": gettext_lazy("more on accessibility"),
}
_MORE_HEADINGS = {
    "house_number": {"addr housenumber", "housenumber", "house number", "hausnummer", "hnr", "street number"},
    "summary": {"summary", "short description", "kurzbeschreibung", "in one sentence"},
    "what_to_learn": {"what to learn", "what one can learn here", "learning"},
    "topics": {"topics", "topic", "themen", "thema"},
    "audiences": {"audiences", "audience", "for whom", "zielgruppe", "zielgruppen"},
    "cost": {"cost", "kosten"},
    "access_note": {"access note", "wheelchair description", "accessibility note"},
}


@dataclass(frozen=True)
class Reading:
    """The answers to what a file cannot say itself.

    `columns` maps targets to columns, `categories` words of the category's column to kinds of places (ids), `category` is
    the kind of all others. `crs` ("EPSG:27700") is for positions in metres. With `closes_gone`, places of the source that are
    not in the file any more are closed; with `overwrites`, the file wins where somebody changed the same thing here.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    category: int | None = None
    categories: Mapping[str, int] = field(default_factory=dict)
    crs: str = ""
    sheet: str = ""
    closes_gone: bool = False
    overwrites: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reading":
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


def read_file(content: bytes, name: str, *, sheet: str = "", crs: str = "") -> Table:
    """Read an uploaded file; raises Invalid (field `file`) whose sentence names line and fix (D3, D5, D6, X17, S15, F19)."""
    if not _reading.acquire(timeout=_WAIT_S):
        raise Conflict(_("Another file is being read just now. Please try again in a minute."), field="file")
    try:
        return read_table(content, name, sheet=sheet or None, crs=crs or None)
    except Unreadable as error:
        raise unreadable(error) from error
    finally:
        _reading.release()


def unreadable(error: Unreadable) -> Invalid:
    """Return the refusal that says what is wrong with a file."""
    words = _(error.message_id) % error.params
    if error.line is not None:
        where = (
            _("Feature %(number)d: %(words)s") if error.unit == "feature" else _("Line %(number)d: %(words)s")
        )
        words = where % {"number": error.line, "words": words}
    return Invalid(words, field="file", details={"code": error.code, "line": error.line})


def guess(table: Table) -> dict[str, str]:
    """Return {target: column} as the headings and first cells suggest; a person may correct it."""
    found = guess_columns(table)
    if any(table.geometries):
        for target in ("latitude", "longitude", "latlon", "x", "y"):
            found.pop(target, None)
    taken = set(found.values())
    for column in table.columns:
        for target, headings in _MORE_HEADINGS.items():
            if target not in found and column not in taken and folded(column) in headings:
                found[target] = column
                taken.add(column)
    return {target: found[target] for target in TARGETS if target in found}


def checked_columns(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """Return `columns` without empty ones; raises Invalid for a target or column that does not exist, or half a position."""
    chosen = {target: column for target, column in columns.items() if column}
    for target, column in chosen.items():
        if target not in TARGETS:
            words = _("“%(target)s” is not known. Columns can be: %(targets)s.")
            raise Invalid(words % {"target": target[:60], "targets": ", ".join(TARGETS)}, field="columns")
        if column not in table.columns:
            words = _("The file has no column “%(column)s”. It has: %(columns)s.")
            found = ", ".join(table.columns)[:500]
            raise Invalid(words % {"column": column[:60], "columns": found}, field="columns")
    for pair in (("latitude", "longitude"), ("x", "y")):
        if len(chosen.keys() & set(pair)) == 1:
            words = _("Please choose both columns of the position: %(first)s and %(second)s.")
            first, second = (str(TARGETS[each]) for each in pair)
            raise Invalid(words % {"first": first, "second": second}, field="columns")
    if "name" not in chosen:
        raise Invalid(_("Please say which column holds the names of the places."), field="columns")
    return chosen


def words_of_kind(table: Table, column: str) -> dict[str, int]:
    """Return how often each word stands in the column of kinds, the most frequent first."""
    counts: dict[str, int] = {}
    for row in table.rows:
        if word := row[column]:
            counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
