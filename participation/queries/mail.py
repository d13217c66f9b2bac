"""Reads of the outbox."""

import datetime as dt

from django.db.models import QuerySet

from participation.models import OutgoingMail


def waiting_mails() -> QuerySet[OutgoingMail]:
    """Return the mails that are neither sent nor dropped, the most urgent first."""
    return OutgoingMail.objects.filter(
        sent_at=None, dropped_because="", next_attempt_at__isnull=False
    ).order_by("next_attempt_at", "pk")


def due_mails(now: dt.datetime) -> QuerySet:
    """Return (primary key, planned time) of the mails to try by `now`."""
    return waiting_mails().filter(next_attempt_at__lte=now).values_list("pk", "next_attempt_at")


def mails_for_report() -> QuerySet[OutgoingMail]:
    """Return all mails with their addressees, newest first."""
    return OutgoingMail.objects.select_related("user").order_by("-created_at", "-pk")
