"""Tells who leads a committee what is due there, once a month each. Run it every day."""

from django.core.management.base import BaseCommand

from participation.domain.due import tell_leaders_what_is_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"{tell_leaders_what_is_due()} told")
