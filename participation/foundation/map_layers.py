"""What a room shows on the map of learning places: it offers LAYERS of these in a module `map_layers.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Point:
    """One thing with a place; `path` is its page."""

    latitude: float
    longitude: float
    title: str
    path: str


@dataclass(frozen=True)
class Layer:
    """Things of one kind that everybody may see.

    `icon` is one of the site's icons, `series` (2 to 5) the colour of its points, `points` returns them, in the order of their
    list. The map lists them on a page of its own, so that list and map always have the same.
    """

    key: str
    label: str | Promise
    icon: str
    series: int
    points: Callable[[], Sequence[Point]]
