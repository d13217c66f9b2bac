"""Mails a reminder, once, to everybody whose session begins soon. Run it every quarter of an hour."""

from django.core.management.base import BaseCommand

from learning_events.domain.registration import remind_booked


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{remind_booked()} reminded")
