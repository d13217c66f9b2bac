"""Which committees a person may know of, and what they may do there."""

from django.db.models import Q, QuerySet

from participation.enums import AccessLevel, Privacy
from participation.models import Committee
from participation.rules import oversees_committees


def readable_committees(user) -> QuerySet[Committee]:
    """Return the published committees that `user` (or a stranger) may know of; every list, feed and export asks this."""
    committees = Committee.objects.live()
    if oversees_committees(user):
        return committees
    readable = ~Q(privacy=Privacy.PRIVATE)
    if user.is_authenticated and user.is_active:
        readable |= Q(pk__in=committees_of(user, AccessLevel.READ))
    return committees.filter(readable)


def public_committees() -> QuerySet[Committee]:
    """Return the published committees that everybody may know of."""
    return Committee.objects.live().exclude(privacy=Privacy.PRIVATE)


def committees_of(user, level: AccessLevel) -> QuerySet:
    """Return the keys of the committees in which `user` has at least this access."""
    return Committee.objects.filter(accesses__participant__user=user, accesses__level__gte=level).values("pk")
