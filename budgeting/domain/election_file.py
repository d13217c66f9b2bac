"""Makes the files that are published: ballots through the gate, trackers, outcomes; each stored once, byte for byte."""

import datetime as dt
import gzip
import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from anyascii import anyascii
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from budgeting.counting.money import format_amount
from budgeting.counting.pabulib import PabulibTables, write_pabulib
from budgeting.domain.counting_rule import area_rules, spec_of
from budgeting.domain.gate import GateReport, publication_gate
from budgeting.enums import BallotStyle, FileKind
from budgeting.models import Area, BallotBox, ElectionFile, Project
from budgeting.queries.election_file import ballots_to_publish, trackers_to_publish

VOTE_TYPES = {
    BallotStyle.APPROVAL: "approval",
    BallotStyle.KNAPSACK: "approval",
    BallotStyle.POINTS: "cumulative",
    BallotStyle.RANKING: "ordinal",
}
CENTS = 100
# Columns of VOTES that a ballot itself holds; everything else in an imported file is said of the voter.
BALLOT_COLUMNS = ("voter_id", "vote", "points")


@dataclass(frozen=True, slots=True)
class BallotsFile:
    """The published ballots of one area, and what the gate did to them."""

    content: bytes
    report: GateReport


def ballots_file(box: BallotBox, area: Area) -> BallotsFile:
    """Return the sealed ballots of an area as a Pabulib file.

    Voters get fresh numbers after the ballots are sorted by their content, so neither number nor order tells who cast a
    ballot or when; the same ballots always give the same bytes. Costs and projects are the frozen ones. Ballots of our own
    carry nothing about the voter; attributes of an imported file pass the gate.
    """
    frozen = area_rules(box, area)
    source = frozen.get("source")
    style = BallotStyle(frozen["ballot_style"])
    rows = _project_rows(box, area, frozen)
    place = {pk: number for number, (pk, _code, _cells) in enumerate(rows)}
    codes = [code for _pk, code, _cells in rows]
    columns = tuple(name for name in source["vote_columns"] if name not in BALLOT_COLUMNS) if source else ()
    with_points = "points" in (source["vote_columns"] if source else ()) or style == BallotStyle.POINTS
    groups: Counter = Counter()
    named: Counter = Counter()
    points_given: Counter = Counter()
    for attributes, lines in ballots_to_publish(box, area):
        if style != BallotStyle.RANKING:
            lines.sort(key=lambda line: place[line[0]])
        for project, given in lines:
            named[project] += 1
            points_given[project] += given
        vote = ",".join([codes[place[project]] for project, _given in lines])
        points = ",".join([str(given) for _project, given in lines]) if style == BallotStyle.POINTS else ""
        groups[tuple([attributes.get(name, "") for name in columns]), (vote, points)] += 1
    report = publication_gate(columns, groups)
    published: Counter = Counter()
    for (cells, choices), count in groups.items():
        published[choices, report.recode[cells]] += count
    vote_columns = ("voter_id", "vote", *(("points",) if with_points else ()), *report.columns_out)
    vote_rows: list[tuple[str, ...]] = []
    for (vote, points), cells in sorted(published):
        rest = (vote, *((points,) if with_points else ()), *cells)
        vote_rows += [
            (str(len(vote_rows) + number), *rest) for number in range(1, published[(vote, points), cells] + 1)
        ]
    if source:
        meta = tuple((key, value) for key, value in source["meta"])
        project_columns = tuple(source["project_columns"])
        project_rows = tuple(cells for _pk, _code, cells in rows)
    else:
        meta = tuple(_meta(box, area, frozen, projects=len(rows), votes=len(vote_rows)).items())
        extra = ("votes", "score") if style in (BallotStyle.POINTS,) else ("votes",)
        project_columns = ("project_id", "cost", *extra, "name")
        project_rows = tuple(
            (*cells[:2], str(named[pk]), *((str(points_given[pk]),) if "score" in extra else ()), cells[2])
            for pk, _code, cells in rows
        )
    tables = PabulibTables(meta, project_columns, project_rows, vote_columns, tuple(vote_rows))
    return BallotsFile(write_pabulib(tables), report)


