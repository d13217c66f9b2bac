"""Who has said what to which statement, as a small matrix of bytes that grows as people come and statements are added."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

AGREE = 1
PASS = 0
DISAGREE = -1
VOTES = (AGREE, PASS, DISAGREE)
UNSEEN = 2

Key = int | str
Cells = NDArray[np.int8]
Counts = NDArray[np.int32]
Flags = NDArray[np.bool_]


class VoteError(ValueError):
    """A vote that means nothing; the sentence says what would."""


class VoteMatrix:
    """Votes of people (rows) on statements (columns), each known by any number or text the caller uses for them.

    A later vote of a person on the same statement replaces the earlier one. Taking a vote costs about a microsecond;
    10,000 people and 500 statements take 8 MB.
    """

    def __init__(self) -> None:
        self.people: list[Key] = []
        self.statements: list[Key] = []
        self.changes = 0
        """Grows with everything that may change an analysis."""
        self._rows: dict[Key, int] = {}
        self._columns: dict[Key, int] = {}
        self._cells: Cells = np.full((64, 16), UNSEEN, dtype=np.int8)
        self._seen: Counts = np.zeros(64, dtype=np.int32)
        # Row v counts the votes v of each statement; the last row is therefore both -1 and 2.
        self._tally: Counts = np.zeros((3, 16), dtype=np.int32)
        self._set_aside: Flags = np.zeros(16, dtype=np.bool_)
        self._meta: Flags = np.zeros(16, dtype=np.bool_)

    @property
    def cells(self) -> Cells:
        """Return the matrix (people x statements) of 1 agree, 0 pass, -1 disagree and 2 not seen; do not write to it."""
        return self._cells[: len(self.people), : len(self.statements)]

    @property
    def seen(self) -> Counts:
        """Return for each person on how many statements there is a vote, those set aside included."""
        return self._seen[: len(self.people)]

    @property
    def agreed(self) -> Counts:
        """Return for each statement how many agree."""
        return self._tally[AGREE, : len(self.statements)]

    @property
    def passed(self) -> Counts:
        """Return for each statement how many passed."""
        return self._tally[PASS, : len(self.statements)]

    @property
    def disagreed(self) -> Counts:
        """Return for each statement how many disagree."""
        return self._tally[DISAGREE, : len(self.statements)]

    @property
    def set_aside(self) -> Flags:
        """Return for each statement whether moderation has taken it out."""
        return self._set_aside[: len(self.statements)]

    @property
    def meta(self) -> Flags:
        """Return for each statement whether it asks about the people themselves ("I live in the old town")."""
        return self._meta[: len(self.statements)]

    def take(self, person: Key, statement: Key, vote: int) -> bool:
        """Take a vote (1, 0 or -1) and return whether anything changed; whoever or whatever is new gets a place."""
        if vote not in VOTES:
            raise VoteError(f"A vote is 1 (agree), 0 (pass) or -1 (disagree), not {vote!r}.")
        row = self._rows.get(person)
        if row is None:
            row = self._new_person(person)
        column = self._columns.get(statement)
        if column is None:
            column = self._new_statement(statement)
        before = int(self._cells[row, column])
        if before == vote:
            return False
        if before == UNSEEN:
            self._seen[row] += 1
        else:
            self._tally[before, column] -= 1
        self._tally[vote, column] += 1
        self._cells[row, column] = vote
        self.changes += 1
        return True

    def take_many(self, people: Sequence[Key], statements: Sequence[Key], votes: Sequence[int]) -> None:
        """Take many votes at once, in their order: all of them, or none if one means nothing."""
        values = np.asarray(votes)
        if not len(people) == len(statements) == len(values):
            raise VoteError("Each vote needs one person and one statement.")
        if values.size == 0:
            return
        wrong = ~np.isin(values, VOTES)
        if wrong.any():
            raise VoteError(
                f"A vote is 1 (agree), 0 (pass) or -1 (disagree), not {values[wrong].tolist()[0]!r}."
            )
        for person in dict.fromkeys(people):
            if person not in self._rows:
                self._new_person(person)
        for statement in dict.fromkeys(statements):
            self.add_statement(statement)
        rows = np.fromiter(map(self._rows.__getitem__, people), dtype=np.intp, count=len(people))
        columns = np.fromiter(map(self._columns.__getitem__, statements), dtype=np.intp, count=len(people))
        # Of several values for one cell numpy keeps the last.
        self._cells[rows, columns] = values
        self._count_again()

    def add_statement(self, statement: Key, *, meta: bool = False) -> None:
        """Give a statement a column if it has none; people can then be asked about it."""
        if statement not in self._columns:
            self._new_statement(statement)
            self._meta[self._columns[statement]] = meta

    def put_aside(self, statement: Key) -> None:
        """Leave a statement out of every result, as moderation decided; its votes are kept in case it comes back."""
        self._set_aside[self.column_of(statement)] = True
        self.changes += 1

    def bring_back(self, statement: Key) -> None:
        """Let a statement that was put aside count again."""
        self._set_aside[self.column_of(statement)] = False
        self.changes += 1

    def forget(self, person: Key) -> None:
        """Erase a person with all votes; nothing happens if there are none."""
        row = self._rows.pop(person, None)
        if row is None:
            return
        last = len(self.people) - 1
        moved = self.people.pop()
        if row != last:
            self.people[row] = moved
            self._rows[moved] = row
            self._cells[row] = self._cells[last]
        self._cells[last] = UNSEEN
        self._count_again()

    def votes_of(self, person: Key) -> dict[Key, int]:
        """Return what one person has voted, by statement."""
        row = self._rows.get(person)
        if row is None:
            return {}
        return {
            self.statements[column]: int(self._cells[row, column])
            for column in np.flatnonzero(self.cells[row] != UNSEEN)
        }

    def row_of(self, person: Key) -> int | None:
        """Return a person's row, or None for somebody who has not voted."""
        return self._rows.get(person)

    def column_of(self, statement: Key) -> int:
        """Return a statement's column; VoteError if there is no such statement."""
        column = self._columns.get(statement)
        if column is None:
            raise VoteError(f"There is no statement {statement!r}: add it first.")
        return column

    def rows_of(self, people: Iterable[Key]) -> NDArray[np.intp]:
        """Return the rows of those of these people who are here, in the order of the rows."""
        found = (self._rows.get(person) for person in people)
        return np.array(sorted(row for row in found if row is not None), dtype=np.intp)

    def _new_person(self, person: Key) -> int:
        row = len(self.people)
        if row == len(self._cells):
            self._cells = np.vstack([self._cells, np.full_like(self._cells, UNSEEN)])
            self._seen = np.concatenate([self._seen, np.zeros_like(self._seen)])
        self.people.append(person)
        self._rows[person] = row
        return row

    def _new_statement(self, statement: Key) -> int:
        column = len(self.statements)
        if column == self._cells.shape[1]:
            self._cells = np.hstack([self._cells, np.full_like(self._cells, UNSEEN)])
            self._tally = np.hstack([self._tally, np.zeros_like(self._tally)])
            self._set_aside = np.concatenate([self._set_aside, np.zeros_like(self._set_aside)])
            self._meta = np.concatenate([self._meta, np.zeros_like(self._meta)])
        self.statements.append(statement)
        self._columns[statement] = column
        self.changes += 1
        return column

    def _count_again(self) -> None:
        self.changes += 1
        cells = self.cells
        self._seen[:] = 0
        self._seen[: len(self.people)] = (cells != UNSEEN).sum(axis=1, dtype=np.int32)
        for vote in VOTES:
            self._tally[vote, : len(self.statements)] = (cells == vote).sum(axis=0, dtype=np.int32)
