"""Badges as the tests need them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from learning_events.domain.credential import accept_award, offer_award
from learning_events.models import (
    Achievement,
    Award,
    EventAchievement,
    EventPage,
    Pathway,
    PathwayStep,
    Session,
)
from mapping.models import LearningPlace
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session


def make_badge(*events: EventPage, name: str = "Bread baker", **fields: Any) -> Achievement:
    """Return a badge that can be earned at these events."""
    fields.setdefault("description", "Can bake a loaf that rises.")
    fields.setdefault("criteria", "Baked one loaf from flour, water and salt.")
    achievement = Achievement.objects.create(name=name, **fields)
    for event in events:
        EventAchievement.objects.create(achievement=achievement, event=event)
    return achievement


def running_session(event: EventPage | None = None) -> Session:
    """Return a session of a public event that began an hour ago and ends in an hour."""
    event = event or make_event(make_festival())
    now = timezone.now()
    return make_session(
        event, starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1), zone="UTC"
    )


def make_award(achievement: Achievement | None = None, *, name: str = "Ana Azevedo", **fields: Any) -> Award:
    """Return an accepted award of somebody without an account."""
    award = offered_award(achievement, **fields)
    return accept_award(award, by=None, name=name, is_minor=False)


def offered_award(
    achievement: Achievement | None = None, *, email: str = "ana@example.org", **fields: Any
) -> Award:
    """Return an award that was offered to an address and not decided."""
    return offer_award(achievement or make_badge(), by=an_editor(), email=email, **fields)


def make_pathway(*things: Any, slug: str = "food", title: str = "Food of the city", **fields: Any) -> Pathway:
    """Return a pathway whose steps are these events, places and badges, in this order."""
    pathway = Pathway.objects.create(slug=slug, title=title, summary="From field to table.", **fields)
    kinds = {EventPage: "event", LearningPlace: "place", Achievement: "achievement"}
    for number, thing in enumerate(things):
        PathwayStep.objects.create(pathway=pathway, sort_order=number, **{kinds[type(thing)]: thing})
    return pathway
