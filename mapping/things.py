"""What other rooms know of a place, such as coming events: each offers it in a module `place_things.py`.

def things_at(place) -> Sequence[Things]: ...
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from mapping.models import LearningPlace
from participation.foundation.modules import modules_named


@dataclass(frozen=True)
class Things:
    """Things of one kind at a place: a heading, and (path, title, note) of each."""

    heading: str | Promise
    links: Sequence[tuple[str, str, str]]


def things_at(place: LearningPlace) -> list[Things]:
    """Return what the installed rooms know of a place that everybody may see, without what is empty."""
    return [
        things
        for module in modules_named("place_things")
        for things in module.things_at(place)
        if things.links
    ]
