"""What coverage is computed from and how it is read: the choice of places, the city's areas, and the kept figures."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import cache
from django.utils.functional import cached_property

from mapping.models import CoverageSnapshot
from mapping.queries.places import PlaceIndex, PlaceSearch, place_index
from mapping.queries.version import present_version
from mapping.spatial.age_groups import EVERYONE, TOTALS, in_order_of_age, with_totals
from mapping.spatial.coverage import DISTANCES_M, Area, OneMore
from mapping.spatial.drawing import Drawing, draw
from participation.models import Neighbourhood

SUNDAY = 6
# Outlines are megabytes: whether they have changed is looked up once in this time, not for every reader.
KEPT_FOR = 600


@dataclass(frozen=True)
class CoverageChoice:
    """Which places count, by what decides where they are needed, and which neighbourhoods are looked at (none: all).

    Places outside the chosen neighbourhoods count too: a library across the street is near whatever lies between.
    """

    categories: frozenset[int] = frozenset()
    open_in_evening: bool = False
    open_on_sunday: bool = False
    step_free: bool = False
    free: bool = False
    areas: frozenset[int] = frozenset()

    @classmethod
    def of(cls, search: PlaceSearch) -> "CoverageChoice":
        """Return the choice that a search of the list of places stands for; words and languages do not count."""
        return cls(
            categories=search.categories,
            open_in_evening=search.open_in_evening,
            open_on_sunday=search.open_on == SUNDAY,
            step_free=search.step_free,
            free=search.free,
            areas=search.neighbourhoods,
        )

    @classmethod
    def from_json(cls, choice: Mapping[str, Any]) -> "CoverageChoice":
        values: dict[str, Any] = {
            name: frozenset(value) if isinstance(value, list) else value for name, value in choice.items()
        }
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in vars(self).items()
        }

    @property
    def key(self) -> str:
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    @property
    def search(self) -> PlaceSearch:
        return PlaceSearch(
            categories=self.categories,
            open_in_evening=self.open_in_evening,
            open_on=SUNDAY if self.open_on_sunday else None,
            step_free=self.step_free,
            free=self.free,
        )


@dataclass(frozen=True)
class ChosenPlaces:
    """Where the chosen places of one version of the map are."""

    version: int
    points: np.ndarray  # n x 2, longitude and latitude in degrees
    without_point: int

    @cached_property
    def digest(self) -> str:
        told = f"{self.without_point}:".encode() + np.ascontiguousarray(self.points).tobytes()
        return hashlib.sha256(told).hexdigest()


def chosen_places(choice: CoverageChoice) -> ChosenPlaces:
    """Return where the places are that fit the choice; at most two queries while the map stays as it is."""
    index: PlaceIndex = place_index()
    fits = index.mask(choice.search)
    located = fits & index.has_point
    return ChosenPlaces(
        version=index.version.number,
        points=np.column_stack([index.longitudes[located], index.latitudes[located]]),
        without_point=int((fits & ~index.has_point).sum()),
    )


def areas_digest(choice: CoverageChoice) -> str:
    """Return a digest of the outlines and people of the choice's neighbourhoods; no query for ten minutes at a time."""
    return _kept(choice, "digest", lambda: _digest(_rows(choice)))


def drawing_of(choice: CoverageChoice) -> tuple[Drawing | None, dict[int, tuple[str, float]]]:
    """Return the drawing of the choice's neighbourhoods, and path and width by id; kept for ten minutes."""

    def make() -> tuple[Drawing | None, dict[int, tuple[str, float]]]:
        rows = _rows(choice)
        drawing = draw([outline for _pk, outline, _people in rows], framing=[bool(row[2]) for row in rows])
        if drawing is None:
            return None, {}
        drawn = zip(rows, drawing.paths, drawing.widths, strict=True)
        return drawing, {row[0]: (path, width) for row, path, width in drawn if path}

    return _kept(choice, "drawing", make)


def areas_of(choice: CoverageChoice) -> list[Area]:
    """Return the choice's neighbourhoods with their people, those that can be added up first (see `age_groups`)."""
    return [
        Area(str(pk), outline or None, with_totals(people if isinstance(people, dict) else {}))
        for pk, outline, people in _rows(choice)
    ]


def _kept(choice: CoverageChoice, what: str, make) -> Any:
    hoods = ",".join(map(str, sorted(choice.areas)))
    state = hashlib.sha256(f"{present_version().stamp}:{hoods}".encode()).hexdigest()[:32]
    key = f"mapping.coverage.{what}.{state}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_FOR)
    return found


def _rows(choice: CoverageChoice) -> list[tuple[int, dict | None, dict]]:
    rows = Neighbourhood.objects.order_by("pk")
    if choice.areas:
        rows = rows.filter(pk__in=choice.areas)
    return list(rows.values_list("pk", "outline", "population"))


