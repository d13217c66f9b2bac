"""The map's clusters: places in the order of a Morton curve, counted by the cells of a web map; numpy only."""

from dataclasses import dataclass

import numpy as np

# 31 bits for each axis (about 2 cm at the equator), 62 for the code: a cell of level L shares the first 2 L bits.
BITS = 31
_TILE_PX = 256
_NORTHERNMOST = 85.05112877980659  # where the square of web mercator ends (EPSG:3857)

# Each step moves half of the remaining bits, until a zero stands after every bit: Morton's interleaving.
_SPREAD = [
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
]


@dataclass(frozen=True, slots=True)
class Clusters:
    """What to draw, one entry per cell that holds a place; `level` tells how fine the cells were (2^level per axis)."""

    count: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    place: np.ndarray
    """The place's index where it is alone in its cell, else -1."""
    level: int
    places: np.ndarray
    """The indexes of all counted places, cell after cell; `starts` says where each cell begins in it."""
    starts: np.ndarray
    lats: np.ndarray
    """The positions of `places`, in their order."""
    lons: np.ndarray

    def __len__(self) -> int:
        return len(self.count)

    def places_in(self, number: int) -> np.ndarray:
        """Return the indexes of the places in the cluster of this number."""
        start = self.starts[number]
        return self.places[start : start + self.count[number]]

    def extents(self) -> tuple[np.ndarray, np.ndarray]:
        """Return how many degrees of latitude and of longitude lie between the outermost places of each cluster."""
        if not len(self):
            return np.empty(0), np.empty(0)
        high, wide = (
            np.maximum.reduceat(degrees, self.starts) - np.minimum.reduceat(degrees, self.starts)
            for degrees in (self.lats, self.lons)
        )
        return high, wide


def _spread(axis: np.ndarray) -> np.ndarray:
    for shift, keep in _SPREAD:
        axis = (axis | (axis << np.uint64(shift))) & np.uint64(keep)
    return axis


def morton(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return a 62-bit code (uint64) per position in degrees: neighbours on the map share leading bits.

    Raises ValueError for what is not a finite position on the globe. Beyond web mercator's edge (85.05 degrees) the
    edge counts.
    """
    lat, lon = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    if not ((np.abs(lat) <= 90).all() and (np.abs(lon) <= 180).all()):
        raise ValueError("A position must be a latitude from -90 to 90 and a longitude from -180 to 180.")
    sine = np.sin(np.radians(np.clip(lat, -_NORTHERNMOST, _NORTHERNMOST)))
    x = (lon + 180) / 360
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    whole = 1 << BITS
    column = np.clip(x * whole, 0, whole - 1).astype(np.uint64)
    row = np.clip(y * whole, 0, whole - 1).astype(np.uint64)
    return _spread(column) | (_spread(row) << np.uint64(1))


def within(lat: np.ndarray, lon: np.ndarray, bbox: tuple[float, float, float, float]) -> np.ndarray:
    """Say which positions lie in (west, south, east, north), edges included; west > east crosses the antimeridian."""
    west, south, east, north = bbox
    if not np.isfinite(bbox).all():
        raise ValueError("The edges of the map must be finite degrees.")
    inside = (lat >= south) & (lat <= north)
    if east - west >= 360:
        return inside
    # A map that was dragged around the globe names 190 degrees east for 170 west.
    west, east = (edge if -180 <= edge <= 180 else (edge + 180) % 360 - 180 for edge in (west, east))
    if west <= east:
        return inside & (lon >= west) & (lon <= east)
    return inside & ((lon >= west) | (lon <= east))


def _finest_step(level: int) -> np.uint64:
    """Return the least difference of two codes that lie in different cells of a level."""
    return np.uint64(1 << 2 * (BITS - level))


class Cells:
    """Places sorted once by their code, so that every viewport and zoom can be counted in one pass."""

    def __init__(self, lat: np.ndarray, lon: np.ndarray) -> None:
        codes = morton(lat, lon)
        self.order = np.argsort(codes, kind="stable")
        self.codes = codes[self.order]
        self.lat = np.asarray(lat, dtype=float)[self.order]
        self.lon = np.asarray(lon, dtype=float)[self.order]
        self.differ = self.codes[1:] ^ self.codes[:-1]

    def __len__(self) -> int:
        return len(self.codes)

    def clusters(
        self,
        mask: np.ndarray | None = None,
        *,
        bbox: tuple[float, float, float, float],
        zoom: int,
        cell_px: int = 64,
        limit: int = 2000,
    ) -> Clusters:
        """Count the places inside `bbox` (west, south, east, north in degrees) by cells of about `cell_px` pixels.

        `mask` says for each place, in the order given to the class, whether it counts. The counts add up to exactly
        the counted places inside the bbox. Cells grow until at most `limit` (1 or more) are left. A cluster stands at
        the mean of its places; a lone place stands where it is and is named by its index.
        """
        chosen = within(self.lat, self.lon, bbox)
        if mask is not None:
            chosen &= np.asarray(mask, dtype=bool)[self.order]
        level = int(np.clip(zoom + round(np.log2(_TILE_PX / cell_px)), 0, BITS))
        if chosen.all():  # the whole city is in sight: nothing has to be copied
            codes, differ, lats, lons, places = self.codes, self.differ, self.lat, self.lon, self.order
        else:
            inside = np.flatnonzero(chosen)
            codes, lats, lons, places = (
                column[inside] for column in (self.codes, self.lat, self.lon, self.order)
            )
            differ = codes[1:] ^ codes[:-1]
        if not len(codes):
            nothing, none = np.empty(0), np.empty(0, dtype=np.int64)
            return Clusters(none, nothing, nothing, none, level, none, none, nothing, nothing)
        # Two neighbours in the order lie in different cells of a level where their codes differ above its bits. Growing
        # the cells only ever joins neighbours, so each coarser level need look at no more than what is still apart.
        apart = np.flatnonzero(differ >= _finest_step(level))
        while len(apart) >= max(limit, 1) and level > 0:
            level -= 1
            apart = apart[differ[apart] >= _finest_step(level)]
        starts = np.concatenate(([0], apart + 1))
        count = np.diff(starts, append=len(codes))
        lat = np.add.reduceat(lats, starts) / count
        lon = np.add.reduceat(lons, starts) / count
        place = np.where(count == 1, places[starts], -1)
        return Clusters(count, lat, lon, place, level, places, starts, lats, lons)
