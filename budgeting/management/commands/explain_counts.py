"""Explains counts that were published before results told whose money paid and what groups got."""

from django.core.management.base import BaseCommand

from budgeting.domain.count import explain_counts
from budgeting.models import BallotBox
from participation.foundation.errors import Refused


class Command(BaseCommand):
    help = (
        "Derive the explanations of older published counts from their files and keep them beside the counts. "
        "The files stay as they are; what is explained already is left alone."
    )

    def handle(self, *args, **options):
        boxes = BallotBox.objects.filter(published_at__isnull=False, counts__analysis={}).distinct()
        for box in boxes.select_related("budget"):
            try:
                told = explain_counts(box)
            except Refused as refusal:
                self.stderr.write(f"{box.budget.title}: {refusal.message}")
            else:
                self.stdout.write(f"{box.budget.title}: {told} counts explained.")