def _digest(rows: Iterable[tuple]) -> str:
    return hashlib.sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class AreaFigures:
    """What is known of one neighbourhood: people, the share of its ground that is near a place, and its places."""

    pk: int
    name: str
    slug: str
    population: Mapping[str, float]
    shares: Mapping[int, float]
    places: int
    middle: tuple[float, float]  # latitude, longitude
    one_more: Mapping[int, OneMore | None]
    """By distance in metres: one more place in the middle of the largest part that is not near one; None without such."""

    def near(self, group: str, distance_m: int) -> float:
        return self.population.get(group, 0) * self.shares[distance_m]

    def without(self, group: str, distance_m: int) -> float:
        return self.population.get(group, 0) * (1 - self.shares[distance_m])

    def gain(self, group: str, distance_m: int) -> float:
        """Return how many people of the whole city would newly live near that one more place."""
        one = self.one_more[distance_m]
        return one.people.get(group, 0) if one else 0

    def per_10_000(self, group: str = EVERYONE) -> float | None:
        people = self.population.get(group)
        return self.places / people * 10_000 if people else None


@dataclass(frozen=True)
class Figures:
    """Who lives near the chosen places, as computed at one time."""

    choice: CoverageChoice
    computed_at: Any
    is_stale: bool
    places: int
    places_without_point: int
    places_outside: int
    areas: list[AreaFigures]
    without_outline: list[str]
    without_population: list[str]
    repaired: list[str]
    distances_m: tuple[int, ...] = DISTANCES_M

    @cached_property
    def groups(self) -> list[str]:
        """The groups known, the totals first; one that is nothing but a total under another name stands there once."""
        groups = in_order_of_age(group for area in self.areas for group in area.population)
        totals = [group for group in groups if group in TOTALS]
        return totals + [
            group for group in groups if group not in TOTALS and not any(self._same(group, t) for t in totals)
        ]

    def _same(self, group: str, total: str) -> bool:
        return all(area.population.get(group) == area.population.get(total) for area in self.areas)

    @property
    def has_people(self) -> bool:
        return self.residents(EVERYONE) > 0

    def residents(self, group: str) -> float:
        return sum(area.population.get(group, 0) for area in self.areas)

    def near(self, group: str, distance_m: int) -> float:
        return sum(area.near(group, distance_m) for area in self.areas)

    def without(self, group: str, distance_m: int) -> float:
        return self.residents(group) - self.near(group, distance_m)

    def share(self, group: str, distance_m: int) -> float | None:
        everyone = self.residents(group)
        return self.near(group, distance_m) / everyone if everyone else None

    def per_10_000(self, group: str = EVERYONE) -> float | None:
        people = self.residents(group)
        inside = sum(area.places for area in self.areas if area.population.get(group))
        return inside / people * 10_000 if people else None

    def least_served(self, group: str, distance_m: int, *, by_share: bool = False) -> list[AreaFigures]:
        """Return the neighbourhoods where the group lives: most people without a place first, or smallest share first."""
        lived_in = [area for area in self.areas if area.population.get(group)]

        def need(area: AreaFigures) -> tuple:
            without = -area.without(group, distance_m)
            return (
                (area.shares[distance_m], without, area.name)
                if by_share
                else (without, area.shares[distance_m], area.name)
            )

        return sorted(lived_in, key=need)

    def most_helped(self, group: str, distance_m: int) -> list[AreaFigures]:
        """Return the neighbourhoods where one more place would reach most people first; none where it would reach nobody."""
        helped = [area for area in self.areas if area.gain(group, distance_m) >= 0.5]
        return sorted(helped, key=lambda area: (-area.gain(group, distance_m), area.name))


def read_figures(snapshot: CoverageSnapshot, *, is_stale: bool) -> Figures:
    """Return a snapshot as figures, with the neighbourhoods' present names; one query."""
    told = snapshot.figures
    names = {
        str(pk): (name, slug) for pk, name, slug in Neighbourhood.objects.values_list("pk", "name", "slug")
    }

    def named(keys: Iterable[str]) -> list[str]:
        return [names[key][0] for key in keys if key in names]

    return Figures(
        choice=CoverageChoice.from_json(snapshot.choice),
        computed_at=snapshot.computed_at,
        is_stale=is_stale,
        places=told["places"],
        places_without_point=told["places_without_point"],
        places_outside=told["places_outside"],
        areas=[
            AreaFigures(
                pk=int(key),
                name=names[key][0],
                slug=names[key][1],
                population=area["population"],
                shares=_by_distance(area["shares"]),
                places=area["places"],
                middle=(area["middle"][0], area["middle"][1]),
                one_more={
                    distance: one and OneMore(one["at"][1], one["at"][0], one["people"])
                    for distance, one in _by_distance(area["one_more"]).items()
                },
            )
            for key, area in told["areas"].items()
            if key in names
        ],
        without_outline=named(told["without_outline"]),
        without_population=named(told["without_population"]),
        repaired=named(told["repaired"]),
    )


def _by_distance(values: Mapping[str, Any]) -> dict[int, Any]:
    return {int(distance): value for distance, value in values.items()}
