"""The files of a public Polis export: votes.csv, participants-votes.csv, comments.csv and summary.csv, read and written.

Source: github.com/compdemocracy/openData, "README", for the columns. Votes are 1 agree, 0 pass, -1 disagree. Times are
milliseconds since 1970 (UTC); the column `datetime` says the same in words and is not read.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from participation.opinion.votes import AGREE, DISAGREE, PASS, Key, VoteMatrix

VOTE_COLUMNS = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
COMMENT_COLUMNS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)
PERSON_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
REJECTED, UNMODERATED, ACCEPTED = -1, 0, 1

_NUMBER = re.compile(r"-?[0-9]{1,18}")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LATEST_MS = 253_402_300_799_999


class ExportError(ValueError):
    """A file that cannot be read: where (line, column), what is wrong, and how to put it right."""

    def __init__(self, message: str, *, fix: str, line: int | None = None, column: str | None = None) -> None:
        self.message = message
        self.fix = fix
        self.line = line
        self.column = column
        super().__init__(str(self))

    def __str__(self) -> str:
        where = [f"line {self.line}"] if self.line is not None else []
        if self.column is not None:
            where.append(f"column {self.column}")
        start = ", ".join(where).capitalize() + ": " if where else ""
        return f"{start}{self.message} {self.fix}"


@dataclass(frozen=True, slots=True)
class VoteEvent:
    """One line of votes.csv: a changed vote is another line, and the last one counts."""

    at_ms: int
    statement: int
    person: int
    vote: int


@dataclass(frozen=True, slots=True)
class Comment:
    """One line of comments.csv: a statement; `moderated` is 1 accepted, 0 not moderated, -1 rejected."""

    at_ms: int
    statement: int
    author: int
    agrees: int
    disagrees: int
    moderated: int
    text: str


@dataclass(frozen=True, slots=True)
class PersonVotes:
    """One line of participants-votes.csv: the last vote on each statement seen; `group` is None without one."""

    person: int
    group: int | None
    comments: int
    votes: dict[int, int] = field(default_factory=dict)


def read_votes(content: bytes) -> list[VoteEvent]:
    """Return the votes in the order of the file; ExportError for one that means nothing."""
    return [
        VoteEvent(
            row.number("timestamp", 0, _LATEST_MS),
            row.number("comment-id", 0),
            row.number("voter-id", 0),
            row.vote("vote"),
        )
        for row in _rows(content, VOTE_COLUMNS, unread=("datetime",))
    ]


def read_comments(content: bytes) -> list[Comment]:
    """Return the statements in the order of the file; ExportError for one that is there twice or incomplete."""
    found: dict[int, Comment] = {}
    for row in _rows(content, COMMENT_COLUMNS, unread=("datetime",)):
        comment = Comment(
            row.number("timestamp", 0, _LATEST_MS),
            row.number("comment-id", 0),
            row.number("author-id", 0),
            row.number("agrees", 0),
            row.number("disagrees", 0),
            row.number("moderated", REJECTED, ACCEPTED),
            _without_guard(row.cells["comment-body"]),
        )
        if comment.statement in found:
            raise ExportError(
                f"Statement {comment.statement} is here a second time.",
                fix="Remove one of the two lines.",
                line=row.line,
                column="comment-id",
            )
        found[comment.statement] = comment
    return list(found.values())


def read_people(content: bytes) -> list[PersonVotes]:
    """Return everybody's last votes; ExportError if a person is there twice or a line disagrees with its own counts."""
    found: dict[int, PersonVotes] = {}
    statements: dict[str, int] | None = None
    for row in _rows(content, PERSON_COLUMNS, more=True):
        if statements is None:
            statements = _statement_columns(row)
        votes = {statement: row.vote(name) for name, statement in statements.items() if row.cells[name] != ""}
        person = PersonVotes(
            row.number("participant", 0),
            None if row.cells["group-id"] == "" else row.number("group-id", 0),
            row.number("n-comments", 0),
            votes,
        )
        if person.person in found:
            raise ExportError(
                f"Person {person.person} is here a second time.",
                fix="Remove one of the two lines.",
                line=row.line,
                column="participant",
            )
        for column, counted in _counts(votes).items():
            if row.number(column, 0) != counted:
                raise ExportError(
                    f"It says {row.cells[column]}, but the line has {counted}.",
                    fix="Look whether cells have moved, or write the number that is there.",
                    line=row.line,
                    column=column,
                )
        found[person.person] = person
    return list(found.values())


def read_summary(content: bytes) -> dict[str, str]:
    """Return what summary.csv says of the conversation as a whole (topic, url, voters ...)."""
    found: dict[str, str] = {}
    for line, cells in _records(_text(content)):
        if len(cells) != 2:
            raise ExportError(
                f"The line has {len(cells)} cells instead of 2.",
                fix="Write a key and a value with a comma between, and the value in quotation marks.",
                line=line,
            )
        key, value = map(_without_guard, cells)
        if key in found:
            raise ExportError(f"{key!r} is here a second time.", fix="Remove one of the two.", line=line)
        found[key] = value
    return found


def write_votes(events: Iterable[VoteEvent]) -> str:
    """Return votes.csv."""
    rows = (
        (event.at_ms, _in_words(event.at_ms), event.statement, event.person, event.vote) for event in events
    )
    return _written(VOTE_COLUMNS, rows)


def write_comments(comments: Iterable[Comment]) -> str:
    """Return comments.csv. Line ends in texts become line feeds.

    A text that a spreadsheet would run as a formula gets an apostrophe, which reading takes off.
    """
    rows = (
        (
            comment.at_ms,
            _in_words(comment.at_ms),
            comment.statement,
            comment.author,
            comment.agrees,
            comment.disagrees,
            comment.moderated,
            _with_guard(comment.text),
        )
        for comment in comments
    )
    return _written(COMMENT_COLUMNS, rows)


