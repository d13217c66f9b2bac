"""Turns a Pabulib file of a real election into a finished budget that can be browsed, recounted and exported again."""

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from budgeting.counting import PabulibError, ParsedFile, read_pabulib, rule_for
from budgeting.counting.money import parse_amount
from budgeting.domain.box import append_event, digest_of
from budgeting.domain.count import count_areas
from budgeting.domain.election_file import BALLOT_COLUMNS, CENTS
from budgeting.domain.gate import GateReport
from budgeting.domain.publish import open_result
from budgeting.enums import BallotStyle, BoxEvent, Channel, CountingRule, PhaseKind
from budgeting.models import (
    Area,
    Ballot,
    BallotBox,
    BallotLine,
    ParticipatoryBudget,
    Phase,
    Project,
)
from participation.foundation import audit
from participation.foundation.errors import Conflict, Invalid
from participation.foundation.geometry import clean_coordinate
from participation.foundation.text import clean_line

BATCH = 2_000
_MAX_CODE = 60
_MAX_CHOICES = 500
_STYLES = {
    "approval": BallotStyle.APPROVAL,
    "choose-1": BallotStyle.APPROVAL,
    "cumulative": BallotStyle.POINTS,
    "scoring": BallotStyle.POINTS,
    "ordinal": BallotStyle.RANKING,
}


@dataclass(frozen=True, slots=True)
class ImportedElection:
    """What came of an import: the page, how much it holds, what looked odd, and our winners beside the official ones."""

    budget: ParticipatoryBudget
    projects: int
    ballots: int
    warnings: tuple[str, ...]
    gate: GateReport
    comparison: str


def import_election(
    content: bytes, *, parent: Page, slug: str = "", by=None, tell: Callable[[str], None] = lambda line: None
) -> ImportedElection:
    """Make a finished budget below `parent` from the bytes of a `.pb` file: all of it or nothing.

    Money becomes whole cents. The ballots are counted under the file's own rule (official) and under equal shares, from the
    file that is published, that is after the gate. `tell` gets a line of progress now and then.
    Raises Invalid (field `file`; details line, column, fix) for a file that cannot be taken, Conflict for a taken slug.
    """
    try:
        parsed = read_pabulib(content)
        election = _Checked(parsed, content)
    except PabulibError as error:
        raise Invalid(
            str(error), field="file", details={"line": error.line, "column": error.column, "fix": error.fix}
        ) from error
    tell(_("Read %(ballots)d ballots and %(projects)d projects.") % election.size)
    with transaction.atomic():
        budget = _page(election, parent, slug)
        area = _area(election, budget)
        projects = _projects(election, budget, area)
        box = _box(election, budget, area, projects)
        stored = 0
        for batch in _batches(_ballots(election, box, area, projects), BATCH):
            Ballot.objects.bulk_create([ballot for ballot, _lines in batch])
            BallotLine.objects.bulk_create(
                [line for _ballot, lines in batch for line in lines], batch_size=BATCH * 2
            )
            stored += len(batch)
            if stored % (BATCH * 5) == 0:
                tell(_("Stored %(stored)d of %(ballots)d ballots.") % {"stored": stored, **election.size})
        size = election.size
        warnings = tuple(str(warning) for warning in parsed.warnings)
        del parsed, election, content
        _seal(box, size["ballots"])
        tell(_("Counting."))
        reports = count_areas(box, with_official=True)
        open_result(box)
        audit.record(
            "budgeting.import_election", budget, by=by, ballots=size["ballots"], box=str(box.public_id)
        )
    comparison = box.counts.filter(is_official=True).values_list("comparison", flat=True).get()
    return ImportedElection(
        budget, size["projects"], size["ballots"], warnings, reports[0], comparison["official"]["sentence"]
    )


