"""Calendars that organisers brought along: one's own, and those with trouble."""

from django.db.models import Count, Q, QuerySet

from learning_events.enums import SourceState
from learning_events.models import CalendarSource, Festival, ImportedEvent
from learning_events.queries.event import standings_of
from participation.models import Organisation, Participant


def calendars_of(festival: Festival, participant: Participant) -> QuerySet[CalendarSource]:
    """Return the calendars of this festival that the person gave, or an organisation of theirs, with numbers of events."""
    mine = Q(participant=participant) | Q(organisation__roles__participant=participant)
    found = CalendarSource.objects.filter(
        festival=festival, pk__in=CalendarSource.objects.filter(mine).values("pk")
    )
    return with_numbers(found)


def with_numbers(sources: QuerySet[CalendarSource]) -> QuerySet[CalendarSource]:
    """Add how many events came from each, and how many have changes that wait to be taken over."""
    return (
        sources.select_related("organisation", "festival", "participant")
        .defer("content")
        .annotate(
            events_count=Count("events", filter=Q(events__is_gone=False, events__event__isnull=False)),
            waiting_count=Count("events", filter=~Q(events__waiting=[]) & Q(events__event__isnull=False)),
        )
        .order_by("title", "pk")
    )


def calendars_in_trouble() -> QuerySet[CalendarSource]:
    """Return the calendars that cannot be read at present, the longest failing first."""
    return CalendarSource.objects.filter(state=SourceState.TROUBLE).order_by("-failures", "pk")


def waiting_of(source: CalendarSource) -> list[ImportedEvent]:
    """Return the events whose published sessions the calendar wants otherwise."""
    return list(
        source.events.exclude(waiting=[])
        .exclude(event=None)
        .select_related("event")
        .order_by("event__title", "pk")
    )


def drafts_of(source: CalendarSource) -> list[ImportedEvent]:
    """Return the events of the calendar that were never handed in, by title; five queries."""
    listed = list(
        source.events.filter(is_gone=False, event__live=False, event__submission__sent_at=None)
        .select_related("event__submission", "event__kind")
        .order_by("event__title", "pk")
    )
    standings = standings_of([row.event for row in listed if row.event is not None])
    return [row for row in listed if row.event_id is not None and standings[row.event_id].stage == "draft"]


def organisations_of(participant: Participant) -> QuerySet[Organisation]:
    """Return the organisations that the person acts for."""
    return Organisation.objects.filter(roles__participant=participant).order_by("name").distinct()
