"""Reads of notices: what one person may see of them, and who still wants them by mail."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from participation.enums import Privacy
from participation.models import CommitteeAccess, Notification, Participant, Unsubscription
from participation.queries.announcement import readable


def notices_of(participant: Participant) -> QuerySet[Notification]:
    """Return the person's notices, newest first, without those about things the person may not read any more."""
    return _in_the_open(participant).filter(
        Q(announcement=None) | readable(participant, prefix="announcement__")
    )


def _in_the_open(participant: Participant) -> QuerySet[Notification]:
    """Leave out what is about a discussion that the person may not read: withdrawn, or of a private committee they are not in."""
    inside = CommitteeAccess.objects.filter(participant=participant).values("committee")
    of_committee = ~Q(discussion__committee__privacy=Privacy.PRIVATE) | Q(discussion__committee__in=inside)
    return participant.notifications.filter(
        Q(discussion=None)
        | Q(discussion__is_public=True, discussion__committee=None)
        | (Q(discussion__is_public=True, discussion__committee__live=True) & of_committee)
    )


def unread_count(participant: Participant) -> int:
    """Return how many of the person's notices wait.

    Every page of somebody signed in asks this: who may read an announcement, a long question, only where one is unread.
    """
    unread = _in_the_open(participant).filter(read_at=None)
    found = unread.aggregate(plain=Count("pk", filter=Q(announcement=None)), told=Count("announcement"))
    if not found["told"]:
        return found["plain"]
    told = notices_of(participant).filter(read_at=None, announcement__isnull=False)
    return found["plain"] + told.count()


def with_mail_wishes(people: QuerySet[Participant], *, kind: str, discussion_id: int | None) -> QuerySet[Any]:
    """Annotate `people` with `gets_mail`: an address, mail wanted at all, and this source not unsubscribed."""
    source = Q(discussion=None) | Q(discussion_id=discussion_id) if discussion_id else Q(discussion=None)
    refused = Unsubscription.objects.filter(source, participant=OuterRef("pk"), kind=kind)
    return people.annotate(gets_mail=Q(wants_mail=True) & ~Q(user__email="") & ~Exists(refused))
