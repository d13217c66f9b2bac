"""Words put into every personal and hidden field, to be looked for everywhere (P15); an app a file."""

from tests.architecture.canaries import budgeting, learning_events, mapping, participation
from tests.architecture.canaries.canary import Canary, body_of
from tests.architecture.world import World

__all__ = ["Canary", "body_of", "plant"]


def plant(world: World) -> dict[str, Canary]:
    """Put them there; return them by what they stand for."""
    return (
        budgeting.plant(world)
        | mapping.plant(world)
        | learning_events.plant(world)
        | participation.plant(world)
    )
