"""Deletes registrations of places that nobody has finished or touched for 60 days. Run it once a day."""

from django.core.management.base import BaseCommand

from mapping.domain.submission import erase_abandoned_submissions


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{erase_abandoned_submissions()} registrations erased")
