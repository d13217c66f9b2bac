"""Ends held seats and offers whose time is over, moves the waiting lists up, draws lots and frees seats of no-shows."""

from django.core.management.base import BaseCommand

from learning_events.domain.registration import draw_all_due, expire_holds_and_offers, free_all_no_shows


class Command(BaseCommand):
    help = f"{__doc__} Run it every minute, from cron or a timer. Safe to run twice and side by side."

    def handle(self, **options):
        self.stdout.write(
            f"{expire_holds_and_offers()} sessions looked at, {draw_all_due()} drawn, "
            f"{free_all_no_shows()} seats of no-shows freed"
        )
