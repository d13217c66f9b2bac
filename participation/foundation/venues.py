"""Places where people can meet: an upper app that knows some offers them in `<app>/venues.py`.

NAME = "place"
def find(words: str, most: int) -> list[Venue]: ...
def get(number: str) -> Venue | None: ...
"""

from dataclasses import dataclass

from participation.foundation.modules import modules_named


@dataclass(frozen=True)
class Venue:
    """A place by its key (`<NAME>:<number>`): degrees in EPSG:4326, `path` on this site, None where nobody has said."""

    key: str
    name: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    path: str = ""
    is_step_free: bool | None = None
    has_hearing_loop: bool | None = None


def find_venues(words: str, *, most: int = 10) -> list[Venue]:
    """Return the places whose names or addresses have these words, at most `most` of each app; none for no words."""
    if not words.strip():
        return []
    return [venue for module in modules_named("venues") for venue in module.find(words, most)]


def venue_with(key: str) -> Venue | None:
    """Return the place with this key as it is now; None when it is gone, hidden, or of no app that is installed."""
    name, _colon, number = key.partition(":")
    for module in modules_named("venues"):
        if name == module.NAME:
            return module.get(number)
    return None


def can_find_venues() -> bool:
    """Say whether any app knows places."""
    return bool(modules_named("venues"))
