"""Reminds everybody concerned, once, of each meeting that begins within a day. Run it every hour."""

from django.core.management.base import BaseCommand

from participation.domain.meeting import remind_of_meetings


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{remind_of_meetings()} reminded")
