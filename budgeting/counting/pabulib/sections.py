"""Records to the three sections of a file, each row as wide as its header."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import BinaryIO

import numpy as np

from budgeting.counting.pabulib.records import Lines, records
from budgeting.counting.pabulib.tables import SECTIONS, PabulibError, PabulibWarning, Row, short

_MARKS = tuple(name.encode() for name in SECTIONS)
_SPACES = (b" ", b"\t", b"\x0b", b"\x0c", b"\x1c", b"\x1d", b"\x1e", b"\x1f")


class Sections:
    """State of one reading: the tables so far, the warnings, and where projects and voters were first seen."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.meta_lines: dict[str, int] = {}
        self.project_columns: Row = ()
        self.project_rows: list[Row] = []
        self.project_lines: list[int] = []
        self.vote_columns: Row = ()
        self.votes: list[list[str]] = []
        self.voters: set[str] = set()
        self.warnings: dict[tuple[str, str | None], list[int | None]] = {}
        self._line_starts: list[tuple[int, int]] = []

    def warn(self, message: str, line: int | None = None, column: str | None = None) -> None:
        self.warnings.setdefault((message, column), []).append(line)

    def collected_warnings(self) -> tuple[PabulibWarning, ...]:
        found = []
        for (message, column), lines in self.warnings.items():
            more = f" (and on {len(lines) - 1} more lines)" if len(lines) > 1 else ""
            found.append(PabulibWarning(message + more, lines[0], column))
        return tuple(found)

    @property
    def num_votes(self) -> int:
        return len(self.votes[0]) if self.votes else 0

    def vote_cells(self, column: str) -> list[str]:
        """Return a column of VOTES."""
        return self.votes[self.vote_columns.index(column)]

    def vote_line(self, row: int) -> int:
        """Return the line on which a row of VOTES was."""
        start, line = self._line_starts[bisect_right(self._line_starts, row, key=itemgetter(0)) - 1]
        return line + row - start

    def start_votes(self, columns: Row) -> None:
        self.vote_columns = columns
        self.votes = [[] for _ in columns]

    def add_votes(self, columns: Sequence[Sequence[str]], line: int) -> None:
        """Take in rows of VOTES, given by column, that stand on consecutive lines from this one on."""
        self._line_starts.append((self.num_votes, line))
        for column, cells in zip(self.votes, columns, strict=True):
            column.extend(cells)


def read_sections(stream: BinaryIO) -> Sections:
    """Return the three sections of a file; raises PabulibError where they are not all there, or a row does not fit."""
    sections = Sections()
    section = -1
    columns: Row = ()
    number = 0
    lines = Lines(stream)
    for number, raw, cells in records(lines):
        if len(raw) < 40:
            mark = raw.strip().rstrip(";").rstrip().upper()
            if mark in SECTIONS:
                section = _next_section(section, mark, columns, number)
                columns = ()
                continue
        if section < 0:
            raise PabulibError(
                "The file does not start with META.", fix="Put a line with the word META first.", line=number
            )
        if not columns:
            columns = _header(section, cells, number)
            if section == 1:
                sections.project_columns = columns
            elif section == 2:
                sections.start_votes(columns)
                read_blocks(sections, lines)
            continue
        if len(cells) != len(columns):
            cells = _fitted(sections, section, cells, columns, number)
        if section == 2:
            _vote_row(sections, cells, number)
        elif section == 1:
            sections.project_rows.append(tuple(cells))
            sections.project_lines.append(number)
        else:
            _meta_row(sections, cells, number)
    if section < 2 or not columns:
        missing = SECTIONS[min(section + 1, 2)]
        raise PabulibError(
            f"The section {missing} is missing or has no header." if number else "The file is empty.",
            fix="A file has three sections: META, PROJECTS and VOTES. Check that it was downloaded completely.",
            line=number or None,
        )
    return sections


def read_blocks(sections: Sections, lines: Lines) -> None:
    """Read plain rows of VOTES by the thousands; leave everything from the first odd block on to reading by record.

    A plain block has no quotation marks, blank lines or lone carriage returns, as many cells in each row as the header,
    and no voter twice.
    """
    width = len(sections.vote_columns)
    voter_at = sections.vote_columns.index("voter_id")
    for block in lines.blocks():
        cells = _plain_cells(block, width)
        ids = [] if cells is None else cells[voter_at::width]
        if not block.isascii() or any(space in block for space in _SPACES):
            ids = list(map(str.strip, ids))
        different = set(ids)
        repeated = len(different) < len(ids) or not sections.voters.isdisjoint(different)
        if cells is None or repeated or "" in different:
            lines.give_back(block)
            return
        sections.voters |= different
        sections.add_votes([cells[at::width] for at in range(width)], lines.number + 1)
        lines.number += block.count(b"\n")


