"""Makes a finished, browsable budget of a real election in the Pabulib format."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budgeting.domain.election_import import import_election
from budgeting.queries.pages import page_at
from participation.foundation.errors import Refused


class Command(BaseCommand):
    help = (
        "Import FILE.pb as a finished budget: projects, ballots, a count under the file's own rule and one under equal "
        "shares, with a line that compares our winners with the official ones. All of it or nothing. "
        "Exit codes: 0 imported, 1 refused (the sentence names the line and the fix), 2 wrong options."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.pb", type=Path)
        parser.add_argument(
            "--parent", default="/", metavar="PATH", help="page under which it goes (default: the home page)"
        )
        parser.add_argument(
            "--slug", default="", help="last part of the address (default: made from city and year)"
        )

    def handle(self, *args, **options):
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} could not be opened: {error.strerror}.") from error
        try:
            parent = page_at(options["parent"])
            made = import_election(content, parent=parent, slug=options["slug"], tell=self._tell)
        except Refused as refusal:
            raise CommandError(
                f"{options['file'].name}: {refusal.message} Nothing was imported."
            ) from refusal
        for warning in made.warnings:
            self._tell(f"{options['file'].name}: {warning}")
        for sentence in made.gate.sentences():
            self._tell(sentence)
        self.stdout.write(f"{made.budget.title}: {made.projects} projects, {made.ballots} ballots.")
        self.stdout.write(made.comparison)
        self.stdout.write(made.budget.url or f"page {made.budget.pk}")

    def _tell(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)
