"""Makes a new key that signs badges from now on; badges signed before stay valid under theirs."""

from django.core.management.base import BaseCommand

from learning_events.domain.issuer import renew_key


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"Badges are signed by the key {renew_key().name} now")
