"""Asks the calendars that organisers brought along whether they have changed."""

from django.core.management.base import BaseCommand

from learning_events.domain.calendars import sync_due


class Command(BaseCommand):
    help = (
        "Ask the calendars that are due (each about once an hour; one that fails, ever less often) and bring their changes "
        "in. Run it every ten minutes; several at once do not get in each other's way."
    )

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=50, help="ask at most so many calendars")

    def handle(self, *args, **options):
        counts = sync_due(most=options["most"])
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
