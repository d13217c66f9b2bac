"""Write elections as `.pb` files."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence

from budgeting.counting.election import POINT_TYPES, Election
from budgeting.counting.money import format_amount
from budgeting.counting.pabulib.tables import SECTIONS, PabulibError, PabulibTables, ParsedFile, Row

_LONG = 40
_ODD = re.compile('["\\r\\n\\0]')


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


def _write_section(out: io.StringIO, name: str, columns: Row, rows: Iterable[Row]) -> None:
    out.write(f"{name}\n")
    for row in (columns, *rows):
        if len(row) != len(columns):
            raise PabulibError(
                f"A row of {name} has {len(row)} cells for {len(columns)} columns.",
                fix="Give every column a cell.",
            )
        line = ";".join(row)
        if _ODD.search(line) or line.count(";") >= len(row):
            line = ";".join(_quoted(cell) for cell in row)
        if len(line) < _LONG and (line.strip().upper() in SECTIONS or not line.strip()):
            line = '"' + line + '"'
        out.write(line + "\n")


def _quoted(cell: str) -> str:
    if "\0" in cell:
        raise PabulibError("A cell holds a NUL character.", fix="Remove it and write the file again.")
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if any(mark in cell for mark in ';"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


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
