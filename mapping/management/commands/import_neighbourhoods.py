"""Brings the city's neighbourhoods in, with their outlines and their people."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mapping.domain.bringing_in import MAX_BYTES, read_file
from mapping.domain.neighbourhoods_import import People, import_neighbourhoods
from mapping.management.commands.import_places import pairs
from participation.foundation.errors import Refused
from participation.models import Neighbourhood


class Command(BaseCommand):
    help = (
        "Bring the neighbourhoods of FILE (GeoJSON, GeoPackage, KML, zipped shapefile) in: all of them or none. They are found "
        "again by their name; none is ever deleted. "
        "Exit codes: 0 brought in (or, with --dry-run, could be), 1 refused (the sentence names feature or line and the fix), "
        "2 wrong options. Hamburg: import_neighbourhoods hamburg-quarters.geojson --dissolve --population "
        "stadtteilprofile-2014.csv --group '0-17=Unter 18-Jährige' --group '65+=65-Jährige und Ältere' --total Bevölkerung "
        "--rest 18-64"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--name-column", default="name", metavar="COLUMN", help="which column holds the names"
        )
        parser.add_argument("--key-column", default="", metavar="COLUMN", help="what addresses are made of")
        parser.add_argument(
            "--dissolve", action="store_true", help="make one neighbourhood of features of one name"
        )
        parser.add_argument(
            "--crs", default="", metavar="EPSG:NNNN", help="system of a file that does not name its own"
        )
        parser.add_argument("--sheet", default="", metavar="LAYER", help="layer of a GeoPackage")
        parser.add_argument(
            "--population", type=Path, metavar="FILE", help="table of people, the names in its first column"
        )
        parser.add_argument(
            "--group",
            action="append",
            default=[],
            metavar="GROUP=COLUMN",
            help="a group of people, for example 0-17=Children",
        )
        parser.add_argument("--total", default="", metavar="COLUMN", help="the column of all people")
        parser.add_argument(
            "--rest", default="", metavar="GROUP", help="what the rest of all people is called"
        )
        parser.add_argument("--decimal", default=",", choices=[",", "."], help="the sign before decimals")
        parser.add_argument(
            "--merge",
            action="store_true",
            help="make one neighbourhood of those that the table of people counts together",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args, **options):
        path: Path = options["file"]
        people = None
        if options["population"] is not None:
            people = People(
                text=_read(options["population"]).decode("utf-8-sig", errors="replace"),
                groups=pairs(options["group"], "--group GROUP=COLUMN"),
                total=options["total"],
                rest=options["rest"],
                decimal=options["decimal"],
            )
        try:
            report = import_neighbourhoods(
                read_file(_read(path), path.name, sheet=options["sheet"], crs=options["crs"]),
                name_column=options["name_column"],
                key_column=options["key_column"],
                dissolve=options["dissolve"],
                people=people,
                merge_counted_together=options["merge"],
                dry_run=options["dry_run"],
            )
        except Refused as refusal:
            raise CommandError(f"{path.name}: {refusal.message} Nothing was brought in.") from refusal
        self._tell(report)
        self.stdout.write(
            ("Would be brought in: " if options["dry_run"] else "Brought in: ")
            + f"{len(report.new)} new, {len(report.changed)} changed, {len(report.unchanged)} unchanged; "
            + f"{report.places_moved} places moved; "
            + f"{sum(hood.inhabitants for hood in Neighbourhood.objects.all()):,} people in all"
        )

    def _tell(self, report) -> None:
        for words, names in (
            ("Outline repaired", report.repaired),
            ("Not in the file, left as it is", report.not_in_file),
        ):
            for name in names:
                self.stderr.write(f"{words}: {name}")
        if report.people is None:
            return
        for name in report.people.unmatched_areas:
            self.stderr.write(f"Without people: {name}")
        for name, parts in report.people.merged.items():
            self.stderr.write(f"Counted together as “{name}”: {', '.join(parts)} (--merge makes them one)")
        for words, names in (
            ("Name stands twice in the table of people, the first counts", report.people.repeated),
            ("In the table of people alone", report.people.unmatched_rows),
        ):
            for name in names:
                self.stderr.write(f"{words}: {name}")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} could not be opened: {error.strerror}.") from error
