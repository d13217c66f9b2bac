"""A small city for tests that go through all addresses: one of each thing, in each state that decides who may see it.

Each app builds its own part, in a file of its name: `build(world)` adds to `world.things`.
"""

from django.contrib.auth.models import Group
from learning_city.accounts.roles import ensure_roles

from tests import factories
from tests.architecture.world import (
    badges,
    budgeting,
    calendars,
    committees,
    learning_events,
    mapping,
    meetings,
    organise,
    participation,
    plan,
    rooms,
    seats,
)
from tests.architecture.world.city import GROUPS, ROLES, STRANGER, World, undone

__all__ = ["GROUPS", "ROLES", "STRANGER", "World", "build_world", "undone"]


def build_world() -> World:
    """Build it by the domain functions where there are some."""
    ensure_roles()
    world = World(things={})
    world.author = factories.VerifiedParticipantFactory(
        display_name="Anna Author", user__email="anna@example.org"
    )
    for role in ROLES[1:]:
        make = factories.VerifiedParticipantFactory if role == "resident" else factories.ParticipantFactory
        is_staff = role in GROUPS or role == "administrator"
        person = make(
            display_name=role.title(),
            user__email=f"{role}@example.org",
            user__is_staff=is_staff,
            user__is_superuser=role == "administrator",
        )
        if role in GROUPS:
            person.user.groups.add(Group.objects.get(name=GROUPS[role]))
        world.people[role] = person
    for part in (
        budgeting,
        participation,
        mapping,
        learning_events,
        organise,
        badges,
        plan,
        seats,
        calendars,
        committees,
        meetings,
        rooms,
    ):
        part.build(world)
    return world
