"""The demo's sign-ins: one person per role."""

from django.contrib.auth import get_user_model

from learning_city.demo.content.facts import Person
from learning_city.demo.content.people import personas

PASSWORD = "learning-city-demo"  # noqa: S105 - printed for everybody who starts the demo

ROLE_WORDS = {
    "citizen": "citizen, signed in",
    "resident": "verified resident, may vote",
    "chair": "committee chair",
    "moderator": "moderator",
    "officer": "officer, reviews and counts",
    "editor": "editor",
    "administrator": "administrator",
}
GROUPS = {
    "chair": "Committee chairs",
    "moderator": "Comment moderators",
    "officer": "Budget officers",
    "editor": "City editors",
}


def sign_ins() -> list[tuple[str, Person]]:
    """Return (role in words, person) for every role."""
    return [(ROLE_WORDS[role], person) for role, person in personas().items()]


def user_of(slug: str):
    """Return the user of a persona, or None where the demo city is not loaded."""
    person = next((person for _role, person in sign_ins() if person.slug == slug), None)
    return get_user_model().objects.filter(email=person.email).first() if person else None
