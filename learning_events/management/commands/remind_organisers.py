"""Tell organisers whose events are not handed in that the deadline comes near; run it once a day."""

from django.core.management.base import BaseCommand

from learning_events.domain.event_news import remind_of_deadline
from learning_events.models import Festival


class Command(BaseCommand):
    help = "Tell organisers whose events are not handed in that the last day to submit comes near; each once."

    def handle(self, *args, **options):
        told = sum(remind_of_deadline(festival) for festival in Festival.objects.live())
        self.stdout.write(f"{told} told")
