"""Which neighbourhood a point lies in, and whether it belongs to the city at all."""

import math

import numpy as np

from mapping.spatial.assignment import assign
from participation.foundation.geometry import bounds
from participation.models import Neighbourhood


def neighbourhood_at(latitude, longitude) -> Neighbourhood | None:
    """Return the neighbourhood whose outline holds the point (degrees, EPSG:4326), or None; one query."""
    areas = _with_outlines()
    found = assign(np.array([[float(longitude), float(latitude)]]), [area.outline or {} for area in areas])
    return areas[found[0]] if found[0] >= 0 else None


def is_near_the_city(latitude, longitude) -> bool:
    """Say whether a point (degrees) lies in or around what the outlines of the neighbourhoods hold; True without any."""
    boxes = [bounds(area.outline) for area in _with_outlines() if area.outline]
    if not boxes:
        return True
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    around = (north - south) / 2
    across = around / max(math.cos(math.radians((north + south) / 2)), 0.1)
    return (
        south - around <= float(latitude) <= north + around
        and west - across <= float(longitude) <= east + across
    )


def _with_outlines() -> list[Neighbourhood]:
    return list(Neighbourhood.objects.filter(outline__isnull=False).order_by("pk"))
