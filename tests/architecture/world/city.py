"""Who lives in the small city, and what holds it together."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from participation.models import Participant

STRANGER = "stranger"
GROUPS = {
    "chair": "Committee chairs",
    "moderator": "Comment moderators",
    "officer": "Budget officers",
    "editor": "City editors",
}
ROLES = (STRANGER, "citizen", "resident", *GROUPS, "administrator")


@contextmanager
def undone():
    """Whatever happens to the database inside is taken back at the end."""
    block = transaction.atomic()
    block._from_testcase = (
        True  # as Django's own tests do, so that a durable block inside believes to be the outermost
    )
    with block:
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """What was built; `people` by role, `author` has written what is not the roles' own."""

    people: dict[str, Participant] = field(default_factory=dict)
    author: Participant | None = None
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, role: str) -> Client:
        """Return a browser in which this role is signed in."""
        client = Client(raise_request_exception=False)
        if role != STRANGER:
            client.force_login(self.people[role].user)
        return client
