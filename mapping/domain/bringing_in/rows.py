"""Understanding the rows of a file of places: each becomes facts of a place, or says what is wrong and how to mend it."""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mapping.domain.bringing_in.reading import TARGETS, Reading, checked_columns, unreadable
from mapping.domain.place import checked_fact
from mapping.enums import Cost, Stated
from mapping.models import Audience, PlaceCategory, Topic
from mapping.opening_hours import NotUnderstood, understand
from mapping.spatial.assignment import assign
from mapping.spatial.reading import Table, Unreadable, points_of
from participation.foundation.errors import Invalid
from participation.foundation.search import fold
from participation.foundation.text import clean_line, clean_text
from participation.models import Neighbourhood

_MICRO = Decimal("0.000001")
_ANCHOR = re.compile(r"""<a\b[^<>]{0,2000}?\bhref\s*=\s*["'”]?([^"'”\s<>]+)[^<>]*>""", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,;|]\s*")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")
_PLACE_WORDS = (
    "name",
    "street",
    "postal_code",
    "locality",
    "summary",
    "description",
    "what_to_learn",
    "access_note",
)
_YES = {"yes", "y", "ja", "true", "1", "designated", "full", "voll"}
_NO = {"no", "n", "nein", "false", "0"}
_PARTLY = {"limited", "partly", "partial", "teilweise", "eingeschrankt", "bedingt"}
_FREE = {"free", "free of charge", "kostenlos", "kostenfrei", "gratis", "frei"}
_PAID = {"paid", "to be paid for", "kostenpflichtig"}
_MIXED = {"partly", "partly free of charge", "teilweise kostenlos"}


@dataclass(slots=True)
class Problem:
    """Why a row cannot be brought in: which part of it, and a sentence that says what to do."""

    field: str
    words: str


