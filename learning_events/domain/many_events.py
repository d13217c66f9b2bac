"""Many new events at once: a programme that is brought in. Pages, revisions, sessions and log in a few statements each."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Page, PageLogEntry, Revision

from learning_events.domain.version import raise_programme_version
from learning_events.models import EventPage, EventSubmission, Festival, Session
from learning_events.rules import may_run_festival
from learning_events.validators import check_event
from participation.foundation.clock import database_now
from participation.foundation.errors import Invalid, NotAllowed, invalid_from
from participation.models import Organisation, Participant

BATCH = 500
MANY = ("topics", "audiences", "key_features")
_SLUG_LENGTH = 80


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be written: facts as in `domain.event.FACTS`, and of each session the columns of its row, in UTC."""

    facts: Mapping[str, Any]
    sessions: Sequence[Mapping[str, Any]] = ()
    organisation: Organisation | None = None
    participant: Participant | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Columns of the submission, for example when it was handed in."""


def check_new_event(new: NewEvent, festival: Festival) -> EventPage:
    """Return the page of a new event, not saved; raises Invalid in the words of the first wrong field.

    Rows that facts point to are taken to exist: whoever reads them from a file looks them up.
    """
    event = EventPage(
        live=False,
        locale_id=festival.locale_id,
        organisation=new.organisation,
        translation_key=uuid.uuid4(),
        **{name: value for name, value in new.facts.items() if name not in MANY},
    )
    event.title = event.title.strip()
    if not event.title:
        raise Invalid(_("Please give the event a title."), field="title")
    event.draft_title = event.title
    try:
        event.clean_fields(exclude=_UNCHECKED)
        check_event(event)
    except ValidationError as error:
        raise invalid_from(error) from None
    return event


_UNCHECKED = {
    field.name for field in EventPage._meta.fields if field.is_relation or field.model is not EventPage
} - {"title", "slug"} | {"slug"}


@dataclass(frozen=True, slots=True)
class Added:
    """An event that was written, with its sessions."""

    event: EventPage
    sessions: list[Session]


def add_events(
    festival: Festival,
    new: Sequence[NewEvent],
    *,
    by,
    is_published: bool = False,
    checked: Sequence[EventPage] | None = None,
) -> list[Added]:
    """Write new events below a festival, all or none; return them in the same order.

    They are drafts; with `is_published`, which takes the right to run the festival, everybody sees them at once. `checked`
    are the pages that `check_new_event` has given already.
    Raises Invalid for the first that is wrong.
    """
    if is_published and not may_run_festival(by):
        raise NotAllowed(_("Only the festival's editors may publish."))
    if not new:
        return []
    events = list(checked) if checked is not None else [check_new_event(each, festival) for each in new]
    with transaction.atomic():
        # The tree's paths are given out by counting children: whoever adds one holds the festival.
        parent = Page.objects.select_for_update().get(pk=festival.pk)
        now = database_now()
        _place_below(parent, events, reserved=festival.get_subpage_urls())
        for event in events:
            event.owner = by
            event.live, event.has_unpublished_changes = is_published, not is_published
            if is_published:
                event.first_published_at = event.last_published_at = now
        _insert_pages(events)
        Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + len(events))
        _insert_many(events, new)
        EventSubmission.objects.bulk_create(
            [
                EventSubmission(event=event, participant=each.participant, **each.extra)
                for event, each in zip(events, new, strict=True)
            ],
            batch_size=BATCH,
        )
        added = [
            Added(event, [Session(event=event, uid=uuid.uuid4().hex, **facts) for facts in each.sessions])
            for event, each in zip(events, new, strict=True)
        ]
        Session.objects.bulk_create([row for each in added for row in each.sessions], batch_size=BATCH)
        _revise(events, by, now, is_published)
        if is_published:
            raise_programme_version()
        transaction.on_commit(lambda: _index(events))
    return added


def _place_below(parent: Page, events: Iterable[EventPage], *, reserved: Iterable) -> None:
    """Give out places in the tree, slugs and addresses as `add_child` does."""
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("-path").values_list("path", flat=True).first()
    step = int(last[-Page.steplen :], 36) if last else 0
    taken = set(children.values_list("slug", flat=True))
    taken |= {str(each.pattern).split("/")[0] for each in reserved}
    for event in events:
        step += 1
        event.depth, event.numchild = parent.depth + 1, 0
        event.path = Page._get_path(parent.path, event.depth, step)
        event.slug = _free_slug(event.title, taken)
        event.url_path = f"{parent.url_path}{event.slug}/"


def _free_slug(title: str, taken: set[str]) -> str:
    base = slugify(title, allow_unicode=True)[:_SLUG_LENGTH].strip("-") or "event"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


def _insert_pages(events: Sequence[EventPage]) -> None:
    """Insert the rows of both tables; Django's own bulk_create knows models of one table alone."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create(
        [Page(**{column: getattr(event, column) for column in columns}) for event in events], batch_size=BATCH
    )
    for event, page in zip(events, pages, strict=True):
        event.pk = event.id = page.pk
        event._state.adding = False
        event._state.db = router.db_for_write(EventPage)
    manager = EventPage._base_manager
    for start in range(0, len(events), BATCH):
        manager._insert(  # type: ignore[attr-defined]
            events[start : start + BATCH],
            fields=EventPage._meta.local_concrete_fields,
            using=router.db_for_write(EventPage),
        )


