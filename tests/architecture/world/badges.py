"""Badges in each state, a pathway that everybody sees and one that nobody does."""

from learning_events.domain.credential import accept_award, offer_to_person
from learning_events.domain.pathway import write_note
from learning_events.enums import Earned
from tests.architecture.world.city import World
from tests.learning_events.badges import make_award, make_badge, make_pathway, offered_award, running_session
from tests.learning_events.festivals import make_event


def build(world: World) -> None:
    event = make_event(world.festival, title="A walk with a badge")
    badge = make_badge(event)
    waiting = offered_award(badge, email="kim@example.org")
    author = world.author
    pathway = make_pathway(world.place, event, badge, slug="walk")
    world.things |= {
        "badge_event": event,
        "badge": badge,
        "badge_session": running_session(event),
        "award": make_award(badge),
        "offered_award": offered_award(badge, email="b@example.org"),
        "waiting_award": accept_award(
            waiting, by=None, name="Kim", is_minor=True, guardian_email="parent@example.org"
        ),
        "authors_award": offer_to_person(badge, author, earned=Earned.GIVEN),
        "pathway": pathway,
        "pathway_step": pathway.steps.get(place=world.place),
        "hidden_pathway": make_pathway(world.place, slug="hidden", title="Hidden", is_public=False),
        "note": write_note(by=author.user, text="A note of the author.", learned_on=author.joined_at.date()),
    }
