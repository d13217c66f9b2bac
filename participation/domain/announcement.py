"""What happens in the city: announced once by the function that caused it, told to who follows it by a task."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from wagtail.models import Page

from participation.domain.mail import send_after_commit
from participation.domain.notification import BATCH, notice_words, recipients, write_notices
from participation.foundation.clock import database_now
from participation.foundation.distance import distance_m
from participation.foundation.follow_targets import source_named
from participation.foundation.notices import kind_named
from participation.models import Announcement, Discussion, FollowTarget, Participant, Subscription
from participation.queries.announcement import concerned, readers_of, things_of

Target = tuple[str, Any]


@transaction.atomic
def announce(
    *,
    kind: str,
    title,
    text="",
    path: str,
    dedupe_key: str,
    targets: Iterable[Target | None] = (),
    point: tuple[Any, Any] | None = None,
    inside: Target | None = None,
    discussion: Discussion | None = None,
    page: Page | None = None,
    caused_by: Participant | None = None,
    only_if_known: bool = False,
) -> Announcement | None:
    """Say that something happened; who follows one of `targets` (kind, key) or a circle around `point` hears of it once.

    Kinds of things are declared in an app's `follow_targets.py`, `kind` in its `notices.py` (LookupError otherwise).
    `point` is (latitude, longitude) in degrees. `inside` is the thing whose readers alone may read it; a `discussion` that
    is not public takes it out of sight, and so does a `page` that is not published or asks for a sign-in. Announcing the
    same `dedupe_key` again brings words, place and things up to date and the announcement back into sight, and tells
    nobody twice; `only_if_known` does that alone, for a change of what was never announced is no news (None then).
    """
    kind_named(kind)
    if only_if_known and not Announcement.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    words = notice_words(title, text, path, dedupe_key)
    rows = follow_targets([target for target in targets if target is not None])
    around = point if point is not None and None not in point else (None, None)
    now = database_now()
    values = {
        **words,
        "kind": kind,
        "inside": follow_targets([inside])[0] if inside else None,
        "discussion": discussion,
        "page_id": page.pk if page is not None else None,
        "latitude": around[0],
        "longitude": around[1],
        "changed_at": now,
        "withdrawn_at": None,
    }
    key = values.pop("dedupe_key")
    announcement, is_new = Announcement.objects.update_or_create(
        dedupe_key=key,
        defaults=values,
        create_defaults={**values, "published_at": now, "caused_by": caused_by},
    )
    announcement.targets.set(rows)
    if is_new:
        transaction.on_commit(_ask_for_telling, robust=True)
    return announcement


def withdraw_announcement(dedupe_key: str) -> None:
    """Take an announcement out of sight, with its notices and the mails that wait; no harm when there is none."""
    now = database_now()
    Announcement.objects.filter(dedupe_key=dedupe_key, withdrawn_at=None).update(
        withdrawn_at=now, changed_at=now
    )


def follow_targets(targets: Iterable[Target]) -> list[FollowTarget]:
    """Return the rows that stand for these things (kind, key), new where needed, in at most three queries."""
    wanted = list(dict.fromkeys((kind, str(key)) for kind, key in targets))
    for kind, _key in wanted:
        source_named(kind)
    if not wanted:
        return []
    kinds, keys = {kind for kind, _key in wanted}, {key for _kind, key in wanted}
    some = FollowTarget.objects.filter(kind__in=kinds, key__in=keys)
    rows = {(row.kind, row.key): row for row in some}
    missing = [FollowTarget(kind=kind, key=key) for kind, key in wanted if (kind, key) not in rows]
    if missing:
        FollowTarget.objects.bulk_create(missing, ignore_conflicts=True)
        rows = {(row.kind, row.key): row for row in some.all()}
    return [rows[each] for each in wanted]


def tell_followers(*, batches: int | None = None) -> int:
    """Tell who follows what was announced, at most `batches` times 500 people; return how many were told.

    Each batch is a transaction that keeps how far it came, so that a run which was broken off goes on there; a second
    worker leaves an announcement that is being told alone.
    """
    told, left = 0, batches
    passed = 0
    while left is None or left > 0:
        with transaction.atomic():
            announcement = (
                Announcement.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("inside", "discussion")
                .filter(told_at=None, withdrawn_at=None, pk__gte=passed)
                .order_by("pk")
                .first()
            )
            if announcement is None:
                break
            passed = announcement.pk
            told += _tell_batch(announcement)
        left = None if left is None else left - 1
    if told:
        send_after_commit()
    return told


def _tell_batch(announcement: Announcement) -> int:
    """Tell the next 500 whom it may concern, and return how many were told; the announcement's row is held."""
    found = concerned(announcement, after=announcement.told_up_to)
    people = list(
        found.order_by("participant_id").values_list("participant_id", flat=True).distinct()[:BATCH]
    )
    told = 0
    if people:
        because = _reasons(announcement, found.filter(participant__in=people))
        may_read = readers_of(announcement, Participant.objects.filter(pk__in=because))
        if announcement.caused_by_id is not None:
            may_read = may_read.exclude(pk=announcement.caused_by_id)
        kind, key = announcement.kind, announcement.dedupe_key
        rows = recipients(may_read, kind=kind, dedupe_key=key, discussion=announcement.discussion)
        words = {name: getattr(announcement, name) for name in ("title", "text", "path", "dedupe_key")}
        write_notices(rows, kind=kind, words=words, discussion=announcement.discussion, because=because)
        told = len(rows)
        announcement.told_up_to = people[-1]
    if len(people) < BATCH:
        announcement.told_at = database_now()
    announcement.save(update_fields=["told_up_to", "told_at"])
    return told


def _reasons(announcement: Announcement, subscriptions) -> dict[int, dict[str, Any]]:
    """Return by person why they hear of it: the columns of their notice that say so."""
    things = things_of(announcement.targets.all())
    reasons: dict[int, dict[str, Any]] = {}
    by_name: set[int] = set()
    for row in subscriptions.order_by("participant_id", "pk"):
        thing = things.get(row.target_id) if row.target_id else None
        if row.participant_id in by_name or (thing is None and not reaches(row, announcement)):
            continue
        if thing is None and row.participant_id in reasons:
            continue
        # What somebody follows by name says more than a circle around them.
        if thing is not None:
            by_name.add(row.participant_id)
        reasons[row.participant_id] = {
            "announcement": announcement,
            "subscription_id": row.pk,
            "source": (thing.title if thing else row.name)[:120],
        }
    return reasons


def reaches(circle: Subscription, announcement: Announcement) -> bool:
    """Say whether what happened lies in the circle of a subscription; False for one to a thing."""
    ends = (circle.latitude, circle.longitude, announcement.latitude, announcement.longitude)
    if circle.radius_m is None or None in ends:
        return False
    return distance_m(*(float(each) for each in ends if each is not None)) <= circle.radius_m


def _ask_for_telling() -> None:
    import_string("participation.tasks.tell_followers_of_news").enqueue()
