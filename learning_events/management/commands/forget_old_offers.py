"""Erases offers of badges that nobody has answered for 90 days, with the addresses they went to. Run it once a day."""

from django.core.management.base import BaseCommand

from learning_events.domain.credential import forget_old_offers


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{forget_old_offers()} offers erased")
