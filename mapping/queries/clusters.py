"""What a map of many places shows for one viewport: always the places that the list beside it has, counted by cells."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from mapping.queries.places import PlaceIndex, PlaceSearch
from mapping.queries.places_page import Choices
from mapping.spatial.cells import Clusters

CELL_PX = 64
MAX_ZOOM = 18
# A screen holds a few hundred cells; only somebody who asks for a whole continent in detail meets this.
MOST_FEATURES = 1000
MOST_NAMED = 300
# Names are cut where there are many, so that an answer stays light whatever people call their places.
SHORT_NAME, FEW = 60, 300
_VIEW_PX = 480  # what a cluster fills after a click on it
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """How many places a search finds: all, those without a point on the map, and the box around the others (or None).

    The box is west, south, east, north in degrees.
    """

    count: int
    without_point: int
    box: Box | None


def found_by(index: PlaceIndex, positions: np.ndarray) -> Found:
    """Sum up what a search has found; `positions` are those of `index.find`."""
    placed = positions[index.has_point[positions]]
    box = None
    if len(placed):
        lat, lon = index.latitudes[placed], index.longitudes[placed]
        box = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    return Found(len(positions), len(positions) - len(placed), box)


def map_features(
    index: PlaceIndex, search: PlaceSearch, kinds: Choices, *, bbox: Box, zoom: int
) -> dict[str, Any]:
    """Return what to draw in `bbox` (west, south, east, north in degrees) at a zoom from 0 to 18, light enough for a phone.

    `count` is the number of all places the search finds, `without_point` those of them no map can show. `places` are single
    ones as [id, latitude, longitude, name, symbol], `clusters` are [number, latitude, longitude, zoom that parts them]; where
    no zoom does, a fifth member lists the places. A symbol is a position in `symbols`.
    """
    zoom = min(max(zoom, 0), MAX_ZOOM)
    placed = index.placed
    mask = index.mask(search) if search.is_narrow else None
    wanted = None if mask is None else mask[placed]
    groups = index.cells.clusters(wanted, bbox=bbox, zoom=zoom, cell_px=CELL_PX, limit=MOST_FEATURES)
    symbols = sorted({kind.symbol for kind in kinds.kinds})
    number_of = {kind.pk: symbols.index(kind.symbol) for kind in kinds.kinds}
    decimals = min(6, 2 + zoom // 4)
    lone = placed[groups.place[groups.place >= 0]]
    longest = None if len(lone) <= FEW else SHORT_NAME

    def entry(position: int) -> list:
        return [
            int(index.ids[position]),
            _short(index.names[position], longest),
            number_of.get(int(index.categories[position]), 0),
        ]

    places = []
    for position in lone:
        pk, name, symbol = entry(position)
        places.append(
            [
                pk,
                round(float(index.latitudes[position]), 5),
                round(float(index.longitudes[position]), 5),
                name,
                symbol,
            ]
        )
    clusters: list[list] = []
    left = MOST_NAMED
    together = np.flatnonzero(groups.count > 1)
    parted = _parting_zooms(groups, zoom)[together]
    for number, next_zoom in zip(together, parted, strict=True):
        size = int(groups.count[number])
        row: list = [
            size,
            round(float(groups.lat[number]), decimals),
            round(float(groups.lon[number]), decimals),
        ]
        row.append(int(next_zoom))
        if next_zoom == 0:
            members = placed[groups.places_in(int(number))][: max(left, 0)]
            left -= len(members)
            row.append([entry(position) for position in sorted(members)])
        clusters.append(row)
    total = len(index) if mask is None else int(mask.sum())
    with_point = len(placed) if wanted is None else int(wanted.sum())
    return {
        "count": total,
        "without_point": total - with_point,
        "symbols": symbols,
        "places": places,
        "clusters": clusters,
    }


def _parting_zooms(groups: Clusters, zoom: int) -> np.ndarray:
    """Return the zoom at which each cluster fills a view, 0 where its places cannot be told apart on any map."""
    heights, widths = groups.extents()
    stretch = 1 / np.maximum(np.cos(np.radians(groups.lat)), 0.05)
    extents = np.maximum(widths, heights * stretch)
    with np.errstate(divide="ignore"):
        fitting = np.floor(np.log2(360 / 256 * _VIEW_PX / extents))
    # At the last zoom a pixel is 5 millionths of a degree: what is nearer than a marker is wide cannot be parted.
    inseparable = (zoom >= MAX_ZOOM) | (extents < 32 * 360 / (256 * 2.0**MAX_ZOOM))
    return np.where(inseparable, 0, np.clip(fitting, zoom + 1, MAX_ZOOM)).astype(np.int64)


def _short(name: str, longest: int | None) -> str:
    return name if longest is None or len(name) <= longest else f"{name[: longest - 1]}…"