def _insert_many(events: Sequence[EventPage], new: Sequence[NewEvent]) -> None:
    for name in MANY:
        relation = EventPage._meta.get_field(name)
        through = relation.remote_field.through  # type: ignore[union-attr]
        column = f"{relation.related_model._meta.model_name}_id"  # type: ignore[union-attr]
        rows = []
        for event, each in zip(events, new, strict=True):
            chosen = list(each.facts.get(name, ()))
            # Set, so that the revision holds them without asking the database once more for each page.
            getattr(event, name).set(chosen)
            rows += [through(**{"eventpage_id": event.pk, column: row.pk}) for row in chosen]
        through.objects.bulk_create(rows, batch_size=BATCH)


def _revise(events: Sequence[EventPage], by, now, is_published: bool) -> None:
    """Save a first revision of each with its line in the history."""
    own, base = ContentType.objects.get_for_model(EventPage), ContentType.objects.get_for_model(Page)
    user = by if getattr(by, "is_authenticated", False) else None
    for event in events:
        event.wagtail_admin_comments = []
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=own,
                base_content_type=base,
                object_id=str(event.pk),
                object_str=event.title,
                content=event.serializable_data(),
                created_at=now,
                user=user,
            )
            for event in events
        ],
        batch_size=BATCH,
    )
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                content_type=own,
                page_id=event.pk,
                label=event.title,
                action="learning_events.write_event",
                timestamp=now,
                user=user,
                revision=revision,
                content_changed=True,
            )
            for event, revision in zip(events, revisions, strict=True)
        ],
        batch_size=BATCH,
    )
    for event, revision in zip(events, revisions, strict=True):
        event.latest_revision, event.latest_revision_created_at = revision, now
        event.live_revision = revision if is_published else None
    # One statement instead of a CASE with a branch for every page, which takes three times as long.
    own_revision = Revision.objects.filter(
        base_content_type=base, object_id=Cast(models.OuterRef("pk"), models.CharField())
    ).values("pk")[:1]
    columns = ["latest_revision_id", *(["live_revision_id"] if is_published else [])]
    for start in range(0, len(events), BATCH):
        Page.objects.filter(pk__in=[event.pk for event in events[start : start + BATCH]]).update(
            latest_revision_created_at=now, **dict.fromkeys(columns, models.Subquery(own_revision))
        )


def _index(events: Sequence[EventPage]) -> None:
    """Let search find them, as saving each would have."""
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(EventPage, list(events))
