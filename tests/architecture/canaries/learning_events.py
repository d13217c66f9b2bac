"""Words that must not be seen of drafts of events, and of who takes part."""

from learning_events.enums import RegistrationState
from learning_events.models import EventPage, Registration
from tests.architecture.canaries.canary import Canary, kept
from tests.architecture.world import World


def plant(world: World) -> dict[str, Canary]:
    """Put words to look for into what only organisers, editors or participants may read."""
    draft = world.draft_event
    EventPage.objects.filter(pk=draft.pk).update(title="Canary draft event")
    booked = Registration.objects.create(
        session=world.seats_session,
        key="c4" * 16,
        name="Canary booked",
        email="canary-booked@example.org",
        phone="0409988776",
        answers=[{"question": 1, "text": "Which flour?", "answer": "Canary flour"}],
        state=RegistrationState.CONFIRMED,
    )
    return {
        "title of a draft event": Canary("Canary draft event", kept(draft, "title")),
        "name of somebody with a seat": Canary("Canary booked", kept(booked, "name")),
        "address of somebody with a seat": Canary("canary-booked@", kept(booked, "email")),
        "telephone of somebody with a seat": Canary("0409988776", kept(booked, "phone")),
        "answer of somebody with a seat": Canary("Canary flour", kept(booked, "answers")),
        "key of a registration": Canary("c4c4c4c4", kept(booked, "key")),
    }
