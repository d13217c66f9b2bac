"""Live rooms of the small city: an open one of the meeting to come, a closed one of the meeting that is over."""

from django.utils import timezone

from participation.domain.room import add_seed, close_room, come_in, open_room, prepare_room
from participation.enums import RoomAccess, RoomState
from participation.models import Room
from tests.architecture.world.city import World


def build(world: World) -> None:
    """What the chair has opened and closed in the committee that everybody may read, and in the private one."""
    chair = world.people["chair"].user
    for prefix in ("", "hidden_"):
        meeting, held = world.things[f"{prefix}meeting"], world.things[f"{prefix}held_meeting"]
        room = prepare_room(meeting, by=chair, prompt="How shall we?", access=RoomAccess.GUESTS)
        add_seed(room, by=chair, text="Like this.")
        world.things[f"{prefix}room"] = open_room(room, by=chair)
        come_in(room, by=chair)
        over = Room.objects.create(
            meeting=held, prompt="How was it?", state=RoomState.OPEN, opened_at=timezone.now()
        )
        close_room(over, by=chair)
