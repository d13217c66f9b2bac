"""What a row of the table of access is made of, and who gets into the admin at all.

A row reads: address, answers, path. The answers are those of the stranger, of everybody signed in, and then the exceptions;
a single word is everybody's. The words:

    ok      200          login   sent to sign in and back     post    405, wants another method
    no      403          away    sent somewhere else          closed  409, not now or not for you
    none    404          bad     400
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.architecture.world import GROUPS, ROLES, STRANGER, World

# Who gets a page of the admin, section by section; nobody else gets a single one there. Outsiders get none anywhere.
STAFF_ROLES = (*(role for role in GROUPS if role != "chair"), "administrator")
OUTSIDERS = tuple(role for role in ROLES if role not in STAFF_ROLES)
ALL = set(STAFF_ROLES)
ADMINISTRATOR = {"administrator"}
EDITOR = {"editor", "administrator"}
OFFICER = {"officer", "administrator"}
MODERATOR = {"moderator", "administrator"}


@dataclass(frozen=True)
class Row:
    """One address with what each role gets there; what stands behind the first space only tells rows apart."""

    address: str
    answers: str
    path: str | Callable[[World], str]

    @property
    def name(self) -> str:
        return self.address.split(" ")[0]

    def answer(self, role: str) -> str:
        plain = [word for word in self.answers.split() if "=" not in word]
        special = dict(word.split("=") for word in self.answers.split() if "=" in word)
        return special.get(role, plain[0] if role == STRANGER else plain[-1])

    def path_in(self, world: World) -> str:
        return self.path if isinstance(self.path, str) else self.path(world)


def at(page: str, name: str, *things: str) -> Callable[[World], str]:
    """The path of one of the pages below a budget, a map, a festival or an event; `things` name what it is about."""
    return lambda world: getattr(world, page).url_of(name, *(getattr(world, thing).pk for thing in things))


def by_key(registration: str, name: str, *more: str) -> Callable[[World], str]:
    """The path of a page of a registration of a place, which its key opens."""
    return lambda world: world.map.url_of(name, getattr(world, registration).key, *more)


def of(name: str, *things: str) -> Callable[[World], str]:
    """The path of a named address about these things."""
    return lambda world: reverse(name, args=[getattr(world, thing).pk for thing in things])


def choosers(*names: str) -> set[str]:
    """The addresses of these choosers, which Wagtail opens to all staff."""
    return {
        f"{name}:{view}"
        for name in names
        for view in ("choose", "choose_results", "chosen", "chosen_multiple")
    }
