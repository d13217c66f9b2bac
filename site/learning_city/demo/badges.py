"""Builds the badges and learning pathways of the demo city: three badges, two pathways, and one badge that is held."""

from django.db import transaction

from learning_city.demo import content
from learning_events.domain.credential import accept_award, offer_to_person
from learning_events.enums import Earned
from learning_events.models import Achievement, EventAchievement, EventPage, Pathway, PathwayStep
from mapping.models import LearningPlace

# name, in one sentence, what one did, events at which it can be earned
BADGES = (
    (
        "Hands that mend",
        "Can find a fault and mend it with others.",
        "Opened a broken thing, found the fault with somebody who knows, and mended it or said why it cannot be mended.",
        ("Bring it broken", "First stitch, last button"),
    ),
    (
        "First weld",
        "Can weld a straight seam safely.",
        "Named the rules of safety, clamped two pieces of steel and welded a seam that held.",
        ("Weld your first seam",),
    ),
    (
        "Aldermouth maker",
        "Has walked the makers' pathway from end to end.",
        "Mended a thing, made a thing and visited two workshops of the city.",
        (),
    ),
)
# title, slug, in one sentence, is in order, events, places by slug, badge at the end
PATHWAYS = (
    (
        "From broken to made",
        "from-broken-to-made",
        "Mend something, make something, and see two workshops from inside.",
        False,
        ("Bring it broken", "Print your own poster in lead"),
        ("repair-cafe-in-the-depot", "mill-three-makerspace"),
        "Aldermouth maker",
    ),
    (
        "Bread, bees and apples",
        "bread-bees-and-apples",
        "Where food comes from, in the order in which it grows.",
        True,
        ("A hive opened", "Apples by name", "Bread with Samuel"),
        (),
        "",
    ),
)


def add_badges(events: dict[str, EventPage], places: dict[str, LearningPlace], users: dict) -> None:
    """Make badges and pathways for the festival's events by title; the demo's resident holds one badge already."""
    with transaction.atomic():
        badges = {name: _badge(name, *said, events=events) for name, *said in BADGES}
        for title, slug, summary, is_ordered, titles, slugs, badge in PATHWAYS:
            pathway = Pathway.objects.create(
                title=title,
                slug=slug,
                summary=summary,
                is_ordered=is_ordered,
                achievement=badges.get(badge),
            )
            things = [
                *({"event": events[name]} for name in titles if name in events),
                *({"place": places[name]} for name in slugs if name in places),
            ]
            for number, thing in enumerate(things):
                PathwayStep.objects.create(pathway=pathway, sort_order=number, **thing)
    resident = users[content.personas()["resident"].slug]
    with transaction.atomic():
        award = offer_to_person(
            badges["Hands that mend"],
            resident.participant,
            earned=Earned.GIVEN,
            event=events.get("Bring it broken"),
        )
    if award is not None:
        accept_award(award, by=resident, name=resident.participant.display_name, is_minor=False)


def _badge(
    name: str, description: str, criteria: str, titles, *, events: dict[str, EventPage]
) -> Achievement:
    achievement = Achievement.objects.create(name=name, description=description, criteria=criteria)
    for title in titles:
        if title in events:
            EventAchievement.objects.create(achievement=achievement, event=events[title])
    return achievement
