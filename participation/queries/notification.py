"""Reads of notices: what one person may see of them, and who still wants them by mail."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from participation.models import Notification, Participant, Unsubscription
from participation.queries.announcement import readable


def notices_of(participant: Participant) -> QuerySet[Notification]:
    """Return the person's notices, newest first, without those about things the person may not read any more."""
    return participant.notifications.filter(
        Q(discussion=None) | Q(discussion__is_public=True),
        Q(announcement=None) | readable(participant, prefix="announcement__"),
    )


def unread_count(participant: Participant) -> int:
    return notices_of(participant).filter(read_at=None).count()


def with_mail_wishes(people: QuerySet[Participant], *, kind: str, discussion_id: int | None) -> QuerySet[Any]:
    """Annotate `people` with `gets_mail`: an address, mail wanted at all, and this source not unsubscribed."""
    source = Q(discussion=None) | Q(discussion_id=discussion_id) if discussion_id else Q(discussion=None)
    refused = Unsubscription.objects.filter(source, participant=OuterRef("pk"), kind=kind)
    return people.annotate(gets_mail=Q(wants_mail=True) & ~Q(user__email="") & ~Exists(refused))
