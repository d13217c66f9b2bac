"""How far it is, as the crow flies; numpy only."""

from typing import Any

import numpy as np

EARTH_RADIUS_M = 6_371_008.8  # the mean radius (IUGG)


def distance_m(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Any:
    """Return metres between positions in degrees by the haversine formula; numbers or arrays of one length.

    NaN stays NaN. A sphere is meant, so it is wrong by up to 0.5 %.
    """
    south, west, north, east = (
        np.radians(degrees) for degrees in (latitude, longitude, other_latitude, other_longitude)
    )
    half = np.sin((north - south) / 2) ** 2 + np.cos(south) * np.cos(north) * np.sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1)))
