"""The demo city's badges and pathways."""

import pytest
from learning_city.demo import content
from learning_city.demo.badges import BADGES, PATHWAYS, add_badges
from learning_city.demo.content import festival as facts

from learning_events.credentials.facts import Outcome
from learning_events.models import Award, Pathway
from learning_events.queries.credential import achievements_at, verdict_on
from tests import factories
from tests.learning_events.festivals import make_event, make_festival

TITLES = {title for *_badge, titles in BADGES for title in titles} | {
    title for pathway in PATHWAYS for title in pathway[4]
}
PLACES = {slug for pathway in PATHWAYS for slug in pathway[5]}


def test_badges_name_events_and_places_that_there_are():
    assert {event.title for event in facts.events() if event.story not in ("draft", "sent")} >= TITLES
    assert set(content.places()) >= PLACES


@pytest.mark.django_db
def test_resident_of_the_demo_holds_a_valid_badge(resident):
    festival = make_festival()
    events = {title: make_event(festival, title=title) for title in sorted(TITLES)}
    places = {slug: factories.PlaceFactory() for slug in sorted(PLACES)}

    add_badges(events, places, {content.personas()["resident"].slug: resident})

    assert achievements_at(events["Weld your first seam"]).get().name == "First weld"
    assert [pathway.steps.count() for pathway in Pathway.objects.order_by("slug")] == [3, 4]
    award = Award.objects.get()
    assert award.participant == resident.participant
    assert verdict_on(award.credential)[0].outcome == Outcome.VALID
