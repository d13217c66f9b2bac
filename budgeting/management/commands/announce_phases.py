"""Tells who follows a budget or its neighbourhoods that a phase has begun, once. Run it every ten minutes."""

from django.core.management.base import BaseCommand

from budgeting.domain.phase import announce_phases


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{announce_phases()} phases announced")
