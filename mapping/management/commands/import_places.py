"""Brings a file of places into the map, or says what that would do."""

import hashlib
from collections import Counter
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from mapping.domain.bringing_in import (
    MAX_BYTES,
    Reading,
    bring_in,
    guess,
    look_over,
    read_file,
    report_of,
    sentences,
)
from mapping.models import PlaceImport, PlaceSource
from mapping.queries.bringing_in import kind_named, source_named
from participation.foundation.errors import Invalid, Refused


class Command(BaseCommand):
    help = (
        "Bring the places of FILE (CSV, XLSX, GeoJSON, GeoPackage, KML, zipped shapefile, Overpass JSON) into the map: all of "
        "them or none. Places of the same source are found again by their number, so a file can come again and again. "
        "Exit codes: 0 brought in (or, with --dry-run, could be), 1 refused (the sentence names line and fix), 2 wrong options."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--source", required=True, metavar="NAME", help="whom the list comes from; made if it is new"
        )
        parser.add_argument(
            "--attribution", default="", help="what must be said of a new source, like © City of …"
        )
        parser.add_argument("--licence-url", default="", help="where the licence of a new source stands")
        parser.add_argument(
            "--category", metavar="SLUG", help="the kind of all places without a known one of their own"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="TARGET=COLUMN",
            help="which column holds what, where the headings do not tell (an empty column leaves it out)",
        )
        parser.add_argument(
            "--kind",
            action="append",
            default=[],
            metavar="WORD=SLUG",
            help="which kind of place a word in the column of kinds stands for",
        )
        parser.add_argument("--crs", default="", metavar="EPSG:NNNN", help="system of positions in metres")
        parser.add_argument("--sheet", default="", help="sheet of a workbook or layer of a GeoPackage")
        parser.add_argument(
            "--close-gone",
            action="store_true",
            help="close places of the source that are not in the file any more",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="let the file win where people changed the same thing here",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args, **options):
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} could not be opened: {error.strerror}.") from error
        try:
            table = read_file(content, path.name, sheet=options["sheet"], crs=options["crs"])
            for note in table.notes:
                where = f"line {note.line}: " if note.line else ""
                self.stderr.write(f"{path.name}: {where}{note.words}")
            columns = guess(table) | pairs(options["map"], "--map TARGET=COLUMN")
            reading = Reading(
                columns={target: column for target, column in columns.items() if column},
                category=_kind(options["category"]).pk if options["category"] else None,
                categories={
                    word: _kind(slug).pk for word, slug in pairs(options["kind"], "--kind WORD=SLUG").items()
                },
                crs=options["crs"],
                sheet=options["sheet"],
                closes_gone=options["close_gone"],
                overwrites=options["overwrite"],
            )
            self.stdout.write(
                f"{path.name}: {table.format}, {len(table)} rows"
                + (f", {table.crs_found}" if table.crs_found else "")
                + "; "
                + ", ".join(f"{target}={column}" for target, column in reading.columns.items())
            )
            source = _source(options)
            if options["dry_run"]:
                plan = look_over(table, reading=reading, source=source)[1]
            else:
                to = PlaceImport(file_name=path.name[:200], file_sha256=hashlib.sha256(content).hexdigest())
                with transaction.atomic():
                    source.save()
                    to.source = source
                    plan = bring_in(table, reading=reading, to=to)
        except Refused as refusal:
            raise CommandError(f"{path.name}: {refusal.message}") from refusal
        self._tell(path.name, plan)
        counts = Counter(plan.counts())
        said = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        self.stdout.write(
            ("Would be brought in: " if options["dry_run"] else "Brought in: ") + (said or "nothing")
        )
        if options["dry_run"] and counts["wrong"]:
            raise CommandError(
                f"{path.name}: {counts['wrong']} lines are wrong, so nothing could be brought in."
            )

    def _tell(self, name: str, plan) -> None:
        for line in report_of(plan, every_row=False)["rows"]:
            where = f"line {line['line']}" if "line" in line else f"place {line.get('place')}"
            for sentence in sentences(line) or [line["state"]]:
                self.stderr.write(f"{name}: {where} ({line['name']}): {line['state']}: {sentence}")


def pairs(given: list[str], form: str) -> dict[str, str]:
    wrong = [pair for pair in given if "=" not in pair]
    if wrong:
        raise CommandError(f"“{wrong[0]}” is not of the form {form}.", returncode=2)
    return {key.strip(): value.strip() for key, _equals, value in (pair.partition("=") for pair in given)}


def _kind(slug: str):
    kind = kind_named(slug)
    if kind is None:
        raise CommandError(
            f"There is no kind of place “{slug}”. Make it in the admin first, or give another.", returncode=2
        )
    return kind


def _source(options) -> PlaceSource:
    """Return the source of this name; a new one is not saved yet."""
    found = source_named(options["source"])
    if found is not None:
        return found
    source = PlaceSource(
        name=options["source"],
        slug=slugify(options["source"])[:80] or "source",
        attribution=options["attribution"],
        licence_url=options["licence_url"],
    )
    try:
        source.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="source") from error
    return source
