"""Who voted how, by what the file says of the voters: area, age band, sex, way of voting."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.pabulib import PabulibTables, ParsedFile, read_pabulib, write_pabulib

BALLOT_COLUMNS = ("voter_id", "vote", "points")
_MOST_LABELS = 40

VotersByLabel = Mapping[str, Mapping[str, NDArray[np.int64]]]


def voters_by_label(parsed: ParsedFile) -> dict[str, dict[str, NDArray[np.int64]]]:
    """Return {column: {label: number of voters with it in each ballot group of the election}}.

    Columns with more than 40 different labels, such as exact ages, are left out: they tell of people, not of groups.
    """
    tables, election = parsed.tables, parsed.election
    place = {(ballot.projects, ballot.points): at for at, ballot in enumerate(election.ballots)}
    found = {}
    for at, column in enumerate(tables.vote_columns):
        if column in BALLOT_COLUMNS:
            continue
        rows: dict[str, list[tuple[str, ...]]] = {}
        for row in tables.vote_rows:
            rows.setdefault(row[at].strip(), []).append(row)
        if 1 < len(rows) <= _MOST_LABELS:
            found[column] = {label: _voters(tables, some, place) for label, some in sorted(rows.items())}
    return found


def _voters(
    tables: PabulibTables,
    rows: list[tuple[str, ...]],
    place: Mapping[tuple[tuple[int, ...], tuple[int, ...]], int],
) -> NDArray[np.int64]:
    """Return how many of these rows are in each ballot group: the rows alone are read like a file of their own."""
    alone = PabulibTables(
        tables.meta, tables.project_columns, tables.project_rows, tables.vote_columns, tuple(rows)
    )
    counts = np.zeros(len(place), dtype=np.int64)
    for ballot in read_pabulib(write_pabulib(alone)).election.ballots:
        counts[place[ballot.projects, ballot.points]] += ballot.count
    return counts
