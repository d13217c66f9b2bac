"""Which committees a person may know of, and what they may do there."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from participation.enums import AccessLevel, JoinRequestState, Privacy
from participation.foundation.search import matching
from participation.models import Committee, JoinRequest, Membership, Participant, Seat
from participation.rules import has_public_name, is_signed_in, oversees_committees


def readable_committees(user) -> QuerySet[Committee]:
    """Return the published committees that `user` (or a stranger) may know of; every list, feed and export asks this."""
    committees = Committee.objects.live()
    if oversees_committees(user):
        return committees
    readable = ~Q(privacy=Privacy.PRIVATE)
    if user.is_authenticated and user.is_active:
        readable |= Q(pk__in=committees_of(user, AccessLevel.READ))
    return committees.filter(readable)


def hidden_from(user) -> QuerySet[Committee]:
    """Return the private committees, published or not, that `user` may not know of."""
    if oversees_committees(user):
        return Committee.objects.none()
    return Committee.objects.filter(privacy=Privacy.PRIVATE).exclude(
        pk__in=committees_of(user, AccessLevel.READ)
    )


def public_committees() -> QuerySet[Committee]:
    """Return the published committees that everybody may know of."""
    return Committee.objects.live().public().exclude(privacy=Privacy.PRIVATE)


def committees_of(user, level: AccessLevel) -> QuerySet:
    """Return the keys of the committees in which `user` has at least this access."""
    return Committee.objects.filter(accesses__participant__user=user, accesses__level__gte=level).values("pk")


def find_committees(user, *, words: str = "", kind: str = "", neighbourhood: str = "") -> QuerySet[Committee]:
    """Return the committees of a search that `user` may know of, by neighbourhood (city-wide first) and title."""
    found = matching(readable_committees(user), words, ["title", "summary", "topic"])
    if kind:
        found = found.filter(kind=kind)
    if neighbourhood:
        found = found.filter(neighbourhood__slug=neighbourhood)
    return found.select_related("neighbourhood", "locale").order_by(
        "neighbourhood__sort_order", "neighbourhood__name", "title", "pk"
    )


def with_figures(committees: QuerySet[Committee], day: dt.date) -> QuerySet[Committee]:
    """Add to each: `seat_count`, `vacant_count` (seats nobody has on that day) and `part_count`."""
    held = Membership.objects.on(day).filter(seat=OuterRef("seats"))
    return committees.annotate(
        seat_count=Count("seats", filter=Q(seats__is_abolished=False), distinct=True),
        vacant_count=Count("seats", filter=Q(~Exists(held), seats__is_abolished=False), distinct=True),
    )


def leads_of(committee: Committee) -> QuerySet[Participant]:
    """Return the people who lead the committee."""
    return Participant.objects.filter(
        committee_accesses__committee=committee, committee_accesses__level__gte=AccessLevel.LEAD
    )


@dataclass(frozen=True)
class Standing:
    """What one person is to one committee, found in one query; pages ask it instead of the rules again and again."""

    level: int
    is_signed_in: bool
    has_name: bool
    has_open_request: bool

    @property
    def is_inside(self) -> bool:
        return self.level >= AccessLevel.READ

    @property
    def keeps(self) -> bool:
        return self.level >= AccessLevel.KEEP

    @property
    def leads(self) -> bool:
        return self.level >= AccessLevel.LEAD


def standing_in(committee: Committee, user) -> Standing:
    """Return what `user` is to the committee: the same answers as the rules, for pages that show many buttons."""
    level, has_open_request = 0, False
    if user.is_authenticated and user.is_active:
        asks = JoinRequest.objects.filter(
            committee=committee, participant__user=user, state=JoinRequestState.OPEN
        )
        level = committee.accesses.filter(participant__user=user).values_list("level", flat=True).first() or 0
        has_open_request = asks.exists()
        if level < AccessLevel.LEAD and oversees_committees(user):
            level = AccessLevel.LEAD
    return Standing(level, is_signed_in(user), has_public_name(user), has_open_request)


def open_requests(committee: Committee) -> QuerySet[JoinRequest]:
    """Return what waits for an answer, the oldest first."""
    return committee.join_requests.filter(state=JoinRequestState.OPEN).select_related(
        "participant__neighbourhood", "seat"
    )


def vacant_seats(day: dt.date) -> QuerySet[Seat]:
    """Return the seats of public committees that nobody has on a day and for which people can apply."""
    held = Membership.objects.on(day).filter(seat=OuterRef("pk"))
    return Seat.objects.filter(
        ~Exists(held), is_abolished=False, is_open=True, committee__in=public_committees()
    ).select_related("committee")


def open_committees(day: dt.date) -> QuerySet[Committee]:
    """Return the public committees with `seats_today` (each with `holders` on that day) and `open_parent_id`, for the API."""
    held = Membership.objects.on(day)
    seats = Seat.objects.filter(is_abolished=False).prefetch_related(
        Prefetch("memberships", held, to_attr="holders")
    )
    return (
        public_committees()
        .annotate(
            open_parent_id=Subquery(
                public_committees().filter(pk=OuterRef("parent_committee")).values("pk")[:1]
            )
        )
        .select_related("neighbourhood", "locale")
        .prefetch_related(Prefetch("seats", seats, to_attr="seats_today"))
    )
