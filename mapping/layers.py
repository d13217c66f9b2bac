"""What other rooms show on the map besides places: each offers its layers in a module `map_layers.py`.

from mapping.layers import Layer

LAYERS = (Layer("festival", _("Festival events"), "calendar", points_of_festival),)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise

from participation.foundation.errors import Missing
from participation.foundation.modules import modules_named

KEPT_FOR = 60
MOST = 2000


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


def layers() -> tuple[Layer, ...]:
    """Return the layers of all installed rooms."""
    return tuple(layer for module in modules_named("map_layers") for layer in module.LAYERS)


def layer_of(key: str) -> Layer:
    """Return the layer with this key; raises Missing."""
    for layer in layers():
        if layer.key == key:
            return layer
    raise Missing


def points_of(layer: Layer) -> Sequence[Point]:
    """Return the points of a layer, at most 2,000; kept for a minute."""
    found = cache.get(f"mapping.layer.{layer.key}")
    if found is None:
        found = tuple(layer.points())[:MOST]
        cache.set(f"mapping.layer.{layer.key}", found, KEPT_FOR)
    return found
