"""Reads of when people want their mails."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from participation.enums import Rhythm
from participation.foundation.mail_times import MailTimes
from participation.foundation.zones import city_zone
from participation.models import (
    Digest,
    Follow,
    KindChoice,
    MailPlan,
    Notification,
    Participant,
    Unsubscription,
)
from participation.models.delivery import DEFAULT_HOUR
from participation.queries.notification import notices_of

DIGEST = "participation.digest"
# What `times_in` reads of a person, whichever way leads to them.
TIMES = ("zone", "hour", "weekday", "quiet_from", "quiet_until")


def with_rhythm(people: QuerySet[Any], *, kind: str) -> QuerySet[Any]:
    """Annotate `people` with `rhythm`: that of this kind, else that of all, else daily."""
    chosen = KindChoice.objects.filter(participant=OuterRef("pk"), kind=kind).values("rhythm")[:1]
    return people.annotate(rhythm=Coalesce(Subquery(chosen), "mail_plan__rhythm", Value(Rhythm.DAILY.value)))


def times_in(row: dict[str, Any], prefix: str = "mail_plan__") -> MailTimes:
    """Return a person's clock from the columns TIMES of a row, with the site's where they chose nothing."""
    hour, weekday = row[f"{prefix}hour"], row[f"{prefix}weekday"]
    return MailTimes(
        zone=row[f"{prefix}zone"] or city_zone(),
        hour=DEFAULT_HOUR if hour is None else hour,
        weekday=weekday or 0,
        quiet_from=row[f"{prefix}quiet_from"],
        quiet_until=row[f"{prefix}quiet_until"],
    )


def plan_of(participant: Participant) -> MailPlan:
    """Return the person's times of mails, or those that hold for who has chosen none (not stored)."""
    return MailPlan.objects.filter(participant=participant).first() or MailPlan(participant=participant)


def digest_items(digest: Digest) -> QuerySet[Notification]:
    """Return what of a digest the person may read now, still follows, still wants by mail, and has not read (P16)."""
    person = digest.participant
    refused = Unsubscription.objects.filter(
        Q(discussion=None) | Q(discussion=OuterRef("discussion")), participant=person, kind=OuterRef("kind")
    )
    follows = Follow.objects.filter(participant=person, discussion=OuterRef("discussion"))
    return (
        notices_of(person)
        .filter(digest=digest, read_at=None)
        .filter(~Exists(refused))
        .filter(Q(announcement=None) | Q(subscription__isnull=False))
        .filter(~Q(announcement=None) | Q(discussion=None) | Exists(follows))
        .select_related("discussion")
        .order_by("source", "kind", "created_at", "pk")
    )


def wants_digests(participant_id: int) -> bool:
    """Say whether the person wants mails at all, and digests among them."""
    return (
        Participant.objects.filter(pk=participant_id, wants_mail=True)
        .exclude(unsubscriptions__in=Unsubscription.objects.filter(kind=DIGEST))
        .exists()
    )
