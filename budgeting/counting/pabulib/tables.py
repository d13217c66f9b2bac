"""What the reader and the writer of `.pb` files share: tables of text, and how an error names its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from budgeting.counting.election import Election

SECTIONS = ("META", "PROJECTS", "VOTES")
Row = tuple[str, ...]


class PabulibError(ValueError):
    """A file that cannot be read: where (line, column), what is wrong, and how to put it right."""

    def __init__(self, message: str, *, fix: str, line: int | None = None, column: str | None = None) -> None:
        self.line = line
        self.column = column
        self.message = message
        self.fix = fix
        super().__init__(str(self))

    def __str__(self) -> str:
        where = [f"line {self.line}"] if self.line is not None else []
        if self.column is not None:
            where.append(f"column {self.column}")
        start = ", ".join(where).capitalize() + ": " if where else ""
        return f"{start}{self.message} {self.fix}"


@dataclass(frozen=True, slots=True)
class PabulibWarning:
    """Something odd that does not stop the count; `line` is the first line where it was seen."""

    message: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}" if self.line is not None else self.message


class Rows(Sequence[Row]):
    """Rows of text stored by column, which takes a fraction of the memory and the time of a tuple for each row."""

    def __init__(self, columns: Sequence[list[str]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __iter__(self) -> Iterator[Row]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        cells = [column[at] for column in self.columns]
        return tuple(zip(*cells, strict=True)) if isinstance(at, slice) else tuple(map(str, cells))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return len(self) == len(other) == 0 or self.columns == other.columns
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class PabulibTables:
    """The three sections of a file as text, every key, column and row kept in its order."""

    meta: tuple[tuple[str, str], ...]
    project_columns: Row
    project_rows: tuple[Row, ...]
    vote_columns: Row
    vote_rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as read: the election to count, the tables to write back, and what looked odd."""

    election: Election
    tables: PabulibTables
    warnings: tuple[PabulibWarning, ...]


def short(text: str) -> str:
    """Return a text of the file as an error quotes it."""
    text = text if len(text) <= 40 else text[:37] + "..."
    return f"“{text}”"
