"""A nameless personal programme with a session of the festival, and a published edition with one file."""

from django.contrib.auth.models import AnonymousUser

from learning_events.domain.plan import star_session
from learning_events.enums import EditionState, PrintForm, PrintOrder
from learning_events.models import PrintedFile, PrintEdition
from learning_events.queries.printing import programme_of, sessions_to_print
from participation.foundation.clock import database_now
from tests.architecture.world.city import World


def build(world: World) -> None:
    """The file is no real print: these tests ask who gets it."""
    now = database_now()
    edition = PrintEdition.objects.create(
        festival=world.festival,
        number=1,
        state=EditionState.READY,
        progress=100,
        programme=programme_of(sessions_to_print(world.festival)),
        created_by=world.people["editor"].user,
        printed_at=now,
        touched_at=now,
        published_at=now,
    )
    world.things |= {
        "plan": star_session(world.session.pk, by=AnonymousUser()),
        "printed_file": PrintedFile.objects.create(
            edition=edition,
            form=PrintForm.BOOKLET,
            order=PrintOrder.DAY,
            content=b"%PDF-1.7",
            pages=4,
            size=8,
        ),
    }
