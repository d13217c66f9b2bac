"""Read an election from a `.pb` file, and say what looks odd in it."""

import io
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import BinaryIO

import numpy as np

from budgeting.counting.election import VOTE_TYPES, Election, Project
from budgeting.counting.money import parse_amount, scale_for
from budgeting.counting.pabulib.amounts import Amounts
from budgeting.counting.pabulib.ballots import BallotReader
from budgeting.counting.pabulib.sections import Sections, read_sections
from budgeting.counting.pabulib.tables import PabulibError, PabulibTables, ParsedFile, Rows, short


def read_pabulib(source: str | bytes | Path | BinaryIO) -> ParsedFile:
    """Read an election from a path, the bytes or the text of a file, or a stream open for reading bytes.

    A `str` that holds a line break is the text itself, any other `str` is a path.
    Raises PabulibError for a file that cannot be read as an election, OSError for a path that cannot be opened.
    """
    if isinstance(source, Path) or (isinstance(source, str) and "\n" not in source and "\r" not in source):
        with open(source, "rb") as stream:
            return _assemble(read_sections(stream))
    if isinstance(source, str):
        try:
            source = source.encode()
        except UnicodeEncodeError as error:
            raise PabulibError("The text holds half a character.", fix="Save it again as UTF-8.") from error
    if isinstance(source, bytes):
        return _assemble(read_sections(io.BytesIO(source)))
    return _assemble(read_sections(source))


def _assemble(sections: Sections) -> ParsedFile:
    vote_type = _vote_type(sections)
    amounts = Amounts(sections)
    budget = amounts.meta("budget")
    if budget is None:
        raise PabulibError("META has no budget.", fix="Add a line budget;… to META.", column="budget")
    if not budget:
        raise PabulibError(
            "The budget is zero.",
            fix="Give the money to spend.",
            line=sections.meta_lines["budget"],
            column="budget",
        )
    if not sections.project_rows:
        raise PabulibError(
            "The section PROJECTS is empty.", fix="Add a row for each project.", column="project_id"
        )
    costs = amounts.costs()
    scale = scale_for([budget, *costs])
    projects = _projects(sections, [int(cost * scale) for cost in costs])
    ballots = BallotReader(sections, vote_type, projects).read()
    election = Election(
        projects=projects,
        ballots=ballots,
        budget=int(budget * scale),
        money_scale=scale,
        vote_type=vote_type,
        meta=tuple((key, value.strip()) for key, value in sections.meta.items()),
    )
    _check(sections, election, amounts)
    tables = PabulibTables(
        meta=tuple(sections.meta.items()),
        project_columns=sections.project_columns,
        project_rows=tuple(sections.project_rows),
        vote_columns=sections.vote_columns,
        vote_rows=Rows(sections.votes),
    )
    return ParsedFile(election, tables, sections.collected_warnings())


def _vote_type(sections: Sections) -> str:
    vote_type = sections.meta.get("vote_type", "").strip().lower()
    if vote_type not in VOTE_TYPES:
        raise PabulibError(
            f"The vote type {short(vote_type)} is not known." if vote_type else "META has no vote_type.",
            fix=f"Write vote_type; and one of {', '.join(VOTE_TYPES)}.",
            line=sections.meta_lines.get("vote_type"),
            column="vote_type",
        )
    if vote_type in ("cumulative", "scoring") and "points" not in sections.vote_columns:
        raise PabulibError(
            f"Ballots of the type {vote_type} need a column points.",
            fix="Add the column points to VOTES, or write vote_type;approval.",
            column="points",
        )
    return vote_type


def _projects(sections: Sections, costs: list[int]) -> tuple[Project, ...]:
    columns = sections.project_columns
    id_at, name_at = columns.index("project_id"), columns.index("name") if "name" in columns else -1
    rest = [(at, name) for at, name in enumerate(columns) if name not in ("project_id", "cost", "name")]
    seen: dict[str, int] = {}
    projects = []
    for row, line, cost in zip(sections.project_rows, sections.project_lines, costs, strict=True):
        project_id = row[id_at].strip()
        if not project_id or "," in project_id:
            raise PabulibError(
                f"The project id {short(project_id)} holds a comma."
                if project_id
                else "The project has no id.",
                fix="Give each project an id without commas.",
                line=line,
                column="project_id",
            )
        if project_id in seen:
            raise PabulibError(
                f"The project id {short(project_id)} was already used on line {seen[project_id]}.",
                fix="Give each project a different id.",
                line=line,
                column="project_id",
            )
        seen[project_id] = line
        if cost == 0:
            sections.warn("The project costs nothing; it wins as soon as somebody supports it.", line, "cost")
        name = row[name_at].strip() if name_at >= 0 else ""
        projects.append(Project(project_id, cost, name, tuple((key, row[at]) for at, key in rest)))
    return tuple(projects)


def _check(sections: Sections, election: Election, amounts: Amounts) -> None:
    """Warn where the file contradicts itself."""
    for key, found in (("num_projects", len(election.projects)), ("num_votes", sections.num_votes)):
        stated = amounts.whole(key)
        if stated is not None and stated != found:
            sections.warn(f"{key} says {stated}, the file has {found}.", sections.meta_lines[key], key)
    if "rule" not in sections.meta:
        sections.warn("META names no rule; it was taken as unknown.", column="rule")
    if not sections.num_votes:
        sections.warn("The file has no ballots.")
    doubled = any("names a project twice" in message for message, _ in sections.warnings)
    for column, counted in (("votes", election.votes), ("score", election.scores)):
        if column not in sections.project_columns:
            continue
        at = sections.project_columns.index(column)
        for row, line, found in zip(sections.project_rows, sections.project_lines, counted, strict=True):
            if row[at].strip() and _number(row[at].strip()) != found and not (doubled and column == "votes"):
                sections.warn(
                    f"{column} says {short(row[at].strip())}, the ballots give {found}.", line, column
                )
    for project, line in zip(election.projects, sections.project_lines, strict=True):
        if project.cost > election.budget:
            sections.warn("The project costs more than the whole budget and cannot win.", line, "cost")
    _check_sums(sections, election, amounts)


def _number(text: str) -> Fraction | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _check_sums(sections: Sections, election: Election, amounts: Amounts) -> None:
    try:
        least, most = amounts.meta("min_sum_cost"), amounts.meta("max_sum_cost")
    except PabulibError as error:
        sections.warn(
            "min_sum_cost or max_sum_cost is not an amount and was ignored.", error.line, error.column
        )
        return
    if least is None and most is None:
        return
    costs = [project.cost for project in election.projects]
    # Whole numbers of any size: a sum of costs may exceed 64 bits, though never in a real file.
    totals = election.ballots.sums(np.array(costs, dtype=object if sum(costs) >= 2**62 else np.int64))
    most_units = None if most is None else floor(most * election.money_scale)
    least_units = None if least is None else ceil(least * election.money_scale)
    beyond = np.zeros(len(totals), dtype=np.bool_)
    if most_units is not None:
        beyond |= totals > most_units
    if least_units is not None:
        beyond |= totals < least_units
    outside = int(election.ballots.counts[beyond].sum())
    if outside:
        sections.warn(
            f"{outside} ballots name projects that cost less or more together than allowed; they were counted."
        )
