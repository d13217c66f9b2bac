"""A festival with an event and its session that everybody sees, and a draft."""

from learning_events.models import ChangeRequest, KeyFeature, Room
from tests.architecture.world.city import World
from tests.learning_events.festivals import make_event, make_festival, make_session


def build(world: World) -> None:
    """One of each thing, in each state that decides who may see it."""
    festival = make_festival()
    event = make_event(festival)
    world.things |= {
        "festival": festival,
        "event": event,
        "session": make_session(event),
        "draft_event": make_event(festival, title="A draft event", live=False),
        "key_feature": KeyFeature.objects.create(number="2.2", name="Learning in families"),
        "room": Room.objects.create(place=world.place, name="Hall", people=40),
        "change_request": ChangeRequest.objects.create(
            event=event, participant=world.author, text="One hour later, please."
        ),
    }
