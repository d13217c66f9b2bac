"""What other rooms show on the map besides places: each offers its layers in a module `map_layers.py`.

from participation.foundation.map_layers import Layer

LAYERS = (Layer("festival", _("Festival events"), "calendar", points_of_festival),)
"""

from collections.abc import Sequence

from django.core.cache import cache

from participation.foundation.errors import Missing
from participation.foundation.map_layers import Layer, Point
from participation.foundation.modules import modules_named

KEPT_FOR = 60
MOST = 2000


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
