"""Read and write elections in the Pabulib `.pb` format.

The format is described at https://pabulib.org/format and in Faliszewski et al., "Participatory Budgeting: Data,
Tools, and Analysis" (IJCAI 2023). The reader accepts what real files contain and says in words what it cannot accept.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from budgeting.counting.election import POINT_TYPES, VOTE_TYPES, Ballot, Election, Project
from budgeting.counting.money import format_amount, parse_amount, scale_for

MAX_RECORD_LINES = 1000
MAX_RECORD = 1_000_000
MAX_POINTS = 10**6

_SECTIONS = ("META", "PROJECTS", "VOTES")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_Row = tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class PabulibTables:
    """The three sections of a file as text, every key, column and row kept in its order."""

    meta: tuple[tuple[str, str], ...]
    project_columns: _Row
    project_rows: tuple[_Row, ...]
    vote_columns: _Row
    vote_rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as read: the election to count, the tables to write back, and what looked odd."""

    election: Election
    tables: PabulibTables
    warnings: tuple[PabulibWarning, ...]


def read_pabulib(source: str | bytes | Path | BinaryIO) -> ParsedFile:
    """Read an election from a path, the bytes or the text of a file, or a stream open for reading bytes.

    A `str` that holds a line break is the text itself, any other `str` is a path.
    Raises PabulibError for a file that cannot be read as an election, OSError for a path that cannot be opened.
    """
    if isinstance(source, Path) or (isinstance(source, str) and "\n" not in source and "\r" not in source):
        with open(source, "rb") as stream:
            return _read(stream)
    if isinstance(source, str):
        try:
            source = source.encode()
        except UnicodeEncodeError as error:
            raise PabulibError("The text holds half a character.", fix="Save it again as UTF-8.") from error
    if isinstance(source, bytes):
        return _read(io.BytesIO(source))
    return _read(source)


def write_pabulib(content: ParsedFile | PabulibTables) -> bytes:
    """Return the file as bytes: UTF-8, line feeds, quotes only where a cell needs them; same content, same bytes.

    Raises PabulibError where a cell could not be read back.
    """
    tables = content.tables if isinstance(content, ParsedFile) else content
    out = io.StringIO()
    _write_section(out, "META", ("key", "value"), tables.meta)
    _write_section(out, "PROJECTS", tables.project_columns, tables.project_rows)
    _write_section(out, "VOTES", tables.vote_columns, tables.vote_rows)
    try:
        return out.getvalue().encode()
    except UnicodeEncodeError as error:
        raise PabulibError(
            "A cell holds half a character.", fix="Remove it and write the file again."
        ) from error


def _write_section(out: io.StringIO, name: str, columns: _Row, rows: Iterable[_Row]) -> None:
    out.write(f"{name}\n")
    for row in (columns, *rows):
        if len(row) != len(columns):
            raise PabulibError(
                f"A row of {name} has {len(row)} cells for {len(columns)} columns.",
                fix="Give every column a cell.",
            )
        line = ";".join(_quoted(cell) for cell in row)
        if line.strip().upper() in _SECTIONS or not line.strip():
            line = '"' + line + '"'
        out.write(line + "\n")


