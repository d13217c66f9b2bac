"""How many people live near a learning place, where they do not, and what one more place would change.

People are spread evenly over their area, and "near" is a straight line unless a `Reach` says otherwise: both make a
figure of what is known, not a measurement. Whoever shows the figures should say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from mapping.spatial.assignment import holders
from mapping.spatial.outlines import WGS84, metric_crs, polygons_of, to_crs, transformer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DISTANCES_M = (400, 800, 1200)
_QUADRANT = 16  # corners in a quarter of a circle: its surface is 0.16 % too small


class Reach(Protocol):
    """The ground people can come from to a place within a distance: the hook for travel times."""

    def __call__(self, longitude: float, latitude: float, distance_m: float) -> "BaseGeometry":
        """Return a polygon in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the city: its key, its GeoJSON outline (EPSG:4326) and how many people of each group live there."""

    key: str
    geometry: Mapping | None
    population: Mapping[str, float | None]
    """A group whose number is not known (None) is left out of the area's figures."""

    @property
    def known(self) -> dict[str, float]:
        return {group: people for group, people in self.population.items() if people is not None}


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """What is near for one area: shares of its surface (0 to 1) and people, by distance in metres and group."""

    key: str
    surface_m2: float
    population: Mapping[str, float]
    places: int
    share: Mapping[float, float]
    people: Mapping[float, Mapping[str, float]]
    per_10_000: Mapping[str, float]
    """Places in the area for 10,000 people of each group; a group without people is left out."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answer for a city; `without_outline` and `repaired` name the areas that could not be judged as they came."""

    crs: str
    distances_m: tuple[float, ...]
    areas: tuple[AreaCoverage, ...]
    population: Mapping[str, float]
    """People of each group in the areas that have an outline."""
    people: Mapping[float, Mapping[str, float]]
    """Of these, people near a place, by distance and group."""
    places_outside: int
    without_outline: tuple[str, ...]
    repaired: tuple[str, ...]

    def share_of(self, group: str, distance_m: float) -> float | None:
        """Return the share (0 to 1) of a group that lives near a place; None where nobody of the group is known."""
        everyone = self.population.get(group, 0)
        return self.people[distance_m][group] / everyone if everyone else None

    def least_served(self, distance_m: float, group: str | None = None) -> list[AreaCoverage]:
        """Return the areas with the smallest covered share first; with a group, of equals the one with most people
        who are not near a place, and only areas where the group lives."""
        areas = [area for area in self.areas if group is None or area.population.get(group)]

        def unserved(area: AreaCoverage) -> float:
            return area.population[group] - area.people[distance_m][group] if group else area.surface_m2

        return sorted(areas, key=lambda area: (area.share[distance_m], -unserved(area), area.key))


