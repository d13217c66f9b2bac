"""Reads of what happens in the city: who may read it, what concerns whom, and what everybody reads."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import PageViewRestriction

from participation.foundation.follow_targets import Thing, all_sources
from participation.models import Announcement, FollowTarget, Participant, Subscription


def readable(person: Participant | None = None, *, prefix: str = "") -> Q:
    """Return which announcements `person` (None: everybody) may read now; `prefix` leads to the announcement's row."""
    inside = Q(**{f"{prefix}inside": None})
    for kind, source in all_sources().items():
        of_kind = Q(**{f"{prefix}inside__kind": kind})
        if source.open_keys is None:
            inside |= of_kind
            continue
        inside |= of_kind & Q(**{f"{prefix}inside__key__in": source.open_keys()})
        if person is not None and source.readers is not None:
            own = source.readers().filter(participant_id=person.pk).values("key")
            inside |= of_kind & Q(**{f"{prefix}inside__key__in": own})
    return _in_sight(prefix) & inside


def _in_sight(prefix: str = "") -> Any:
    shown = Q(**{f"{prefix}discussion": None}) | Q(**{f"{prefix}discussion__is_public": True})
    page: Any = Q(**{f"{prefix}page": None}) | (Q(**{f"{prefix}page__live": True}) & ~Exists(_closed(prefix)))
    return Q(**{f"{prefix}withdrawn_at": None}) & shown & page


def _closed(prefix: str) -> QuerySet[PageViewRestriction]:
    """Return what closes the announcement's page or one above it: whoever may go in reads it there, not in the news."""
    path = ExpressionWrapper(OuterRef(f"{prefix}page__path"), output_field=CharField())
    return PageViewRestriction.objects.annotate(of=path).filter(of__startswith=F("page__path"))


def public_announcements(targets: Iterable[tuple[str, str]] = ()) -> QuerySet[Announcement]:
    """Return what everybody may read, newest first; with `targets` (kind, key) only what is about all of them."""
    rows = Announcement.objects.filter(readable())
    for kind, key in targets:
        rows = rows.filter(targets__in=FollowTarget.objects.filter(kind=kind, key=key))
    return rows.order_by("-published_at", "-pk")


def readers_of(announcement: Announcement, people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return who of `people` may read the announcement now (P16); at most two queries before that of the people."""
    present = Announcement.objects.filter(pk=announcement.pk)
    if present.filter(readable()).exists():
        return people
    inside = announcement.inside
    source = all_sources().get(inside.kind) if inside is not None else None
    if inside is None or source is None or source.readers is None or not present.filter(_in_sight()).exists():
        return people.none()
    return people.filter(pk__in=source.readers().filter(key=inside.key).values("participant_id"))


def concerned(announcement: Announcement, *, after: int) -> QuerySet[Subscription]:
    """Return the subscriptions that may be about this, of people numbered above `after`.

    Those to surroundings are only in reach by their box: measure the distance.
    """
    wanted = Q(target__in=announcement.targets.all())
    if announcement.latitude is not None and announcement.longitude is not None:
        latitude, longitude = float(announcement.latitude), float(announcement.longitude)
        wanted |= Q(
            target=None,
            west__lte=longitude,
            east__gte=longitude,
            south__lte=latitude,
            north__gte=latitude,
        )
    return Subscription.objects.filter(wanted, participant_id__gt=after)


def things_of(targets: Iterable[FollowTarget]) -> dict[int, Thing]:
    """Return what stands behind the rows, by their primary key; what is gone is left out. One query for each kind."""
    rows = list(targets)
    found: dict[int, Thing] = {}
    for kind, source in all_sources().items():
        of_kind = {row.key: row.pk for row in rows if row.kind == kind}
        if of_kind:
            things = source.things(list(of_kind))
            found |= {of_kind[key]: thing for key, thing in things.items() if key in of_kind}
    return found


def readable_things(
    kind: str, person: Participant | None, keys: Collection[str] | None = None
) -> dict[str, Thing]:
    """Return the things of a kind that `person` (None: everybody) may read, by their key, in the order of lists."""
    source = all_sources().get(kind)
    if source is None:
        return {}
    things = source.things(keys)
    if source.open_keys is None:
        return things
    allowed: set[Any] = set(source.open_keys())
    if person is not None and source.readers is not None:
        allowed |= set(source.readers().filter(participant_id=person.pk).values_list("key", flat=True))
    return {key: thing for key, thing in things.items() if key in allowed}
