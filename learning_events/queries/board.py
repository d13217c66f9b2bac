"""The editors' board: where every event of a festival stands, in as many queries with one event as with a thousand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState

from learning_events.enums import ChangeState, EventStage
from learning_events.models import ChangeRequest, EventPage, Festival, Session

# A published event of which a changed version waits for an editor.
CHANGE_WAITS = "change"
STAGES: list[tuple[str, object]] = [
    *((stage.value, stage.label) for stage in EventStage if stage != EventStage.PUBLISHED),
    (EventStage.PUBLISHED.value, EventStage.PUBLISHED.label),
    (CHANGE_WAITS, _("published, a change waits")),
]
# Where an editor has something to do.
WAITING = (EventStage.SUBMITTED.value, EventStage.IN_REVIEW.value, CHANGE_WAITS)


@dataclass(frozen=True)
class StageCount:
    """How many events stand at one stage."""

    stage: str
    label: object
    number: int

    @property
    def waits(self) -> bool:
        return self.stage in WAITING


def events_of(festivals: Iterable[Festival]) -> QuerySet[EventPage]:
    """Return the events below these festivals."""
    below = Q(pk__in=[])
    for festival in festivals:
        below |= Q(path__startswith=festival.path, depth=festival.depth + 1)
    return EventPage.objects.filter(below)


def with_stage(events: QuerySet[EventPage]) -> QuerySet[Any]:
    """Add `stage`, as `queries.event.stage_of` says it of one event, but for published ones of which a change waits.

    Adds `first_session_at` and `waits_since` too.
    """
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    in_review = Exists(states.filter(status=WorkflowState.STATUS_IN_PROGRESS))
    returned = Exists(states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES))
    scheduled = Exists(
        Revision.page_revisions.filter(
            object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
        )
    )
    # Without a workflow a change waits that was handed in after the event was published last.
    handed_in_anew = (
        Q(has_unpublished_changes=True, submission__sent_at__gt=F("last_published_at")) & ~returned
    )
    stage = Case(
        When(Q(live=True) & (in_review | handed_in_anew), then=Value(CHANGE_WAITS)),
        When(live=True, then=Value(EventStage.PUBLISHED.value)),
        When(submission__withdrawn_at__isnull=False, then=Value(EventStage.WITHDRAWN.value)),
        When(submission__declined_at__isnull=False, then=Value(EventStage.DECLINED.value)),
        When(scheduled, then=Value(EventStage.ACCEPTED.value)),
        When(in_review, then=Value(EventStage.IN_REVIEW.value)),
        When(returned, then=Value(EventStage.RETURNED.value)),
        When(submission__sent_at__isnull=False, then=Value(EventStage.SUBMITTED.value)),
        When(submission__answer__gt="", then=Value(EventStage.RETURNED.value)),
        default=Value(EventStage.DRAFT.value),
        output_field=CharField(),
    )
    return events.annotate(stage=stage)


def board_of(festivals: Iterable[Festival]) -> QuerySet[Any]:
    """Return the events of these festivals with their stage, first session and since when they wait."""
    first = Session.objects.filter(event=OuterRef("pk")).order_by("starts_at", "pk").values("starts_at")[:1]
    return (
        with_stage(events_of(festivals))
        .select_related("kind", "organisation", "place", "submission__participant")
        .annotate(
            first_session_at=Subquery(first),
            waits_since=Coalesce(
                "submission__sent_at", "latest_revision_created_at", output_field=DateTimeField()
            ),
        )
        .defer("description", "what_to_learn")
        .order_by("waits_since", "pk")
    )


def count_stages(events: QuerySet[Any]) -> list[StageCount]:
    """Return how many of the events (that have a `stage`) stand where, every stage once."""
    counted = dict(events.order_by().values_list("stage").annotate(number=Count("pk")))
    return [StageCount(stage, label, counted.get(stage, 0)) for stage, label in STAGES]


def count_waiting() -> int:
    """Return how many events of all festivals wait for an editor."""
    return with_stage(EventPage.objects.all()).filter(stage__in=WAITING).count()


def requests_of(festivals: Iterable[Festival]) -> QuerySet[ChangeRequest]:
    """Return the changes that organisers asked for, what nobody has decided first, of these the oldest."""
    is_open = Case(When(state=ChangeState.OPEN, then=Value(0)), default=Value(1))
    return (
        ChangeRequest.objects.filter(event__in=events_of(festivals).values("pk"))
        .select_related("event", "participant")
        .order_by(is_open, "created_at", "pk")
    )


def open_requests(festivals: Iterable[Festival]) -> QuerySet[ChangeRequest]:
    """Return those that nobody has decided."""
    return requests_of(festivals).filter(state=ChangeState.OPEN)


def present_festival(festivals: Iterable[Festival]) -> Festival | None:
    """Return the festival that editors work on: the next that has not ended, else the last one."""
    today = timezone.localdate()
    known = sorted(festivals, key=lambda festival: (festival.ends_on, festival.pk))
    return next((each for each in known if each.ends_on >= today), known[-1] if known else None)