def write_people(people: Iterable[PersonVotes], statements: Sequence[int]) -> str:
    """Return participants-votes.csv with one column for each of the statements."""
    rows = (
        (
            person.person,
            "" if person.group is None else person.group,
            person.comments,
            *_counts(person.votes).values(),
            *(person.votes.get(statement, "") for statement in statements),
        )
        for person in people
    )
    return _written((*PERSON_COLUMNS, *map(str, statements)), rows)


def write_summary(summary: Mapping[str, object]) -> str:
    """Return summary.csv."""
    out = io.StringIO(newline="")
    rows = ((_with_guard(key), _with_guard(str(value))) for key, value in summary.items())
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def people_of(
    votes: VoteMatrix,
    *,
    people: Mapping[Key, int],
    statements: Mapping[Key, int],
    groups: Mapping[Key, int],
    comments: Mapping[Key, int],
) -> list[PersonVotes]:
    """Return the lines of participants-votes.csv for the people and statements that have a number in the file, by number.

    `groups` holds the published groups only (`Engine.published_groups`), `comments` how many statements a person wrote.
    """
    numbered = sorted(people.items(), key=lambda item: item[1])
    return [
        PersonVotes(
            number,
            groups.get(person),
            comments.get(person, 0),
            {statements[key]: vote for key, vote in votes.votes_of(person).items() if key in statements},
        )
        for person, number in numbered
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: dict[str, str]

    def number(self, column: str, least: int, most: int | None = None) -> int:
        """Return a whole number within its bounds."""
        text = self.cells[column].strip()
        value = int(text) if _NUMBER.fullmatch(text) else None
        if value is None or value < least or (most is not None and value > most):
            bounds = f"from {least} to {most}" if most is not None else f"of at least {least}"
            raise ExportError(
                f"{_short(text)} is not a whole number {bounds}.",
                fix="Write one.",
                line=self.line,
                column=column,
            )
        return value

    def vote(self, column: str) -> int:
        """Return a vote."""
        text = self.cells[column].strip()
        if text not in ("1", "0", "-1"):
            raise ExportError(
                f"{_short(text)} is not a vote.",
                fix="Write 1 (agree), 0 (pass) or -1 (disagree).",
                line=self.line,
                column=column,
            )
        return int(text)


def _rows(
    content: bytes, columns: Sequence[str], *, unread: Collection[str] = (), more: bool = False
) -> Iterator[_Row]:
    """Yield the lines below the header as cells by column; other columns are left alone unless they are wanted (`more`)."""
    header: list[str] | None = None
    for line, cells in _records(_text(content)):
        if header is None:
            header = [cell.strip() for cell in cells]
            missing = [name for name in columns if name not in header and name not in unread]
            if missing:
                raise ExportError(
                    f"The first line has no column {', '.join(missing)}.",
                    fix=f"It begins with {','.join(columns)}: check that it is the right file.",
                    line=line,
                )
            doubled = next((name for name in header if header.count(name) > 1), None)
            if doubled is not None:
                raise ExportError(
                    f"The first line names {_short(doubled)} twice.",
                    fix="Remove or rename one of the two columns.",
                    line=line,
                )
            continue
        if len(cells) != len(header):
            raise ExportError(
                f"The line has {len(cells)} cells, the first line has {len(header)}.",
                fix="Add or remove a comma, or put text that holds a comma in quotation marks.",
                line=line,
            )
        row = dict(zip(header, cells, strict=True))
        yield _Row(line, row if more else {name: row[name] for name in columns if name in row})
    if header is None:
        raise ExportError("The file is empty.", fix=f"It begins with {','.join(columns)}.", line=1)


def _statement_columns(row: _Row) -> dict[str, int]:
    statements = {name: name for name in row.cells if name not in PERSON_COLUMNS}
    for name in statements:
        if not _NUMBER.fullmatch(name) or name.startswith("-"):
            raise ExportError(
                f"The first line has a column {_short(name)}, which is no statement.",
                fix="After n-disagree each column is the number of a statement.",
                line=1,
            )
    numbers = {name: int(name) for name in statements}
    if len(set(numbers.values())) != len(numbers):
        raise ExportError(
            "The first line names a statement twice.", fix="Remove one of the two columns.", line=1
        )
    return numbers


def _counts(votes: Mapping[int, int]) -> dict[str, int]:
    given = list(votes.values())
    return {
        "n-votes": given.count(AGREE) + given.count(PASS) + given.count(DISAGREE),
        "n-agree": given.count(AGREE),
        "n-disagree": given.count(DISAGREE),
    }


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ExportError("The file is stored as UTF-16.", fix="Save it as UTF-8.", line=1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(
            f"Byte {error.start + 1} of the file is not UTF-8.",
            fix="Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
            line=content.count(b"\n", 0, error.start) + 1,
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExportError("The line holds a NUL character.", fix="Remove it.", line=line)
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, cells) of each record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells and any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ExportError(
            f"What begins here cannot be read as CSV ({error}).",
            fix="Check that each quotation mark is closed, and written twice inside of quoted text.",
            line=begins,
        ) from None


def _written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _in_words(at_ms: int) -> str:
    """Return a time as the exports have it, "Sun Aug 13 14:16:45 UTC 2017", in English whatever the machine speaks."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d %H:%M:%S} UTC {at.year:04d}"


def _with_guard(text: str) -> str:
    # Python's csv does not quote a lone carriage return when lines end in a line feed.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def _without_guard(text: str) -> str:
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")
