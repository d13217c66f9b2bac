"""Delete personal programmes without an account that nobody has used for long; run it once a day."""

from django.core.management.base import BaseCommand

from learning_events.domain.plan import forget_old_plans


class Command(BaseCommand):
    help = "Delete personal programmes without an account that nobody has used for 400 days."

    def handle(self, *args, **options):
        self.stdout.write(f"{forget_old_plans()} forgotten")