@dataclass(frozen=True, slots=True)
class Effect:
    """What one more place would change: people newly near, by distance and group, in all and for each area it helps."""

    people: Mapping[float, Mapping[str, float]]
    areas: Mapping[str, Mapping[float, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class OneMore:
    """A point (degrees) for one more place, and how many people of each group would newly live near it."""

    longitude: float
    latitude: float
    people: Mapping[str, float]


class Survey:
    """A city measured once in metres, so that coverage and many "what if" questions need no second union."""

    def __init__(
        self,
        areas: Sequence[Area],
        points: np.ndarray,
        distances_m: Sequence[float] = DISTANCES_M,
        *,
        reach: Reach | None = None,
    ) -> None:
        """Take areas, places (n x 2 longitude and latitude) and distances; ValueError names what is not usable."""
        import shapely

        self.distances_m = tuple(sorted(set(distances_m)))
        if not all(isfinite(d) and d > 0 for d in self.distances_m):
            raise ValueError("A distance must be a finite number of metres above zero.")
        points = np.asarray(points, dtype=float).reshape(-1, 2)
        if not ((np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90)).all():
            raise ValueError("A place must have a longitude from -180 to 180 and a latitude from -90 to 90.")
        for area in areas:
            for group, people in area.known.items():
                if not (isfinite(people) and people >= 0):
                    raise ValueError(f"The number of people ({group}) of {area.key} must be zero or more.")
        if len({area.key for area in areas}) != len(areas):
            raise ValueError("Two areas have the same key. Merge their outlines first.")
        outlines, repaired = polygons_of([area.geometry for area in areas])
        drawn = np.flatnonzero(~shapely.is_missing(outlines))
        self.repaired = tuple(areas[i].key for i in repaired)
        self.without_outline = tuple(area.key for i, area in enumerate(areas) if outlines[i] is None)
        self.areas = [areas[int(i)] for i in drawn]
        self.crs = self._metric(outlines[drawn])
        self.outlines = to_crs(outlines[drawn], WGS84, self.crs)
        self.surface_m2 = shapely.area(self.outlines)
        self.reach = reach
        held = holders(points, outlines[drawn])
        self.places = np.bincount(held[held >= 0], minlength=len(self.areas))
        self.places_outside = int((held < 0).sum())
        # Many learning places share a house; its ground counts once.
        places = np.unique(points, axis=0)
        self._near = {
            distance: shapely.union_all(self._ground(places, distance)) for distance in self.distances_m
        }

    def _metric(self, outlines: np.ndarray) -> str:
        import shapely

        if not len(outlines):
            return metric_crs(0, 0)
        west, south, east, north = shapely.total_bounds(outlines)
        return metric_crs((west + east) / 2, (south + north) / 2)

    def _ground(self, points: np.ndarray, distance_m: float) -> "np.ndarray[Any, np.dtype[np.object_]]":
        import shapely

        if self.reach is None:
            x, y = transformer(WGS84, self.crs).transform(points[:, 0], points[:, 1])
            return shapely.buffer(shapely.points(x, y), distance_m, quad_segs=_QUADRANT)
        grounds = np.empty(len(points), dtype=object)
        grounds[:] = [self.reach(float(lon), float(lat), distance_m) for lon, lat in points]
        return to_crs(grounds, WGS84, self.crs)

    def _shares(self, ground: "BaseGeometry") -> np.ndarray:
        """Return the share of each area's surface that a ground covers."""
        import shapely

        shares = np.zeros(len(self.areas))
        shapely.prepare(ground)
        inside = shapely.covers(ground, self.outlines)
        partly = np.flatnonzero(~inside & shapely.intersects(ground, self.outlines))
        shares[inside] = 1.0
        # Rounding may leave the overlay a hair larger than the area.
        covered = shapely.area(shapely.intersection(self.outlines[partly], ground)) / self.surface_m2[partly]
        shares[partly] = np.minimum(covered, 1.0)
        return shares

    def coverage(self) -> Coverage:
        """Say for every area and distance what is near, and for the city what that comes to."""
        shares = {distance: self._shares(ground) for distance, ground in self._near.items()}
        found = tuple(
            AreaCoverage(
                key=area.key,
                surface_m2=float(self.surface_m2[i]),
                population=area.known,
                places=int(self.places[i]),
                share={distance: float(shares[distance][i]) for distance in self.distances_m},
                people={
                    distance: {
                        group: people * float(shares[distance][i]) for group, people in area.known.items()
                    }
                    for distance in self.distances_m
                },
                per_10_000={
                    group: int(self.places[i]) / people * 10_000
                    for group, people in area.known.items()
                    if people
                },
            )
            for i, area in enumerate(self.areas)
        )
        return Coverage(
            crs=self.crs,
            distances_m=self.distances_m,
            areas=found,
            population=_sum(area.known for area in self.areas),
            people={distance: self._people(shares[distance]) for distance in self.distances_m},
            places_outside=self.places_outside,
            without_outline=self.without_outline,
            repaired=self.repaired,
        )

    def effect_of(self, longitude: float, latitude: float) -> Effect:
        """Say how many people would newly live near a place if one were opened here."""
        import shapely

        point = np.array([[longitude, latitude]], dtype=float)
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError("A place must have a longitude from -180 to 180 and a latitude from -90 to 90.")
        gained = {
            distance: self._shares(shapely.difference(self._ground(point, distance)[0], near))
            for distance, near in self._near.items()
        }
        helped = np.flatnonzero(np.any([shares > 0 for shares in gained.values()], axis=0))
        return Effect(
            people={distance: self._people(shares) for distance, shares in gained.items()},
            areas={
                self.areas[i].key: {
                    distance: {g: n * float(shares[i]) for g, n in self.areas[i].known.items()}
                    for distance, shares in gained.items()
                }
                for i in helped
            },
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Say whether a point (degrees) lies in one of the areas."""
        import shapely

        x, y = transformer(WGS84, self.crs).transform(longitude, latitude)
        return bool(shapely.intersects_xy(self.outlines, x, y).any())

    def middles(self) -> np.ndarray:
        """Return a point in the middle of each area (n x 2 longitude and latitude), always inside its outline."""
        return self._degrees(_inner_points(self.outlines))

    def one_more_in_each(self, distance_m: float) -> list["OneMore | None"]:
        """Say for each area where one more place would stand well, and what it would bring within the distance.

        The point is in the middle of the largest part of the area that is not near a place yet: found fast and easy to
        explain, and not the very best there is. None for an area that has no such part.
        """
        import shapely

        near = self._near[distance_m]
        shapely.prepare(near)
        rest = self.outlines.copy()
        touched = shapely.intersects(near, self.outlines)
        rest[touched] = shapely.difference(self.outlines[touched], near)
        parts, owners = shapely.get_parts(rest, return_index=True)
        surfaces = shapely.area(parts)
        order = np.lexsort((surfaces, owners))
        last = np.flatnonzero(np.append(np.diff(owners[order]) > 0, True)) if len(order) else order
        found: list[OneMore | None] = [None] * len(self.areas)
        largest = order[last]
        largest = largest[surfaces[largest] > 0]
        points = self._degrees(_inner_points(parts[largest]))
        grounds = shapely.difference(self._ground(points, distance_m), near)
        for index, (longitude, latitude), ground in zip(
            owners[largest], points.tolist(), grounds, strict=True
        ):
            found[int(index)] = OneMore(longitude, latitude, self._people(self._shares(ground)))
        return found

    def _degrees(self, points: np.ndarray) -> np.ndarray:
        import shapely

        x, y = transformer(self.crs, WGS84).transform(shapely.get_x(points), shapely.get_y(points))
        return np.column_stack([x, y])

    def _people(self, shares: np.ndarray) -> dict[str, float]:
        return _sum(
            {group: people * float(share) for group, people in area.known.items()}
            for area, share in zip(self.areas, shares, strict=True)
        )


def _inner_points(polygons: np.ndarray) -> np.ndarray:
    """Return the centroid of each polygon, or where it lies beside it a point within."""
    import shapely

    points = shapely.centroid(polygons)
    beside = ~shapely.covers(polygons, points)
    points[beside] = shapely.point_on_surface(polygons[beside])
    return points


def _sum(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for count in counts:
        for group, people in count.items():
            total[group] = total.get(group, 0) + people
    return total


def coverage(
    areas: Sequence[Area],
    points: np.ndarray,
    distances_m: Sequence[float] = DISTANCES_M,
    *,
    reach: Reach | None = None,
) -> Coverage:
    """Say what share of each area, and how many of its people, are near a place; `points` is n x 2 lon and lat."""
    return Survey(areas, points, distances_m, reach=reach).coverage()


def effect_of(
    point: tuple[float, float],
    areas: Sequence[Area],
    points: np.ndarray,
    distances_m: Sequence[float] = DISTANCES_M,
    *,
    reach: Reach | None = None,
) -> Effect:
    """Say how many people one more place at `point` (lon, lat) would bring near; for many questions keep a Survey."""
    return Survey(areas, points, distances_m, reach=reach).effect_of(*point)