def _quoted(cell: str) -> str:
    if "\0" in cell:
        raise PabulibError("A cell holds a NUL character.", fix="Remove it and write the file again.")
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if any(mark in cell for mark in ';"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


# Lines and records -----------------------------------------------------------------------------------------------


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield (line number, text without its line end), whatever the line ends are, even mixed ones."""
    number = 0
    for raw in stream:
        pieces = raw.removesuffix(b"\n").removesuffix(b"\r").split(b"\r")
        for piece in pieces:
            number += 1
            if number == 1:
                if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise PabulibError("The file is stored as UTF-16.", fix="Save it as UTF-8.", line=1)
                piece = piece.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in piece:
                raise PabulibError("The line holds a NUL character.", fix="Remove it.", line=number)
            try:
                yield number, piece.decode()
            except UnicodeDecodeError as error:
                raise PabulibError(
                    f"Byte {error.start + 1} of the line is not UTF-8.",
                    fix="Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
                    line=number,
                ) from error


def _records(stream: BinaryIO) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (number of the first line, raw text, cells) for each record that is not blank."""
    lines = _lines(stream)
    for number, text in lines:
        if '"' not in text:
            if text and not text.isspace():
                yield number, text, text.split(";")
            continue
        record = text
        cells = _cells(record)
        taken = 1
        while cells is None:
            more = next(lines, None) if taken < MAX_RECORD_LINES and len(record) < MAX_RECORD else None
            if more is None:
                raise PabulibError(
                    "A quotation mark is opened and never closed.",
                    fix='Close it, or write a quotation mark inside a quoted cell twice ("").',
                    line=number,
                )
            record += "\n" + more[1]
            taken += 1
            # Only a quotation mark can close the cell: without this a long cell would cost quadratic time.
            cells = _cells(record) if '"' in more[1] else None
        yield number, record, cells


def _cells(record: str) -> list[str] | None:
    """Split a record at its semicolons; return None where a quoted cell goes on in the next line.

    A cell that starts with a quotation mark but goes on after the closing one, as in `"Odkupmy" i my`, is not quoted
    but holds quotation marks: such cells exist in real files.
    """
    cells = []
    at = 0
    while True:
        if record.startswith('"', at):
            quoted = _QUOTED.match(record, at)
            if quoted is None:
                return None
            end = quoted.end()
            if end == len(record) or record[end] == ";":
                cells.append(quoted[1].replace('""', '"'))
            else:
                end = _end_of_cell(record, at)
                cells.append(record[at:end])
        else:
            end = _end_of_cell(record, at)
            cells.append(record[at:end])
        if end == len(record):
            return cells
        at = end + 1


def _end_of_cell(record: str, at: int) -> int:
    end = record.find(";", at)
    return len(record) if end < 0 else end


# Reading ---------------------------------------------------------------------------------------------------------


class _Reader:
    """State of one reading: the tables so far, the warnings, and where projects and voters were first seen."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.meta_lines: dict[str, int] = {}
        self.project_columns: _Row = ()
        self.project_rows: list[_Row] = []
        self.project_lines: list[int] = []
        self.vote_columns: _Row = ()
        self.vote_rows: list[_Row] = []
        self.first_lines: dict[tuple[str, str], int] = {}
        self.warnings: dict[tuple[str, str | None], list[int | None]] = {}

    def warn(self, message: str, line: int | None = None, column: str | None = None) -> None:
        self.warnings.setdefault((message, column), []).append(line)

    def collected_warnings(self) -> tuple[PabulibWarning, ...]:
        found = []
        for (message, column), lines in self.warnings.items():
            more = f" (and on {len(lines) - 1} more lines)" if len(lines) > 1 else ""
            found.append(PabulibWarning(message + more, lines[0], column))
        return tuple(found)


def _read(stream: BinaryIO) -> ParsedFile:
    reader = _Reader()
    section = -1
    columns: _Row = ()
    voter_column = vote_column = points_column = -1
    voters: set[str] = set()
    interned: dict[str, str] = {}
    number = 0
    for number, raw, cells in _records(stream):
        if len(raw) < 40:
            mark = raw.strip().rstrip(";").rstrip().upper()
            if mark in _SECTIONS:
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
                reader.project_columns = columns
            elif section == 2:
                reader.vote_columns = columns
                voter_column, vote_column = columns.index("voter_id"), columns.index("vote")
                points_column = columns.index("points") if "points" in columns else -1
            continue
        if len(cells) != len(columns):
            cells = _fitted(reader, section, cells, columns, number)
        if section == 2:
            voter = cells[voter_column].strip()
            if not voter:
                raise PabulibError(
                    "The voter has no id.", fix="Give each voter an id.", line=number, column="voter_id"
                )
            if voter in voters:
                raise PabulibError(
                    f"The voter id {_short(voter)} is used twice.",
                    fix="Give each voter a different id.",
                    line=number,
                    column="voter_id",
                )
            voters.add(voter)
            row = tuple([interned.setdefault(cell, cell) for cell in cells])
            reader.vote_rows.append(row)
            reader.first_lines.setdefault(
                (row[vote_column], row[points_column] if points_column >= 0 else ""), number
            )
        elif section == 1:
            reader.project_rows.append(tuple(cells))
            reader.project_lines.append(number)
        else:
            _meta_row(reader, cells, number)
    if section < 2 or not columns:
        missing = _SECTIONS[min(section + 1, 2)]
        raise PabulibError(
            f"The section {missing} is missing or has no header." if number else "The file is empty.",
            fix="A file has three sections: META, PROJECTS and VOTES. Check that it was downloaded completely.",
            line=number or None,
        )
    return _assemble(reader)


def _next_section(section: int, mark: str, columns: _Row, number: int) -> int:
    if section >= 0 and not columns:
        raise PabulibError(
            f"The section {_SECTIONS[section]} is empty.",
            fix="Give the section a header and at least one row.",
            line=number,
        )
    if section == 2 or mark != _SECTIONS[section + 1]:
        raise PabulibError(
            f"The section {mark} is not expected here.",
            fix="The sections are META, PROJECTS and VOTES, each once and in this order.",
            line=number,
        )
    return section + 1


def _header(section: int, cells: Sequence[str], number: int) -> _Row:
    columns = [cell.strip() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    needed = (("key", "value"), ("project_id", "cost"), ("voter_id", "vote"))[section]
    for name in needed:
        if name not in columns:
            raise PabulibError(
                f"The header of {_SECTIONS[section]} has no column {name}.",
                fix=f"Start the header with {';'.join(needed)}.",
                line=number,
                column=name,
            )
    if len(set(columns)) != len(columns):
        raise PabulibError(
            f"The header of {_SECTIONS[section]} names a column twice.",
            fix="Give each column a different name.",
            line=number,
        )
    if section == 0 and columns != list(needed):
        raise PabulibError("The header of META must be key;value.", fix="Write key;value.", line=number)
    return tuple(columns)


def _fitted(reader: _Reader, section: int, cells: list[str], columns: _Row, number: int) -> list[str]:
    """Return the row with as many cells as columns, where that loses nothing; raise PabulibError otherwise."""
    extra = cells[len(columns) :]
    if extra and not any(cell.strip() for cell in extra):
        reader.warn("The row ends with empty cells beyond the header; they were dropped.", number)
        return cells[: len(columns)]
    if extra:
        raise PabulibError(
            f"The row has {len(cells)} cells, the header of {_SECTIONS[section]} has {len(columns)}.",
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
            f"The row has {len(cells)} cells, the header of {_SECTIONS[section]} has {len(columns)}.",
            fix="Complete the row; the file may have been cut off here.",
            line=number,
        )
    reader.warn("The row has fewer cells than the header; the missing ones were taken as empty.", number)
    return cells + [""] * (len(columns) - len(cells))


def _meta_row(reader: _Reader, cells: list[str], number: int) -> None:
    key = cells[0].strip()
    if not key:
        raise PabulibError(
            "The key is empty.", fix="Name the key or delete the line.", line=number, column="key"
        )
    if key in reader.meta:
        raise PabulibError(f"The key {_short(key)} is there twice.", fix="Keep one.", line=number, column=key)
    reader.meta[key] = cells[1]
    reader.meta_lines[key] = number


def _short(text: str) -> str:
    text = text if len(text) <= 40 else text[:37] + "..."
    return f"“{text}”"


def _assemble(reader: _Reader) -> ParsedFile:
    vote_type = _vote_type(reader)
    amounts = _Amounts(reader)
    budget = amounts.meta("budget")
    if budget is None:
        raise PabulibError("META has no budget.", fix="Add a line budget;… to META.", column="budget")
    if not budget:
        raise PabulibError(
            "The budget is zero.",
            fix="Give the money to spend.",
            line=reader.meta_lines["budget"],
            column="budget",
        )
    if not reader.project_rows:
        raise PabulibError(
            "The section PROJECTS is empty.", fix="Add a row for each project.", column="project_id"
        )
    costs = amounts.costs()
    scale = scale_for([budget, *costs])
    projects = _projects(reader, [int(cost * scale) for cost in costs])
    ballots = _Ballots(reader, vote_type, projects).read()
    election = Election(
        projects=projects,
        ballots=ballots,
        budget=int(budget * scale),
        money_scale=scale,
        vote_type=vote_type,
        meta=tuple((key, value.strip()) for key, value in reader.meta.items()),
    )
    _check(reader, election, amounts)
    tables = PabulibTables(
        meta=tuple(reader.meta.items()),
        project_columns=reader.project_columns,
        project_rows=tuple(reader.project_rows),
        vote_columns=reader.vote_columns,
        vote_rows=tuple(reader.vote_rows),
    )
    return ParsedFile(election, tables, reader.collected_warnings())


def _vote_type(reader: _Reader) -> str:
    vote_type = reader.meta.get("vote_type", "").strip().lower()
    if vote_type not in VOTE_TYPES:
        raise PabulibError(
            f"The vote type {_short(vote_type)} is not known." if vote_type else "META has no vote_type.",
            fix=f"Write vote_type; and one of {', '.join(VOTE_TYPES)}.",
            line=reader.meta_lines.get("vote_type"),
            column="vote_type",
        )
    if vote_type in ("cumulative", "scoring") and "points" not in reader.vote_columns:
        raise PabulibError(
            f"Ballots of the type {vote_type} need a column points.",
            fix="Add the column points to VOTES, or write vote_type;approval.",
            column="points",
        )
    return vote_type


class _Amounts:
    """Money and whole numbers of META and PROJECTS, with errors that name line and column."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader

    def meta(self, key: str) -> Fraction | None:
        text = self.reader.meta.get(key, "").strip()
        return _amount(text, self.reader.meta_lines[key], key) if text else None

    def whole(self, key: str) -> int | None:
        """Return a whole number of META; odd ones are only warned about, since no count depends on them."""
        text = self.reader.meta.get(key, "").strip()
        if not text:
            return None
        try:
            value = parse_amount(text)
        except ValueError:
            value = Fraction(1, 2)
        if value.denominator != 1:
            self.reader.warn(
                f"{key} is not a whole number and was ignored.", self.reader.meta_lines[key], key
            )
            return None
        return int(value)

    def costs(self) -> list[Fraction]:
        at = self.reader.project_columns.index("cost")
        rows = zip(self.reader.project_rows, self.reader.project_lines, strict=True)
        return [_amount(row[at].strip(), line, "cost") for row, line in rows]


def _amount(text: str, line: int, column: str) -> Fraction:
    try:
        return parse_amount(text)
    except ValueError as error:
        raise PabulibError(
            f"{_short(text)} {error}." if text else "The amount is missing.",
            fix="Write a plain number of zero or more such as 12000 or 12000.50, without spaces, sign or currency.",
            line=line,
            column=column,
        ) from error


def _projects(reader: _Reader, costs: list[int]) -> tuple[Project, ...]:
    columns = reader.project_columns
    id_at, name_at = columns.index("project_id"), columns.index("name") if "name" in columns else -1
    rest = [(at, name) for at, name in enumerate(columns) if name not in ("project_id", "cost", "name")]
    seen: dict[str, int] = {}
    projects = []
    for row, line, cost in zip(reader.project_rows, reader.project_lines, costs, strict=True):
        project_id = row[id_at].strip()
        if not project_id or "," in project_id:
            raise PabulibError(
                f"The project id {_short(project_id)} holds a comma."
                if project_id
                else "The project has no id.",
                fix="Give each project an id without commas.",
                line=line,
                column="project_id",
            )
        if project_id in seen:
            raise PabulibError(
                f"The project id {_short(project_id)} was already used on line {seen[project_id]}.",
                fix="Give each project a different id.",
                line=line,
                column="project_id",
            )
        seen[project_id] = line
        if cost == 0:
            reader.warn("The project costs nothing; it wins as soon as somebody supports it.", line, "cost")
        name = row[name_at].strip() if name_at >= 0 else ""
        projects.append(Project(project_id, cost, name, tuple((key, row[at]) for at, key in rest)))
    return tuple(projects)


class _Ballots:
    """Turns the texts of `vote` and `points` into grouped ballots; each different text is read once."""

    def __init__(self, reader: _Reader, vote_type: str, projects: tuple[Project, ...]) -> None:
        self.reader = reader
        self.vote_type = vote_type
        self.projects = projects
        self.index = {project.id: position for position, project in enumerate(projects)}
        self.limits = {
            key: _Amounts(reader).whole(key)
            for key in (
                "min_length",
                "max_length",
                "min_points",
                "max_points",
                "min_sum_points",
                "max_sum_points",
            )
        }
        self.default_points = self._default_points()

    def _default_points(self) -> int:
        text = self.reader.meta.get("default_score", "").strip()
        if self.vote_type != "scoring" or not text:
            return 0
        return self._points_of(text, self.reader.meta_lines["default_score"], "default_score")

    def read(self) -> tuple[Ballot, ...]:
        reader = self.reader
        vote_at = reader.vote_columns.index("vote")
        points_at = reader.vote_columns.index("points") if self.uses_points else -1
        texts: dict[tuple[str, str], int] = {}
        for row in reader.vote_rows:
            key = (row[vote_at], row[points_at] if points_at >= 0 else "")
            texts[key] = texts.get(key, 0) + 1
        has_points_column = "points" in reader.vote_columns
        first_lines: dict[tuple[str, str], int] = {}
        for (vote, points), line in reader.first_lines.items():
            first_lines.setdefault((vote, points if points_at >= 0 or not has_points_column else ""), line)
        groups: dict[tuple[tuple[int, int], ...], int] = {}
        for (vote, points), count in texts.items():
            ballot = self._ballot(vote, points, first_lines[vote, points])
            groups[ballot] = groups.get(ballot, 0) + count
        return tuple(
            Ballot(tuple([project for project, _ in key]), tuple([points for _, points in key]), count)
            for key, count in groups.items()
        )

    @property
    def uses_points(self) -> bool:
        return self.vote_type in ("cumulative", "scoring")

    def _ballot(self, vote: str, points: str, line: int) -> tuple[tuple[int, int], ...]:
        named = [self._project(item.strip(), line) for item in vote.split(",")] if vote.strip() else []
        self._check_length(named, line)
        if self.uses_points:
            given = self._points(points, len(named), line)
        elif self.vote_type == "ordinal":
            longest = self.limits["max_length"] or len(named)
            given = [max(longest - place, 0) for place in range(len(named))]
        else:
            given = [1] * len(named)
        ballot: dict[int, int] = (
            dict.fromkeys(range(len(self.projects)), self.default_points) if self.default_points else {}
        )
        seen: set[int] = set()
        for project, value in zip(named, given, strict=True):
            if project not in seen:
                ballot[project] = value
            elif self.uses_points:
                ballot[project] += value
            seen.add(project)
        return tuple(sorted(ballot.items()))

    def _project(self, item: str, line: int) -> int:
        try:
            return self.index[item]
        except KeyError:
            raise PabulibError(
                f"The ballot names the project {_short(item)}, which is not in PROJECTS."
                if item
                else "The ballot has an empty place between two commas.",
                fix="Add the project to PROJECTS or correct the ballot.",
                line=line,
                column="vote",
            ) from None

    def _points(self, text: str, wanted: int, line: int) -> list[int]:
        values = (
            [self._points_of(item.strip(), line, "points") for item in text.split(",")]
            if text.strip()
            else []
        )
        if len(values) != wanted:
            raise PabulibError(
                f"The ballot names {wanted} projects and gives {len(values)} numbers of points.",
                fix="Give one number of points for each project named.",
                line=line,
                column="points",
            )
        total = sum(values)
        if _outside(total, self.limits["min_sum_points"], self.limits["max_sum_points"]):
            self.reader.warn(
                "The points of the ballot add up to a sum outside the limits; it was counted.", line
            )
        if any(_outside(value, self.limits["min_points"], self.limits["max_points"]) for value in values):
            self.reader.warn("The ballot gives a project points outside the limits; it was counted.", line)
        return values

    def _points_of(self, text: str, line: int, column: str) -> int:
        try:
            value = parse_amount(text)
        except ValueError:
            value = Fraction(1, 2)
        if value.denominator != 1 or value > MAX_POINTS:
            raise PabulibError(
                f"{_short(text)} is not a number of points.",
                fix=f"Write whole numbers from 0 to {MAX_POINTS}.",
                line=line,
                column=column,
            )
        return int(value)

    def _check_length(self, named: list[int], line: int) -> None:
        if len(set(named)) != len(named):
            self.reader.warn(
                "The ballot names a project twice; its points were added up."
                if self.uses_points
                else "The ballot names a project twice; it was counted once.",
                line,
                "vote",
            )
        if not named:
            self.reader.warn("The ballot is empty; it counts as a voter who supports nothing.", line, "vote")
        elif _outside(len(named), self.limits["min_length"], self.limits["max_length"]):
            self.reader.warn(
                "The ballot names fewer or more projects than allowed; it was counted.", line, "vote"
            )


def _outside(value: int, least: int | None, most: int | None) -> bool:
    return (least is not None and value < least) or (most is not None and value > most)


def _check(reader: _Reader, election: Election, amounts: _Amounts) -> None:
    """Warn where the file contradicts itself."""
    for key, found in (("num_projects", len(election.projects)), ("num_votes", len(reader.vote_rows))):
        stated = amounts.whole(key)
        if stated is not None and stated != found:
            reader.warn(f"{key} says {stated}, the file has {found}.", reader.meta_lines[key], key)
    if "rule" not in reader.meta:
        reader.warn("META names no rule; it was taken as unknown.", column="rule")
    if not reader.vote_rows:
        reader.warn("The file has no ballots.")
    doubled = any("names a project twice" in message for message, _ in reader.warnings)
    for column, counted in (("votes", election.votes), ("score", election.scores)):
        if column not in reader.project_columns:
            continue
        at = reader.project_columns.index(column)
        for row, line, found in zip(reader.project_rows, reader.project_lines, counted, strict=True):
            if row[at].strip() and _number(row[at].strip()) != found and not (doubled and column == "votes"):
                reader.warn(
                    f"{column} says {_short(row[at].strip())}, the ballots give {found}.", line, column
                )
    for project, line in zip(election.projects, reader.project_lines, strict=True):
        if project.cost > election.budget:
            reader.warn("The project costs more than the whole budget and cannot win.", line, "cost")
    _check_sums(reader, election, amounts)


def _number(text: str) -> Fraction | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _check_sums(reader: _Reader, election: Election, amounts: _Amounts) -> None:
    try:
        least, most = amounts.meta("min_sum_cost"), amounts.meta("max_sum_cost")
    except PabulibError as error:
        reader.warn(
            "min_sum_cost or max_sum_cost is not an amount and was ignored.", error.line, error.column
        )
        return
    if least is None and most is None:
        return
    costs = [project.cost for project in election.projects]
    outside = 0
    for ballot in election.ballots:
        total = Fraction(sum(costs[project] for project in ballot.projects), election.money_scale)
        if (least is not None and total < least) or (most is not None and total > most):
            outside += ballot.count
    if outside:
        reader.warn(
            f"{outside} ballots name projects that cost less or more together than allowed; they were counted."
        )


def tables_from(
    *,
    meta: Mapping[str, str],
    projects: Sequence[Mapping[str, str]],
    votes: Sequence[Mapping[str, str]],
) -> PabulibTables:
    """Build tables from mappings of text; the columns are the keys of the first row, missing cells are empty."""
    project_columns = tuple(projects[0]) if projects else ("project_id", "cost")
    vote_columns = tuple(votes[0]) if votes else ("voter_id", "vote")
    return PabulibTables(
        meta=tuple(meta.items()),
        project_columns=project_columns,
        project_rows=tuple(tuple(row.get(name, "") for name in project_columns) for row in projects),
        vote_columns=vote_columns,
        vote_rows=tuple(tuple(row.get(name, "") for name in vote_columns) for row in votes),
    )


def tables_of(election: Election) -> PabulibTables:
    """Build tables from a counted election without a file: voters get the ids 1, 2, 3 and so on."""
    meta = dict(election.meta)
    meta |= {
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.num_votes),
        "budget": format_amount(election.budget, election.money_scale),
        "vote_type": election.vote_type,
    }
    meta.setdefault("rule", "unknown")
    projects = [
        {"project_id": p.id, "cost": format_amount(p.cost, election.money_scale), "name": p.name}
        | dict(p.columns)
        for p in election.projects
    ]
    votes: list[dict[str, str]] = []
    for ballot in election.ballots:
        pairs = list(zip(ballot.projects, ballot.points, strict=True))
        if election.vote_type == "ordinal":
            pairs.sort(key=lambda pair: (-pair[1], pair[0]))
        row = {"vote": ",".join(election.projects[project].id for project, _ in pairs)}
        if election.vote_type in POINT_TYPES and election.vote_type != "ordinal":
            row["points"] = ",".join(str(points) for _, points in pairs)
        for _ in range(ballot.count):
            votes.append({"voter_id": str(len(votes) + 1)} | row)
    return tables_from(meta=meta, projects=projects, votes=votes)
