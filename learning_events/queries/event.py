"""Where events stand on their way into the programme."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision, WorkflowState

from learning_events.enums import EventStage
from learning_events.models import EventPage, Festival
from participation.models import Participant


@dataclass(frozen=True)
class Standing:
    """Where an event stands; `is_reviewed`: an editor looks at what was handed in last, which of a published event is a
    change; `question` is what the editors ask or answered, "" for nothing."""

    stage: EventStage
    is_reviewed: bool = False
    question: str = ""


def standing_of(event: EventPage) -> Standing:
    """Return where the event stands."""
    return standings_of([event])[event.pk]


def stage_of(event: EventPage) -> EventStage:
    """Return the stage of one event; lists ask `standings_of`."""
    return standing_of(event).stage


def standings_of(events: Iterable[EventPage]) -> dict[int, Standing]:
    """Return where these events stand, by id; two queries besides those for submissions that were not selected."""
    listed = list(events)
    keys = [str(event.pk) for event in listed]
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page), "object_id__in": keys}
    scheduled = set(
        Revision.objects.filter(**of_pages, approved_go_live_at__isnull=False).values_list(
            "object_id", flat=True
        )
    )
    active = WorkflowState.objects.active().filter(**of_pages).select_related("current_task_state")
    states = {state.object_id: state for state in active}
    return {
        event.pk: _standing(event, str(event.pk) in scheduled, states.get(str(event.pk))) for event in listed
    }


def _standing(event: EventPage, is_scheduled: bool, state: WorkflowState | None) -> Standing:
    submission = getattr(event, "submission", None)
    is_returned = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    is_reviewed = state is not None and not is_returned
    question = ""
    if is_returned and state is not None and state.current_task_state is not None:
        question = state.current_task_state.comment
    if not question and submission is not None:
        question = submission.answer
    if event.live:
        return Standing(EventStage.PUBLISHED, is_reviewed, question if is_returned else "")
    if submission is not None and submission.withdrawn_at is not None:
        return Standing(EventStage.WITHDRAWN)
    if submission is not None and submission.declined_at is not None:
        return Standing(EventStage.DECLINED, question=question)
    if is_scheduled:
        return Standing(EventStage.ACCEPTED)
    if is_returned:
        return Standing(EventStage.RETURNED, question=question)
    if is_reviewed:
        return Standing(EventStage.IN_REVIEW, is_reviewed=True)
    if submission is not None and submission.sent_at is not None:
        return Standing(EventStage.SUBMITTED, is_reviewed=True)
    return Standing(EventStage.RETURNED if question else EventStage.DRAFT, question=question)


def events_of(participant: Participant) -> QuerySet[EventPage]:
    """Return the events that this person writes, alone or for an organisation, with their submissions, by title."""
    mine = Q(submission__participant=participant) | Q(organisation__roles__participant=participant)
    ids = EventPage.objects.filter(mine).values("pk")
    return (
        EventPage.objects.filter(pk__in=ids)
        .select_related("submission", "organisation", "kind")
        .order_by("title", "pk")
    )


def unfinished_events_of_festival(festival: Festival) -> list[EventPage]:
    """Return the events that somebody writes from the site and has not handed in, or not again after a question."""
    drafts = EventPage.objects.child_of(festival).filter(
        live=False, submission__withdrawn_at=None, submission__declined_at=None
    )
    listed = list(drafts.select_related("submission").order_by("pk"))
    standings = standings_of(listed)
    return [event for event in listed if standings[event.pk].stage in (EventStage.DRAFT, EventStage.RETURNED)]
