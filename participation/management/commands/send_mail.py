"""Send the mails that wait in the outbox: for hosts without a task worker, from cron."""

from django.core.management.base import BaseCommand

from participation.domain.mail import send_outgoing_mail
from participation.queries.mail import waiting_mails


class Command(BaseCommand):
    help = "Send the mails that are due and say how many wait."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=1000, help="at most this many mails (default: 1000)")

    def handle(self, *args, limit: int, **options):
        run = send_outgoing_mail(limit=limit)
        self.stdout.write(f"{run}; {waiting_mails().count()} waiting.")
