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
ON_MAP = 5000  # points that a phone still draws; the list has them all


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
    """Return all points of a layer, in the order of their list; kept for a minute."""
    found = cache.get(f"mapping.layer.{layer.key}")
    if found is None:
        found = tuple(layer.points())
        cache.set_many(
            {f"mapping.layer.{layer.key}": found, f"mapping.layer.{layer.key}.count": len(found)}, KEPT_FOR
        )
    return found


def count_of(layer: Layer) -> int:
    """Return how many points a layer has, without reading them all where that is known; kept for a minute."""
    number = cache.get(f"mapping.layer.{layer.key}.count")
    return len(points_of(layer)) if number is None else number