def _project_rows(box: BallotBox, area: Area, frozen: dict) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return (pk, code, cells) of each project: an imported file's own rows, else code, frozen cost and title by code."""
    if source := frozen.get("source"):
        imported = Project.objects.filter(area=area).order_by("pk").values_list("pk", "code", "source")
        return [
            (pk, code, tuple([cells.get(name, "") for name in source["project_columns"]]))
            for pk, code, cells in imported
        ]
    projects = sorted(frozen["projects"], key=lambda project: natural(project["code"]))
    return [
        (
            project["id"],
            project["code"],
            (project["code"], format_amount(project["cost_cents"], CENTS), project["title"]),
        )
        for project in projects
    ]


def natural(code: str) -> list:
    """Return a key that sorts A2 before A10."""
    return [
        (int(part), "") if part.isascii() and part.isdigit() else (-1, part)
        for part in re.split(r"([0-9]+)", code)
        if part
    ]


def _meta(box: BallotBox, area: Area, frozen: dict, *, projects: int, votes: int) -> dict[str, str]:
    """Return META of our own election; `count_...` keys hold the whole rule, so that the file alone can be counted."""
    spec = spec_of(box, area)
    first = timezone.localtime(box.opens_at)
    last = timezone.localtime(box.closes_at - dt.timedelta(microseconds=1))
    meta = {
        "description": _line(box.budget.title),
        "country": "",
        "unit": _line(settings.WAGTAIL_SITE_NAME),
        "subunit": _line(frozen["name"]) if frozen.get("neighbourhood") else "",
        "instance": str(first.year),
        "num_projects": str(projects),
        "num_votes": str(votes),
        "budget": format_amount(frozen["amount_cents"], CENTS),
        "vote_type": VOTE_TYPES[BallotStyle(frozen["ballot_style"])],
        "rule": "greedy" if spec.rule == "greedy" else "equalshares/add1",
        "date_begin": f"{first:%d.%m.%Y}",
        "date_end": f"{last:%d.%m.%Y}",
        "currency": box.rules["budget"]["currency"],
        "min_length": "1",
    }
    if frozen.get("max_choices"):
        meta["max_length"] = str(frozen["max_choices"])
    if frozen["ballot_style"] == BallotStyle.KNAPSACK:
        meta["max_sum_cost"] = meta["budget"]
    return meta | {
        "count_rule": spec.rule,
        "count_utility": spec.utility,
        "count_completion": spec.completion,
        "count_ties": spec.ties,
        "count_seed": spec.seed,
        "count_threshold": str(spec.threshold),
        "rules_digest": box.rules_digest,
    }


def _line(text: str) -> str:
    return " ".join(text.split())


def trackers_file(box: BallotBox) -> bytes:
    """Return the SHA-256 digests of the trackers on all receipts that count, sorted, one a line.

    It proves that a ballot is in the count, and never what it says: nothing joins these lines to the ballots.
    """
    return "".join(f"{digest}\n" for digest in trackers_to_publish(box)).encode()


def file_stem(box: BallotBox, area: Area | None = None) -> str:
    """Return the start of a file's name: the page's slug, and the area where there are several."""
    stem = slugify(box.budget.slug)[:60] or "budget"
    areas = box.rules["areas"]
    if area is None or len(areas) == 1:
        return stem
    number = [frozen["id"] for frozen in areas].index(area.pk) + 1
    return f"{stem}-{number}-{slugify(anyascii(area.name))[:40]}".rstrip("-")


def store_file(
    box: BallotBox, *, kind: FileKind, name: str, content: bytes, area: Area | None = None
) -> ElectionFile:
    """Store bytes under a name that is not taken yet; the same bytes always compress to the same bytes."""
    return ElectionFile.objects.create(
        box=box,
        area=area,
        kind=kind,
        name=name,
        content_gzip=gzip.compress(content, compresslevel=6, mtime=0),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def content_of(file: ElectionFile) -> bytes:
    """Return the bytes of a stored file."""
    return gzip.decompress(file.content_gzip)
