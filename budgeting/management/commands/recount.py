"""Repeats the count of a budget from its published files and says whether it is the same, byte for byte."""

from django.core.management.base import BaseCommand, CommandError

from budgeting.domain.count import recount
from budgeting.queries.box import box_of
from budgeting.queries.pages import budget_at
from participation.foundation.errors import Refused

DIFFERENT, IMPOSSIBLE = 1, 3


class Command(BaseCommand):
    help = (
        "Count a published budget again from its published ballots and compare the outcome with the published one. "
        "Exit codes: 0 the same bytes, 1 another outcome, 2 wrong options, 3 there is nothing to count again or a file "
        "was changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("page", metavar="PAGE", help="number or path of the budget's page")

    def handle(self, *args, **options):
        try:
            box = box_of(budget_at(options["page"]))
            if box is None:
                raise CommandError("Nobody has voted on this budget yet.", returncode=IMPOSSIBLE)
            repeated = recount(box)
        except Refused as refusal:
            raise CommandError(str(refusal.message), returncode=IMPOSSIBLE) from refusal
        for again in repeated:
            stored = again.count
            words = "the same, byte for byte" if again.same else "DIFFERENT from what was published"
            self.stdout.write(
                f"{stored.area.name}, {stored.rule['rule']}{'' if stored.is_official else ' (to compare)'}: "
                f"{stored.ballots} ballots of {stored.ballots_file.name}, {len(again.outcome.winners)} projects funded: {words} "
                f"(SHA-256 {stored.outcome_file.sha256})."
            )
            if not again.same and again.engine_version != stored.engine_version:
                self.stdout.write(
                    f"It was counted with version {stored.engine_version} of the counting library; "
                    f"this is version {again.engine_version}."
                )
        if not all(again.same for again in repeated):
            raise CommandError("The count could not be repeated.", returncode=DIFFERENT)
        self.stdout.write("Every count is the same as published.")
