"""Digests: what can wait, gathered for each person in one mail a day at most."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, DateTimeField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.utils import translation

from participation.domain.mail import send_after_commit
from participation.enums import Rhythm
from participation.foundation.clock import database_now
from participation.foundation.notices import kind_named
from participation.models import Digest, Notification, OutgoingMail
from participation.queries.delivery import DIGEST, TIMES, times_in

BATCH = 500


@dataclass
class DigestRun:
    """What one run made: digests, and people whose notices wait for their next one as they had one today."""

    made: int = 0
    put_off: int = 0

    def __str__(self) -> str:
        return f"{self.made} digests made, {self.put_off} put off"


def make_digests(*, batches: int | None = None) -> DigestRun:
    """Gather the notices that are due into digests and their mails into the outbox, at most `batches` times 500 people.

    Each batch is a transaction with the same number of queries, so that a run which was broken off goes on where it was.
    The database holds that nobody gets two digests for a day, whatever runs beside it. What may be read is asked again
    when the mail leaves (P16).
    """
    run, now = DigestRun(), database_now()
    while batches is None or batches > 0:
        with transaction.atomic():
            people = _people_with_due_notices(now)
            if not people:
                break
            _make_batch(people, now, run)
        batches = None if batches is None else batches - 1
    if run.made:
        send_after_commit()
    return run


def _people_with_due_notices(now: dt.datetime) -> list[dict[str, Any]]:
    return list(
        Notification.objects.filter(digest_due_at__lte=now)
        .order_by("participant_id")
        .values(
            "participant_id",
            "participant__user_id",
            "participant__mail_plan__rhythm",
            *(f"participant__mail_plan__{name}" for name in TIMES),
        )
        .annotate(due_at=Max("digest_due_at"))[:BATCH]
    )


def _make_batch(people: list[dict[str, Any]], now: dt.datetime, run: DigestRun) -> None:
    name = uuid.uuid4().hex
    times = {row["participant_id"]: times_in(row, "participant__mail_plan__") for row in people}
    Digest.objects.bulk_create(
        [
            Digest(
                participant_id=row["participant_id"],
                day=times[row["participant_id"]].day_of(row["due_at"]),
                run=name,
                made_at=now,
            )
            for row in people
        ],
        ignore_conflicts=True,
    )
    # Only what this run has inserted is its own: another worker, or an earlier run of the day, had the others.
    made = list(Digest.objects.filter(run=name).values_list("pk", "participant_id", "day"))
    mine = {person for _pk, person, _day in made}
    due = Notification.objects.filter(digest_due_at__lte=now)
    own = Digest.objects.filter(run=name, participant=OuterRef("participant")).values("pk")[:1]
    due.filter(participant__in=mine).update(digest=Subquery(own), digest_due_at=None)
    with translation.override(settings.LANGUAGE_CODE):
        subject = str(kind_named(DIGEST).label)
    users = {row["participant_id"]: row["participant__user_id"] for row in people}
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                user_id=users[person],
                digest_id=pk,
                kind=DIGEST,
                subject=subject,
                dedupe_key=f"digest:{person}:{day}",
                next_attempt_at=now,
            )
            for pk, person, day in made
        ],
        ignore_conflicts=True,
    )
    run.made += len(made)
    weekly = {
        row["participant_id"] for row in people if row["participant__mail_plan__rhythm"] == Rhythm.WEEKLY
    }
    later = {pk: clock.next_digest(now, weekly=pk in weekly) for pk, clock in times.items() if pk not in mine}
    run.put_off += _put_off(due, later)


def _put_off(due: QuerySet[Notification], later: dict[int, dt.datetime]) -> int:
    """Let the notices of who had their digest of the day already wait for the next; return how many people."""
    rows = due.filter(participant__in=list(later))
    put_off = rows.values("participant").distinct().count() if later else 0
    if put_off:
        people: dict[dt.datetime, list[int]] = {}
        for person, moment in later.items():
            people.setdefault(moment, []).append(person)
        cases = [When(participant__in=some, then=Value(moment)) for moment, some in people.items()]
        rows.update(digest_due_at=Case(*cases, output_field=DateTimeField()))
    return put_off
