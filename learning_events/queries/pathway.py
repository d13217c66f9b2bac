"""Learning pathways, how far somebody is on them, and a person's own learning."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from learning_events.enums import AwardState
from learning_events.models import (
    Award,
    LearningNote,
    Pathway,
    PathwayStep,
    Registration,
    StepDone,
)
from participation.foundation.errors import Missing
from participation.models import Participant


@dataclass(frozen=True)
class StepNow:
    """One step as one person stands before it; `is_next` where an order says so or nothing does and it is open."""

    step: PathwayStep
    done: StepDone | None
    is_open: bool


@dataclass(frozen=True)
class Progress:
    """A pathway with its steps as one person has taken them."""

    pathway: Pathway
    steps: list[StepNow]

    @property
    def number_done(self) -> int:
        return sum(step.done is not None for step in self.steps)

    @property
    def is_complete(self) -> bool:
        return bool(self.steps) and self.number_done == len(self.steps)


def _steps() -> QuerySet[PathwayStep]:
    return PathwayStep.objects.select_related("event", "place", "achievement").order_by("sort_order", "pk")


def public_pathways() -> QuerySet[Pathway]:
    """Return the pathways everybody may see, each with `number_of_steps`."""
    return (
        Pathway.objects.filter(is_public=True)
        .annotate(number_of_steps=Count("steps"))
        .select_related("achievement")
        .order_by("title", "pk")
    )


def pathway_by_slug(slug: str) -> Pathway:
    """Return a pathway that everybody may see; raises Missing."""
    pathway = Pathway.objects.filter(slug=slug, is_public=True).select_related("achievement").first()
    if pathway is None:
        raise Missing
    return pathway


def progress_on(pathway: Pathway, participant: Participant | None) -> Progress:
    """Return how far somebody is; nobody in particular has taken no step."""
    done = (
        {
            each.step_id: each
            for each in StepDone.objects.filter(step__pathway=pathway, participant=participant)
        }
        if participant is not None
        else {}
    )
    return _progress(pathway, list(_steps().filter(pathway=pathway)), done)


def progress_of(participant: Participant) -> list[Progress]:
    """Return all pathways on which somebody has taken a step, in a constant number of queries."""
    pathways = (
        Pathway.objects.filter(steps__done__participant=participant)
        .distinct()
        .select_related("achievement")
        .prefetch_related(
            Prefetch("steps", queryset=_steps(), to_attr="all_steps"),
        )
    )
    done = {each.step_id: each for each in StepDone.objects.filter(participant=participant)}
    return [_progress(pathway, pathway.all_steps, done) for pathway in pathways]


def _progress(pathway: Pathway, steps: list[PathwayStep], done: dict[int, StepDone]) -> Progress:
    now, before_are_done = [], True
    for step in steps:
        taken = done.get(step.pk)
        now.append(StepNow(step, taken, taken is None and (before_are_done or not pathway.is_ordered)))
        before_are_done = before_are_done and taken is not None
    return Progress(pathway, now)


def earned_ways(pathway: Pathway, participant: Participant) -> dict[int, str]:
    """Return which steps somebody has taken by what the site knows already: step -> "attended", "door" or "badge"."""
    steps = list(_steps().filter(pathway=pathway))
    events = {step.event.translation_key for step in steps if step.event is not None}
    badges = [step.achievement_id for step in steps if step.achievement_id is not None]
    attended = set(
        attended_by(participant)
        .filter(session__event__translation_key__in=events)
        .values_list("session__event__translation_key", flat=True)
    )
    awards = Award.objects.filter(participant=participant, state=AwardState.ACCEPTED)
    at_door = set(
        awards.filter(event__translation_key__in=events).values_list("event__translation_key", flat=True)
    )
    accepted = set(awards.filter(achievement__in=badges).values_list("achievement", flat=True))
    ways: dict[int, str] = {}
    for step in steps:
        if step.event is not None and step.event.translation_key in attended:
            ways[step.pk] = "attended"
        elif step.event is not None and step.event.translation_key in at_door:
            ways[step.pk] = "door"
        elif step.achievement_id in accepted:
            ways[step.pk] = "badge"
    return ways


def attended_by(participant: Participant) -> QuerySet[Registration]:
    """Return the sessions at which somebody was checked in, newest first."""
    return (
        Registration.objects.filter(participant=participant, checked_in_at__isnull=False)
        .select_related("session__event")
        .order_by("-session__starts_at", "-pk")
    )


def notes_of(participant: Participant) -> QuerySet[LearningNote]:
    return LearningNote.objects.filter(participant=participant)


def pathways_with(achievement_pk: int | None = None, event_key=None) -> QuerySet[Pathway]:
    """Return the public pathways with a step that is this badge, or this event in any language."""
    wanted = Q(pk__in=[])
    if achievement_pk is not None:
        wanted |= Q(steps__achievement=achievement_pk)
    if event_key is not None:
        wanted |= Q(steps__event__translation_key=event_key)
    return Pathway.objects.filter(wanted, is_public=True).distinct()