def _plain_cells(block: bytes, width: int) -> list[str] | None:
    """Return the cells of a block row after row, None where the block is not plain or a row has another width."""
    if b'"' in block or b"\0" in block:
        return None
    characters = np.frombuffer(block, dtype=np.uint8)
    end = b"\n"
    if b"\r" in block:
        returns, feeds = (np.flatnonzero(characters == mark) for mark in b"\r\n")
        if np.array_equal(returns + 1, feeds):
            end = b"\r\n"
        else:
            block = block.replace(b"\r\n", b"\n")
            if b"\r" in block:
                return None
    block = block.rstrip(end)
    characters = np.frombuffer(block, dtype=np.uint8)
    ends = np.append(np.flatnonzero(characters == ord("\n")) - (len(end) - 1), len(block))
    marks = np.flatnonzero(characters == ord(";"))
    if len(marks) != (width - 1) * len(ends):
        return None
    first, last = marks[:: width - 1], marks[width - 2 :: width - 1]
    starts = np.append(0, ends[:-1] + len(end))
    if np.any(last > ends) or np.any(first < starts):
        return None
    # A line that opens a section has nothing but semicolons behind its first cell.
    bare = (last - first == width - 2) & (
        (last + 1 == ends) | (characters[np.minimum(last + 1, len(block) - 1)] <= ord(" "))
    )
    if np.any(bare) and any(name in block.upper() for name in _MARKS):
        return None
    try:
        return block.decode().replace(end.decode(), ";").split(";")
    except UnicodeDecodeError:
        return None


def _vote_row(sections: Sections, cells: list[str], number: int) -> None:
    voter = cells[sections.vote_columns.index("voter_id")].strip()
    if not voter:
        raise PabulibError(
            "The voter has no id.", fix="Give each voter an id.", line=number, column="voter_id"
        )
    if voter in sections.voters:
        raise PabulibError(
            f"The voter id {short(voter)} is used twice.",
            fix="Give each voter a different id.",
            line=number,
            column="voter_id",
        )
    sections.voters.add(voter)
    sections.add_votes([[cell] for cell in cells], number)


def _next_section(section: int, mark: str, columns: Row, number: int) -> int:
    if section >= 0 and not columns:
        raise PabulibError(
            f"The section {SECTIONS[section]} is empty.",
            fix="Give the section a header and at least one row.",
            line=number,
        )
    if section == 2 or mark != SECTIONS[section + 1]:
        raise PabulibError(
            f"The section {mark} is not expected here.",
            fix="The sections are META, PROJECTS and VOTES, each once and in this order.",
            line=number,
        )
    return section + 1


def _header(section: int, cells: Sequence[str], number: int) -> Row:
    columns = [cell.strip() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    needed = (("key", "value"), ("project_id", "cost"), ("voter_id", "vote"))[section]
    for name in needed:
        if name not in columns:
            raise PabulibError(
                f"The header of {SECTIONS[section]} has no column {name}.",
                fix=f"Start the header with {';'.join(needed)}.",
                line=number,
                column=name,
            )
    if len(set(columns)) != len(columns):
        raise PabulibError(
            f"The header of {SECTIONS[section]} names a column twice.",
            fix="Give each column a different name.",
            line=number,
        )
    if section == 0 and columns != list(needed):
        raise PabulibError("The header of META must be key;value.", fix="Write key;value.", line=number)
    return tuple(columns)


def _fitted(sections: Sections, section: int, cells: list[str], columns: Row, number: int) -> list[str]:
    """Return the row with as many cells as columns, where that loses nothing; raise PabulibError otherwise."""
    extra = cells[len(columns) :]
    if extra and not any(cell.strip() for cell in extra):
        sections.warn("The row ends with empty cells beyond the header; they were dropped.", number)
        return cells[: len(columns)]
    if extra:
        raise PabulibError(
            f"The row has {len(cells)} cells, the header of {SECTIONS[section]} has {len(columns)}.",
            fix='A cell that holds a semicolon must stand in quotation marks: "…".',
            line=number,
        )
    needed = (
        2
        if section == 0
        else 1
        + max(columns.index(name) for name in (("project_id", "cost"), ("voter_id", "vote"))[section - 1])
    )
    if len(cells) < needed:
        raise PabulibError(
            f"The row has {len(cells)} cells, the header of {SECTIONS[section]} has {len(columns)}.",
            fix="Complete the row; the file may have been cut off here.",
            line=number,
        )
    sections.warn("The row has fewer cells than the header; the missing ones were taken as empty.", number)
    return cells + [""] * (len(columns) - len(cells))


def _meta_row(sections: Sections, cells: list[str], number: int) -> None:
    key = cells[0].strip()
    if not key:
        raise PabulibError(
            "The key is empty.", fix="Name the key or delete the line.", line=number, column="key"
        )
    if key in sections.meta:
        raise PabulibError(f"The key {short(key)} is there twice.", fix="Keep one.", line=number, column=key)
    sections.meta[key] = cells[1]
    sections.meta_lines[key] = number
