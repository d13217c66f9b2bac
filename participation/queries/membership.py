"""Who has which seat on a day, and who has had it."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from participation.models import Committee, Membership, Seat


def seats_on(committee: Committee, day: dt.date) -> list[Seat]:
    """Return the committee's seats in their order; `holders` of each are the memberships on that day: one or none."""
    held = (
        Membership.objects.on(day).select_related("participant__neighbourhood").prefetch_related("interests")
    )
    return list(
        committee.seats.filter(is_abolished=False).prefetch_related(
            Prefetch("memberships", held, to_attr="holders")
        )
    )


def is_vacant_on(seat: Seat, day: dt.date) -> bool:
    """Say whether nobody has the seat on that day."""
    return not seat.memberships.on(day).exists()


def voters_on(committee: Committee, day: dt.date) -> QuerySet[Membership]:
    """Return the memberships with a vote on that day: all but advisers."""
    return committee.memberships.on(day).with_vote().select_related("seat", "participant")


def former_members(committee: Committee, day: dt.date) -> QuerySet[Membership]:
    """Return the terms that were over before that day, the latest first."""
    return committee.memberships.filter(until_on__lt=day).select_related("seat").order_by("-until_on", "pk")


def seats_ending(committee: Committee, day: dt.date, *, within: dt.timedelta) -> QuerySet[Membership]:
    """Return the terms that end within a stretch from that day on, the next first."""
    return (
        committee.memberships.on(day)
        .filter(until_on__lte=day + within)
        .select_related("seat")
        .order_by("until_on", "pk")
    )


def membership_of(committee: Committee, user, day: dt.date) -> Membership | None:
    """Return the person's own term on that day, or None."""
    if not user.is_authenticated:
        return None
    return (
        committee.memberships.on(day)
        .filter(Q(participant__user=user))
        .select_related("seat", "committee")
        .first()
    )
