"""Erases names and addresses of the booked, as many days after a session as the festival says. Run it once a day."""

from django.core.management.base import BaseCommand

from learning_events.domain.registration import forget_booked


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{forget_booked()} registrations made anonymous")
