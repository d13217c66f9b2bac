"""Adds the Key Features of Learning Cities to the vocabulary."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from learning_events.domain.vocabulary import ensure_key_features


class Command(BaseCommand):
    help = "Add the twelve fields of the Key Features of Learning Cities, in the site's language. Safe to run again."

    def handle(self, **options):
        with translation.override(settings.LANGUAGE_CODE):
            added = ensure_key_features()
        self.stdout.write(f"{added} Key Features added.")