@dataclass(slots=True)
class Row:
    """One row as the map would hold it: `values` by column of the place, `many` the ids of topics and audiences.

    `notes` tell what was left out or read in a way that somebody should know of; with any `problems` the row is wrong.
    """

    line: int
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    many: dict[str, frozenset[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.values.get("name") or self.key


@dataclass(frozen=True)
class Understood:
    """All rows of a file; `kinds` are the kinds of places that this file is about."""

    rows: list[Row]
    kinds: frozenset[int]
    fields: frozenset[str]


def understand_rows(table: Table, reading: Reading) -> Understood:
    """Turn a table into facts of places, in a handful of queries; raises Invalid when the reading does not fit the table."""
    return _Reader(table, reading).read()


class _Reader:
    def __init__(self, table: Table, reading: Reading) -> None:
        self.table = table
        self.reading = reading
        self.columns = checked_columns(table, reading.columns)
        self.kinds = {kind.pk: kind.name for kind in PlaceCategory.objects.all()}
        self.kind_of_word: dict[str, int] = {}
        for pk, name, slug in PlaceCategory.objects.values_list("pk", "name", "slug"):
            self.kind_of_word[fold(slug)] = self.kind_of_word[fold(name)] = pk
        self.kind_of_word |= {fold(word): pk for word, pk in reading.categories.items() if pk in self.kinds}
        self.terms = {name: _terms(model) for name, model in (("topics", Topic), ("audiences", Audience))}
        self.hours: dict[str, tuple[str, str, str]] = {}
        self.readers: dict[str, Callable[[Row, str], None]] = {
            "opening_hours": self._hours,
            "phone": self._phone,
            "email": self._email,
            "website": self._website,
            "wheelchair": self._wheelchair,
            "languages": self._languages,
            "cost": self._cost,
            "topics": self._terms("topics"),
            "audiences": self._terms("audiences"),
        }

    def read(self) -> Understood:
        rows = [self._row(cells, line) for cells, line in zip(self.table.rows, self.table.lines, strict=True)]
        has_position = self._positions(rows)
        self._keys(rows)
        written = {name for row in rows for name in row.values} | (
            {"latitude", "longitude", "neighbourhood_id"} if has_position else set()
        )
        mapped = set(self.reading.categories.values()) & self.kinds.keys()
        used = {row.values.get("category_id") for row in rows}
        kinds = {pk for pk in used | mapped | {self.reading.category} if pk is not None}
        return Understood(rows, frozenset(kinds), frozenset(written))

    def _row(self, cells: Mapping[str, str | None], line: int) -> Row:
        row = Row(line, "")
        text = {target: cells[column] or "" for target, column in self.columns.items()}
        if number := text.pop("house_number", ""):
            text["street"] = f"{text.get('street', '')} {number}".strip()
        self._kind(row, text.get("category", ""))
        for target in _PLACE_WORDS:
            if target in text:
                self._words(row, target, text[target])
        if not row.values.get("name") and not row.problems:
            self._name_after_kind(row)
        for target, read in self.readers.items():
            if target in text:
                read(row, text[target])
        row.key = text.get("source_id", "")
        return row

    def _kind(self, row: Row, word: str) -> None:
        kind = self.kind_of_word.get(fold(word)) if word else None
        kind = kind or (self.reading.category if self.reading.category in self.kinds else None)
        if kind is not None:
            row.values["category_id"] = kind
        elif word:
            words = _(
                "“%(word)s” is no kind of place here. Say which kind it stands for, or choose one for all others."
            )
            row.problems.append(Problem("category", words % {"word": word[:80]}))
        else:
            row.problems.append(Problem("category", _("Please choose which kind of place this is.")))

    def _words(self, row: Row, name: str, text: str) -> None:
        if "<" in text:
            text = _without_markup(text)
        if not text:
            row.values[name] = ""
            return
        try:
            row.values |= checked_fact(name, text)
        except ValidationError as error:
            row.problems.append(Problem(name, error.messages[0]))

    def _name_after_kind(self, row: Row) -> None:
        kind = self.kinds[row.values["category_id"]]
        row.values["name"] = f"{kind}, {row.values['street']}"[:120] if row.values.get("street") else kind
        row.notes.append(_("It has no name and is called “%(name)s”.") % {"name": row.values["name"]})

    def _hours(self, row: Row, text: str) -> None:
        """Keep hours that are not understood as words for people: never a wrong silent guess."""
        if text not in self.hours:
            self.hours[text] = _read_hours(text)
        osm, remark, note = self.hours[text]
        row.values |= {"opening_hours": osm, "hours_remark": remark}
        if note:
            row.notes.append(note)

    def _phone(self, row: Row, text: str) -> None:
        link = _link_in(text)
        plain = link[4:] if link.lower().startswith("tel:") else _without_markup(text)
        self._first_good(row, "phone", text, (part for part in re.split(r"[;|\n]|,|\bor\b", plain)))

    def _email(self, row: Row, text: str) -> None:
        plain = _link_in(text).removeprefix("mailto:") or _without_markup(text)
        self._first_good(row, "email", text, re.split(r"[;,|\s]+", plain))

    def _website(self, row: Row, text: str) -> None:
        link = _link_in(text) or _without_markup(text)
        parts = [
            part if "://" in part else f"https://{part}"
            for part in re.split(r"[;|\s]+", link)
            if _is_address(part)
        ]
        self._first_good(row, "website", text, parts)

    def _first_good(self, row: Row, name: str, text: str, parts: Iterable[str]) -> None:
        """Take the first part that can be used; contact details that cannot are left out and told."""
        row.values[name] = ""
        for part in parts:
            if part := part.strip():
                try:
                    row.values |= checked_fact(name, part)
                except ValidationError:
                    continue
                return
        if text.strip():
            words = _("%(field)s “%(text)s” cannot be used and is left out.")
            row.notes.append(
                words % {"field": str(TARGETS[name]).capitalize(), "text": clean_line(text)[:80]}
            )

    def _wheelchair(self, row: Row, text: str) -> None:
        word = fold(_without_markup(text))
        stated = next(
            (
                answer
                for answer, words in ((Stated.YES, _YES), (Stated.NO, _NO), (Stated.PARTLY, _PARTLY))
                if word in words
            ),
            Stated.UNKNOWN,
        )
        row.values["step_free"] = str(stated)
        if word and stated == Stated.UNKNOWN and "access_note" not in self.columns:
            row.values["access_note"] = _cut(clean_line(_without_markup(text)), 500, row)
        elif "access_note" not in self.columns:
            row.values["access_note"] = ""

    def _languages(self, row: Row, text: str) -> None:
        try:
            row.values |= checked_fact("languages", [part for part in re.split(r"[,;|\s]+", text) if part])
        except ValidationError:
            row.values["languages"] = ""
            words = _("The languages “%(text)s” are no ISO 639 codes (like de, ar) and are left out.")
            row.notes.append(words % {"text": clean_line(text)[:80]})

    def _cost(self, row: Row, text: str) -> None:
        word = fold(text)
        for cost, words in ((Cost.FREE, _FREE), (Cost.PAID, _PAID), (Cost.PARTLY, _MIXED)):
            if word in words:
                row.values["cost"] = str(cost)
                return
        row.values["cost"] = ""
        if word:
            words_ = _("The cost “%(text)s” is neither free, paid nor partly, and is left out.")
            row.notes.append(words_ % {"text": clean_line(text)[:80]})

    def _terms(self, name: str) -> Callable[[Row, str], None]:
        def read(row: Row, text: str) -> None:
            known, found = self.terms[name], set()
            for word in filter(None, _SEPARATORS.split(text.strip())):
                if fold(word) in known:
                    found.add(known[fold(word)])
                else:
                    row.notes.append(
                        _("“%(word)s” is not in the vocabulary and is left out.") % {"word": word[:80]}
                    )
            row.many[name] = frozenset(found)

        return read

    def _positions(self, rows: list[Row]) -> bool:
        """Give every row its point and its neighbourhood in one go; say whether the file has positions at all."""
        named = {target: self.columns.get(target) for target in ("latitude", "longitude", "latlon", "x", "y")}
        in_metres = named["x"] is not None and named["latitude"] is None and named["latlon"] is None
        if not any(named.values()) and not any(self.table.geometries):
            return False
        if in_metres and not self.reading.crs:
            words = _(
                "The positions are in metres. Please name their coordinate system, for example EPSG:27700."
            )
            raise Invalid(words, field="crs")
        try:
            points, problems = points_of(
                self.table,
                x=named["x"] if in_metres else named["longitude"],
                y=named["y"] if in_metres else named["latitude"],
                latlon=named["latlon"] if named["latitude"] is None else None,
                crs=self.reading.crs if in_metres else "EPSG:4326",
            )
        except Unreadable as error:
            raise unreadable(error) from error
        at = {row.line: row for row in rows}
        for problem in problems:
            words = _(problem.message_id) % problem.params
            at[problem.line].problems.append(Problem(problem.column, words))
        areas = list(
            Neighbourhood.objects.filter(outline__isnull=False).order_by("pk").values_list("pk", "outline")
        )
        places = np.array(
            [(point[1], point[0]) if point else (np.nan, np.nan) for point in points], dtype=float
        )
        holders = assign(places.round(6), [outline for _pk, outline in areas])
        for row, point, holder in zip(rows, points, holders.tolist(), strict=True):
            row.values["latitude"] = Decimal(repr(point[0])).quantize(_MICRO) if point else None
            row.values["longitude"] = Decimal(repr(point[1])).quantize(_MICRO) if point else None
            row.values["neighbourhood_id"] = areas[holder][0] if holder >= 0 else None
        return True

    def _keys(self, rows: list[Row]) -> None:
        """Check that no two rows mean the same place; without numbers of the source, name and position tell rows apart."""
        has_numbers = "source_id" in self.columns
        first: dict[str, Row] = {}
        repeated = []
        for row in rows:
            if has_numbers:
                row.key = clean_line(row.key)
                if not row.key:
                    words = _("The number of the source is missing. Write one that no other row has.")
                    row.problems.append(Problem("source_id", words))
                    continue
                if len(row.key) > 120:
                    words = _("The number of the source is longer than 120 characters. Shorten it.")
                    row.problems.append(Problem("source_id", words))
                    continue
            else:
                row.key = _made_key(row)
            before = first.setdefault(row.key, row)
            if before is row:
                continue
            if (before.values, before.many) == (row.values, row.many):
                before.notes.append(_("It stands there once more on line %(line)d.") % {"line": row.line})
                repeated.append(row)
                continue
            words = (
                _("This number is on line %(line)d already. Remove one of the two, or correct the number.")
                if has_numbers
                else _("This place is on line %(line)d already. Remove one of the two.")
            )
            row.problems.append(Problem("source_id", words % {"line": before.line}))
        if repeated:
            gone = {id(row) for row in repeated}
            rows[:] = [row for row in rows if id(row) not in gone]


def _terms(model: type[Topic] | type[Audience]) -> dict[str, int]:
    found = {}
    for pk, name, slug in model.objects.values_list("pk", "name", "slug"):
        found[fold(slug)] = found[fold(name)] = pk
    return found


def _made_key(row: Row) -> str:
    facts = [
        str(row.values.get(name) or "") for name in ("name", "street", "postal_code", "latitude", "longitude")
    ]
    return "auto:" + hashlib.sha256("\x1f".join(facts).encode()).hexdigest()[:24]


def _read_hours(text: str) -> tuple[str, str, str]:
    """Return (OSM notation, remark, note for the report)."""
    plain = _without_markup(text)
    if not plain.strip():
        return "", "", ""
    try:
        understood = understand(plain)
    except NotUnderstood as refusal:
        words = _("The opening hours are kept as words, because “%(part)s” was not understood.")
        remark = clean_line(plain)
        note = words % {"part": clean_line(refusal.part)}
        if len(remark) > 300:
            note += " " + _("Only the first 300 characters are kept.")
        return "", remark[:300], note
    remark = clean_line("; ".join(understood.remarks))
    if len(understood.osm) > 1000:
        return "", clean_line(plain)[:300], _("The opening hours are too long and kept as words.")
    return understood.osm, remark[:300], ""


def _cut(text: str, most: int, row: Row) -> str:
    if len(text) > most:
        row.notes.append(
            _("“%(text)s…” is cut after %(most)d characters.") % {"text": text[:40], "most": most}
        )
    return text[:most]


def _without_markup(text: str) -> str:
    """Return the text of cells that were copied from a web page; a "<" that begins no tag stays."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    # What is left of an address when its link is gone, as in 'http://<a href="tel:...">...</a>'.
    return clean_text(re.sub(r"^\s*https?://(\s+|$)", "", text))


def _link_in(text: str) -> str:
    match = _ANCHOR.search(text) if "<" in text else None
    return html.unescape(match[1]) if match else ""


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) or (
        "@" not in text and _DOMAIN.fullmatch(text) is not None
    )
