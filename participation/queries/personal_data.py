"""Everything the site holds about one person, as the apps declare it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from participation.foundation.modules import modules_named
from participation.foundation.personal_data import Held
from participation.models import Participant


def all_held() -> list[Held]:
    """Return every app's declarations, in the order of the apps."""
    return [held for module in modules_named("personal_data") for held in module.HELD]


def held_about(user) -> Iterator[tuple[Held, list[dict[str, Any]]]]:
    """Yield each exported declaration with this user's rows, each row a dict of the declared columns."""
    for held in all_held():
        if held.columns:
            yield held, list(held.rows(user).order_by("pk").values(*held.columns))


def counts_about(user) -> list[tuple[Held, int]]:
    """Return each declaration that has rows about this user, with their number."""
    counted = [(held, held.rows(user).count()) for held in all_held()]
    return [(held, number) for held, number in counted if number]


def undeclared_models() -> set[str]:
    """Return the label of every model with a direct link to a user or participant that no app has declared.

    A many-to-many link counts for the model that has it, unless it goes through a model of its own.
    """
    people = {get_user_model(), Participant}
    declared = {held.model.lower() for held in all_held()}
    linked = {
        (getattr(model._meta.auto_created, "_meta", None) or model._meta)
        for model in apps.get_models(include_auto_created=True)
        for link in model._meta.local_fields
        if link.related_model in people
    }
    return {options.label for options in linked if options.label_lower not in declared}
