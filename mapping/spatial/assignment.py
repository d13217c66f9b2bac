"""Which area holds which place."""

from collections.abc import Mapping, Sequence

import numpy as np

from mapping.spatial.outlines import polygons_of


def assign(points: np.ndarray, areas: Sequence[Mapping | None]) -> np.ndarray:
    """Return for each point the index of the area that holds it, -1 for none.

    `points` is n x 2, longitude before latitude (EPSG:4326); `areas` are GeoJSON outlines. A point on a border belongs
    to the first of the areas that touch it, so that the answer never depends on the order of the points.
    """
    outlines, _repaired = polygons_of(areas)
    return holders(points, outlines)


def holders(points: np.ndarray, outlines: np.ndarray) -> np.ndarray:
    """Do the same with outlines that are polygons (or None) already, in the points' own coordinate system."""
    import shapely

    points = np.asarray(points, dtype=float).reshape(-1, 2)
    nobody = len(outlines)
    holder = np.full(len(points), nobody, dtype=np.int64)
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    if nobody and len(known):
        # The points are the tree and the areas ask: only the asking side is prepared, and areas are what is heavy.
        tree = shapely.STRtree(shapely.points(points[known]))
        area, point = tree.query(outlines, predicate="intersects")
        np.minimum.at(holder, known[point], area)
    holder[holder == nobody] = -1
    return holder
