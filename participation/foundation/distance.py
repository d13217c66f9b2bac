"""How far it is, as the crow flies; without Django, so that the pure rooms may use it."""

import math
from typing import Any

import numpy as np

EARTH_RADIUS_M = 6_371_008.8  # the mean radius (IUGG)


def distance_m(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Any:
    """Return metres between positions in degrees along a great circle (haversine formula, Sinnott 1984).

    Numbers or arrays of one length; NaN stays NaN. A sphere is meant, so it is wrong by up to 0.5 %.
    """
    ends = (latitude, longitude, other_latitude, other_longitude)
    # For single numbers NumPy would be twenty times as slow.
    of: Any = np if any(isinstance(each, np.ndarray) for each in ends) else math
    south, west, north, east = (of.radians(degrees) for degrees in ends)
    half = of.sin((north - south) / 2) ** 2 + of.cos(south) * of.cos(north) * of.sin((east - west) / 2) ** 2
    # At the antipode the half may be a hair more than one.
    return 2 * EARTH_RADIUS_M * of.atan2(of.sqrt(half), of.sqrt(abs(1 - half)))
