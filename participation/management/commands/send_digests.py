"""Tell followers what was announced, and make the digests that are due: from cron, every ten minutes."""

from django.core.management.base import BaseCommand

from participation.domain.announcement import tell_followers
from participation.domain.digest import make_digests


class Command(BaseCommand):
    help = "Tell followers what is new, put the digests that are due into the outbox, and say how many."

    def handle(self, *args, **options):
        told = tell_followers()
        self.stdout.write(f"{told} notices written; {make_digests()}.")
