"""Ask those who look after places, and then neighbours, whether the map is still correct: once a day, from cron."""

from django.core.management.base import BaseCommand

from mapping.domain.verification import ask_if_correct, forget_old_questions


class Command(BaseCommand):
    help = "Ask about the places whose time has come whether they are still correct. Safe to run twice and side by side."

    def handle(self, *args, **options):
        forget_old_questions()
        self.stdout.write(f"{ask_if_correct()}.")
