"""Gives the ballots of a published budget back as a Pabulib file, through the gate that protects voters."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budgeting.domain.election_export import export_election
from budgeting.queries.box import box_of
from budgeting.queries.pages import budget_at
from participation.foundation.errors import Refused


class Command(BaseCommand):
    help = (
        "Export a published budget as a Pabulib file. What is said of the voters is made coarser or left out until nobody "
        "can be recognised; the report goes to standard error. Exit codes: 0 exported, 1 refused, 2 wrong options."
    )

    def add_arguments(self, parser):
        parser.add_argument("page", metavar="PAGE", help="number or path of the budget's page")
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="write there instead of standard output"
        )
        parser.add_argument("--area", type=int, metavar="NUMBER", help="which area, where there are several")

    def handle(self, *args, **options):
        try:
            box = box_of(budget_at(options["page"]))
            if box is None:
                raise CommandError("Nobody has voted on this budget yet, so there is nothing to export.")
            made = export_election(box, area_id=options["area"])
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        for sentence in made.report.sentences():
            print(sentence, file=sys.stderr)
        if options["output"] is None:
            self.stdout.write(made.content.decode(), ending="")
            return
        try:
            options["output"].write_bytes(made.content)
        except OSError as error:
            raise CommandError(f"{options['output']} could not be written: {error.strerror}.") from error
        self.stdout.write(f"{options['output']}: {len(made.content)} bytes, {made.report.ballots} ballots.")
