"""The table that every format is read into, and the one place where its cells and limits are checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapping.spatial.reading.refusal import Limits, Unreadable
from participation.foundation.calendar_text import NOT_TEXT

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NEUTRALISED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that did not stop the reading."""

    code: str
    words: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held: text as it was written (None for nothing), and geometries in EPSG:4326 where it had any."""

    columns: tuple[str, ...]
    rows: list[dict[str, str | None]]
    geometries: list["BaseGeometry | None"]
    lines: list[int]
    """Where each row stood: the line of a table, the number of a feature, from one."""
    format: str
    crs_found: str | None = None
    notes: list[Note] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)


def cell(value: str | None, *, column: str, line: int, unit: str, limits: Limits) -> str | None:
    """Return a cell without blanks around it, None for nothing; take back the apostrophe our own CSV puts before "="."""
    if value is None:
        return None
    if value.startswith(_NEUTRALISED):
        value = value[1:]
    value = value.strip()
    if not value:
        return None
    if len(value) > limits.max_cell:
        raise Unreadable("cell-too-long", line=line, unit=unit, column=column[:80], limit=limits.max_cell)
    wrong = NOT_TEXT.search(value)
    if wrong:
        raise Unreadable(
            "bad-character", line=line, unit=unit, column=column[:80], character=f"U+{ord(wrong[0]):04X}"
        )
    return value


class Builder:
    """Takes rows one by one and refuses the first that is too many or holds what is not text."""

    def __init__(self, format: str, limits: Limits, *, unit: str = "line") -> None:
        self.format = format
        self.limits = limits
        self.unit = unit
        self.columns: dict[str, None] = {}
        self.rows: list[dict[str, str | None]] = []
        self.geometries: list[BaseGeometry | None] = []
        self.lines: list[int] = []
        self.notes: list[Note] = []
        self.crs_found: str | None = None

    def name_columns(self, names: Iterable[str], *, line: int | None = None) -> None:
        for name in names:
            self._name_column(name, line or 1)

    def _name_column(self, name: str, line: int) -> None:
        cell(name, column=name, line=line, unit=self.unit, limits=self.limits)
        self.columns[name] = None
        if len(self.columns) > self.limits.max_columns:
            raise Unreadable("too-many-columns", limit=self.limits.max_columns)

    def add(
        self, line: int, values: Iterable[tuple[str, str | None]], geometry: "BaseGeometry | None" = None
    ) -> None:
        if len(self.rows) >= self.limits.max_rows:
            raise Unreadable("too-many-rows", line=line, unit=self.unit, limit=self.limits.max_rows)
        if len(self.rows) * len(self.columns) > self.limits.max_cells:
            raise Unreadable("too-many-cells", line=line, unit=self.unit, limit=self.limits.max_cells)
        row = {}
        for column, value in values:
            if column not in self.columns:
                self._name_column(column, line)
            row[column] = cell(value, column=column, line=line, unit=self.unit, limits=self.limits)
        self.rows.append(row)
        self.geometries.append(geometry)
        self.lines.append(line)

    def note(self, code: str, words: str, line: int | None = None) -> None:
        self.notes.append(Note(code, words, line))

    def table(self) -> Table:
        if not self.rows:
            raise Unreadable("no-rows")
        columns = tuple(self.columns)
        if len(columns) * len(self.rows) > self.limits.max_cells:
            raise Unreadable("too-many-cells", limit=self.limits.max_cells)
        rows = [row if len(row) == len(columns) else {c: row.get(c) for c in columns} for row in self.rows]
        return Table(columns, rows, self.geometries, self.lines, self.format, self.crs_found, self.notes)


def headings(cells: Sequence[str | None], *, line: int, unit: str = "line") -> list[str]:
    """Return the names of the columns; one without a name is called by its number."""
    names = [(text or "").strip() or f"column {number}" for number, text in enumerate(cells, start=1)]
    if not any((text or "").strip() for text in cells):
        raise Unreadable("no-heading", line=line, unit=unit)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Unreadable("column-twice", line=line, unit=unit, column=name[:80])
        seen.add(name)
    return names