class _Checked:
    """A file that was read and that our database can hold; money in cents, dates as moments."""

    def __init__(self, parsed: ParsedFile, content: bytes) -> None:
        self.parsed = parsed
        self.election = parsed.election
        self.meta = {key: value.strip() for key, value in parsed.tables.meta}
        self.content = content
        self.currency = self._currency()
        self.amount_cents = self._cents("budget", self.meta["budget"], self._meta_line("budget"))
        self.costs_cents = self._costs()
        self._codes()
        self.opens_at, self.closes_at = self._dates()
        self.spec = rule_for(dict(self.election.meta)).spec
        self.content = b""

    @property
    def size(self) -> dict[str, int]:
        return {"projects": len(self.election.projects), "ballots": len(self.parsed.tables.vote_rows)}

    @property
    def style(self) -> BallotStyle:
        if "max_sum_cost" in self.meta and self.election.vote_type == "approval":
            return BallotStyle.KNAPSACK
        return _STYLES[self.election.vote_type]

    @property
    def max_choices(self) -> int | None:
        if self.election.vote_type == "choose-1":
            return 1
        text = self.meta.get("max_length", "")
        return int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MAX_CHOICES else None

    @property
    def title(self) -> str:
        parts = [self.meta.get(key, "") for key in ("unit", "subunit", "instance")]
        if not re.search(r"[0-9]{4}", " ".join(parts)):
            parts.append(str(timezone.localtime(self.opens_at).year))
        return clean_line(", ".join(part for part in parts if part))[:255]

    def _currency(self) -> str:
        currency = self.meta.get("currency", "").upper()
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise PabulibError(
                "The currency is not three letters.",
                fix="Write the ISO 4217 code, for example currency;EUR.",
                line=self._meta_line("currency"),
                column="currency",
            )
        return currency

    def _cents(self, column: str, text: str, line: int | None) -> int:
        cents = parse_amount(text.strip()) * CENTS
        if cents.denominator != 1:
            raise PabulibError(
                f"“{text.strip()}” has more than two decimals; money is kept in whole cents.",
                fix="Round the amount to two decimals.",
                line=line,
                column=column,
            )
        return int(cents)

    def _costs(self) -> list[int]:
        tables = self.parsed.tables
        at = tables.project_columns.index("cost")
        if CENTS % self.election.money_scale == 0:
            return [project.cost * CENTS // self.election.money_scale for project in self.election.projects]
        return [
            self._cents("cost", row[at], self._row_line("PROJECTS", project.id))
            for row, project in zip(tables.project_rows, self.election.projects, strict=True)
        ]

    def _codes(self) -> None:
        for project in self.election.projects:
            if len(project.id) > _MAX_CODE:
                raise PabulibError(
                    f"The project id “{project.id[:30]}…” has more than {_MAX_CODE} characters.",
                    fix="Give the project a shorter id.",
                    line=self._row_line("PROJECTS", project.id),
                    column="project_id",
                )

    def _dates(self) -> tuple[dt.datetime, dt.datetime]:
        first, last = self._day("date_begin", last=False), self._day("date_end", last=True)
        today = timezone.localdate()
        if last > today and len(self.meta["date_end"]) == 4 and last.year == today.year:
            last = max(first, today - dt.timedelta(days=1))
        if last < first:
            raise self._bad_date(
                "date_end", "The vote ends before it begins.", "Correct date_begin or date_end."
            )
        if last >= today:
            raise self._bad_date(
                "date_end", "The vote is not over yet.", "Import the file when the vote has ended."
            )
        return _midnight(first), _midnight(last + dt.timedelta(days=1))

    def _day(self, key: str, *, last: bool) -> dt.date:
        text = self.meta.get(key, "")
        if text.isascii() and text.isdigit() and 1900 <= int(text[:9]) <= 9000:
            return dt.date(int(text), 12, 31) if last else dt.date(int(text), 1, 1)
        for form in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                day = dt.datetime.strptime(text, form).date()
            except ValueError:
                continue
            if 1900 <= day.year <= 9000:
                return day
        raise self._bad_date(
            key,
            f"“{text[:40]}” is not a date." if text else "The date is missing.",
            "Write it as DD.MM.YYYY or YYYY.",
        )

    def _bad_date(self, key: str, message: str, fix: str) -> PabulibError:
        return PabulibError(message, fix=fix, line=self._meta_line(key), column=key)

    def _meta_line(self, key: str) -> int | None:
        return self._row_line("META", key)

    def _row_line(self, section: str, first_cell: str) -> int | None:
        """Find the line of a row again by its key or project id, for the words of a refusal."""
        current = ""
        for number, line in enumerate(self.content.decode("utf-8-sig").splitlines(), start=1):
            mark = line.strip().rstrip(";").upper()
            if mark in ("META", "PROJECTS", "VOTES"):
                current = mark
            elif current == section and first_cell in [cell.strip().strip('"') for cell in line.split(";")]:
                return number
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _page(election: _Checked, parent: Page, slug: str) -> ParticipatoryBudget:
    taken = set(parent.get_children().values_list("slug", flat=True))
    if slug and slug in taken:
        raise Conflict(
            _("There is already a page “%(slug)s” there. Choose another --slug.") % {"slug": slug},
            field="slug",
        )
    if not slug:
        stem = slugify(anyascii(election.title))[:80].strip("-") or "election"
        numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        slug = stem if stem not in taken else next(name for name in numbered if name not in taken)
    told = [election.meta.get(key, "") for key in ("description", "comment", "acknowledgments")]
    budget = ParticipatoryBudget(
        title=election.title,
        slug=slug,
        currency=election.currency,
        is_imported=True,
        summary=_("A real election with %(ballots)d ballots and %(projects)d projects, counted again here.")
        % election.size,
        intro=format_html_join("", "<p>{}</p>", ((text,) for text in told if text)),
        how_it_works=format_html(
            "<p>{}</p>",
            _(
                "The ballots come from a public file in the Pabulib format. Nobody can vote, propose or comment here."
            ),
        ),
    )
    try:
        budget.full_clean(exclude=["path", "depth", "url_path", "locale", "translation_key", "numchild"])
    except ValidationError as error:
        raise Invalid(
            "; ".join(error.messages), field=next(iter(getattr(error, "message_dict", {"": 0})))
        ) from error
    parent.add_child(instance=budget)
    Phase.objects.create(
        budget=budget,
        kind=PhaseKind.VOTING,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        sort_order=0,
    )
    return budget


def _area(election: _Checked, budget: ParticipatoryBudget) -> Area:
    name = election.meta.get("subunit") or election.meta.get("unit") or budget.title
    return Area.objects.create(
        budget=budget,
        name=clean_line(name)[:120] or budget.title[:120],
        amount_cents=election.amount_cents,
        ballot_style=election.style,
        max_choices=election.max_choices,
        rule=CountingRule(election.spec.rule),
        sort_order=0,
    )


def _projects(election: _Checked, budget: ParticipatoryBudget, area: Area) -> list[Project]:
    tables = election.parsed.tables
    projects = []
    for project, cost, row in zip(
        election.election.projects, election.costs_cents, tables.project_rows, strict=True
    ):
        cells = dict(zip(tables.project_columns, row, strict=True))
        title = clean_line(project.name)[:500] or _("Project %(code)s") % {"code": project.id}
        summary = clean_line(cells.get("description") or cells.get("category", "").replace(",", ", "))
        latitude, longitude = _point(cells)
        projects.append(
            Project(
                budget=budget,
                area=area,
                code=project.id,
                title=title,
                summary=summary[:300],
                cost_cents=cost,
                latitude=latitude,
                longitude=longitude,
                source=cells,
            )
        )
    return Project.objects.bulk_create(projects)


def _point(cells: dict[str, str]):
    try:
        latitude = clean_coordinate(cells.get("latitude"), limit=90)
        longitude = clean_coordinate(cells.get("longitude"), limit=180)
    except ValidationError:
        return None, None
    return (latitude, longitude) if latitude is not None and longitude is not None else (None, None)


def _box(election: _Checked, budget: ParticipatoryBudget, area: Area, projects: list[Project]) -> BallotBox:
    tables = election.parsed.tables
    rules = {
        "format": 1,
        "budget": {"title": budget.title, "currency": budget.currency},
        "opens_at": election.opens_at.isoformat(),
        "closes_at": election.closes_at.isoformat(),
        "ties": election.spec.ties,
        "tie_seed": election.spec.seed,
        "areas": [
            {
                "id": area.pk,
                "name": area.name,
                "neighbourhood": None,
                "amount_cents": area.amount_cents,
                "ballot_style": str(area.ballot_style),
                "max_choices": area.max_choices,
                "rule": str(area.rule),
                "counting": asdict(election.spec),
                "projects": [
                    {
                        "id": project.pk,
                        "code": project.code,
                        "title": project.title,
                        "cost_cents": project.cost_cents,
                    }
                    for project in projects
                ],
                "source": {
                    "meta": [list(row) for row in tables.meta],
                    "project_columns": list(tables.project_columns),
                    "vote_columns": list(tables.vote_columns),
                },
            }
        ],
    }
    return BallotBox.objects.create(
        budget=budget,
        rules=rules,
        rules_digest=digest_of(rules),
        tie_seed=election.spec.seed,
        frozen_at=timezone.now(),
        opens_at=election.opens_at,
        closes_at=election.closes_at,
    )


def _ballots(
    election: _Checked, box: BallotBox, area: Area, projects: list[Project]
) -> Iterator[tuple[Ballot, list[BallotLine]]]:
    """Yield each ballot of the file with its lines; each different text is read once."""
    tables = election.parsed.tables
    at = {name: position for position, name in enumerate(tables.vote_columns)}
    attributes_at = [(name, position) for name, position in at.items() if name not in BALLOT_COLUMNS]
    points_at = at["points"] if election.style == BallotStyle.POINTS else None
    cast_on = timezone.localdate(box.closes_at - dt.timedelta(microseconds=1))
    by_code = {project.code: project for project in projects}
    read: dict[tuple[str, str], list[tuple[Project, int, int]]] = {}
    known: dict[tuple[str, ...], dict[str, str]] = {}
    for row in tables.vote_rows:
        key = (row[at["vote"]], row[points_at] if points_at is not None else "")
        if key not in read:
            read[key] = _choices(*key, by_code)
        choices = read[key]
        cells = tuple([row[position] for _name, position in attributes_at])
        if cells not in known:
            known[cells] = {name: row[position] for name, position in attributes_at if row[position]}
        ballot = Ballot(
            box=box,
            area=area,
            link_key=secrets.token_hex(16),
            style=election.style,
            channel=Channel.IMPORT,
            total_cents=sum(project.cost_cents for project, _points, _position in choices),
            tracker_digest=secrets.token_hex(32),
            cast_on=cast_on,
            attributes=known[cells],
        )
        yield (
            ballot,
            [
                BallotLine(ballot=ballot, project=project, points=points, position=position)
                for project, points, position in choices
            ],
        )


def _choices(vote: str, points: str, by_code: dict[str, Project]) -> list[tuple[Project, int, int]]:
    """Return (project, points, position from 1) of one ballot; a project named twice stands once with the sum of its points."""
    named = [item.strip() for item in vote.split(",")] if vote.strip() else []
    given = (
        [int(parse_amount(item.strip())) for item in points.split(",")]
        if points.strip()
        else [1] * len(named)
    )
    sums: Counter = Counter()
    for code, value in zip(named, given, strict=True):
        sums[code] += value
    with_points = bool(points.strip())
    return [
        (by_code[code], sums[code] if with_points else 1, position)
        for position, code in enumerate(dict.fromkeys(named), start=1)
    ]


def _batches(items: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(items, size)):
        yield batch


def _seal(box: BallotBox, ballots: int) -> None:
    """Close the box for good; there is no roll, so that who could vote stays unknown."""
    now = timezone.now()
    box.sealed_at = box.secret_destroyed_at = now
    box.participants = ballots
    box.save(update_fields=["sealed_at", "secret_destroyed_at", "participants"])
    append_event(box, BoxEvent.SEALED, now.date(), {"ballots": ballots, "imported": True})
