"""Writes the published places, or some of them, to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from mapping.exports import FORMATS, export_places
from mapping.forms.search import PlaceSearchForm
from mapping.queries.places import place_index
from mapping.queries.places_page import choices
from participation.foundation.errors import Refused


class Command(BaseCommand):
    help = (
        "Write the published places to FILE; its ending says in which format: " + ", ".join(FORMATS) + ". "
        "Exit codes: 0 written, 1 refused, 2 wrong options."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--search",
            default="",
            metavar="QUERY",
            help="the query of a list's address, for example “category=library&open=sunday”",
        )

    def handle(self, *args, **options):
        path: Path = options["file"]
        format = path.suffix.removeprefix(".").lower()
        if format not in FORMATS:
            raise CommandError(f"{path} should end in one of: {', '.join(FORMATS)}.", returncode=2)
        index = place_index()
        form = PlaceSearchForm(QueryDict(options["search"]), choices=choices(index))
        if wrong := form.nonsense():
            raise CommandError("; ".join(f"{name}: {words}" for name, words in wrong.items()), returncode=2)
        ids = index.ids_of(index.find(form.search(), near=form.seen_from))
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                export_places(ids, format, file)
            part.replace(path)
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"{path}: {len(ids)} places, {path.stat().st_size} bytes.")
