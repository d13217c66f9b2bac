"""What a canary is, and where its owner sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from tests.architecture.access import visit
from tests.architecture.world import World


@dataclass(frozen=True)
class Canary:
    """Words that only some may read (`known_to` among the roles), and the proof that they could be read."""

    words: str
    seen_by_its_owner: Callable[[World], str]
    known_to: tuple[str, ...] = ()


def page(path: Callable[[World], str]) -> Callable[[World], str]:
    """What the author reads at this address."""

    def read(world: World) -> str:
        client = Client()
        client.force_login(world.author.user)
        return body_of(visit(client, path(world)))

    return read


def kept(row, name: str) -> Callable[[World], str]:
    """What the database holds in this field."""
    return lambda _world: str(type(row).objects.values_list(name, flat=True).get(pk=row.pk))


def body_of(response) -> str:
    """Return what was sent, as text."""
    return response.content.decode(errors="replace")
