"""Finding places: one index in memory answers list, map, API, export and coverage, so that they cannot disagree.

The index holds the published places of one version of the map as columns. A search is a few comparisons of whole columns,
so it takes much the same time whatever is asked for and on every database. Whether the index is still true is one small
query; after a change only the places changed since are read again.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from mapping.city import city_of_hours
from mapping.enums import Cost, Stated
from mapping.models import LearningPlace, PlaceCategory
from mapping.models.place import PUBLIC_STATUSES
from mapping.opening_hours import Timetable, open_at
from mapping.queries.version import Version, present_version
from mapping.queries.words import TextWords
from mapping.spatial.cells import Cells, morton
from participation.foundation.distance import distance_m
from participation.foundation.search import MAX_WORDS, fold

Mask = np.ndarray  # bool, one for each place of the index
Positions = np.ndarray  # int, into the columns of the index


@dataclass(frozen=True)
class PlaceSearch:
    """What somebody looks for; everything empty finds all. Ids are primary keys; places fit when they fit every part.

    Of several values in one part one is enough (two kinds of places: either). `open_on` is a weekday, Monday 0.
    """

    words: str = ""
    categories: frozenset[int] = frozenset()
    neighbourhoods: frozenset[int] = frozenset()
    audiences: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    organisation: int = 0
    open_at: dt.datetime | None = None
    open_on: int | None = None
    open_in_evening: bool = False
    step_free: bool = False
    free: bool = False
    online: bool = False

    @property
    def is_narrow(self) -> bool:
        return any(
            getattr(self, each.name) not in ("", frozenset(), 0, None, False) for each in fields(self)
        ) or (self.open_on is not None)


@dataclass(frozen=True)
class PlaceIndex:
    """The published places in the order of their names, as columns of equal length."""

    version: Version
    ids: np.ndarray
    names: list[str]
    latitudes: np.ndarray  # degrees, NaN without a point
    longitudes: np.ndarray
    categories: np.ndarray
    neighbourhoods: np.ndarray  # 0 for none
    organisations: np.ndarray
    hours: np.ndarray  # position in `timetables`, 0 for not stated
    timetables: list[str]
    step_free: np.ndarray
    free: np.ndarray
    online: np.ndarray
    languages: dict[str, Mask]
    audiences: dict[int, Mask]
    topics: dict[int, Mask]
    folded: list[str]  # what words are looked for in
    rows: dict[int, tuple] = field(repr=False)

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def has_point(self) -> Mask:
        return ~np.isnan(self.latitudes)

    @cached_property
    def placed(self) -> Positions:
        """The positions of the places with a point; `cells` names places by their number in here."""
        return np.flatnonzero(self.has_point)

    @cached_property
    def by_cell(self) -> tuple[np.ndarray, Positions]:
        """The Morton codes of the places with a point in rising order, and the positions in that order."""
        positions = np.flatnonzero(self.has_point)
        codes = morton(self.latitudes[positions], self.longitudes[positions])
        order = np.argsort(codes, kind="stable")
        return codes[order], positions[order]

    @cached_property
    def cells(self) -> Cells:
        """The places with a point, in the order of `placed`, ready to be counted for any viewport."""
        return Cells(self.latitudes[self.has_point], self.longitudes[self.has_point])

    @cached_property
    def words(self) -> TextWords:
        return TextWords(self.folded)

    @cached_property
    def weekdays(self) -> np.ndarray:
        """Which timetable is open on which weekday (timetables × 7) in a week without holidays."""
        return self._of_timetables(lambda table: [table.open_on_weekday(day) for day in range(7)], 7)

    @cached_property
    def evenings(self) -> np.ndarray:
        return self._of_timetables(lambda table: [table.open_in_evening()], 1)[:, 0]

    def _of_timetables(self, ask, width: int) -> np.ndarray:
        city = city_of_hours()
        answers = [[False] * width] + [ask(Timetable(osm, **city)) for osm in self.timetables[1:]]
        return np.array(answers, dtype=bool).reshape(len(self.timetables), width)

    def mask(self, search: PlaceSearch) -> Mask:
        """Say of each place whether it fits."""
        fits = np.ones(len(self), dtype=bool)
        if search.categories:
            fits &= np.isin(self.categories, list(with_descendants(search.categories)))
        if search.neighbourhoods:
            fits &= np.isin(self.neighbourhoods, list(search.neighbourhoods))
        if search.organisation:
            fits &= self.organisations == search.organisation
        parts: tuple[tuple[frozenset, dict[Any, Mask]], ...] = (
            (search.languages, self.languages),
            (search.audiences, self.audiences),
            (search.topics, self.topics),
        )
        for wanted, columns in parts:
            if wanted:
                fits &= self._any_of(columns[each] for each in wanted if each in columns)
        if search.step_free:
            fits &= self.step_free
        if search.free:
            fits &= self.free
        if search.online:
            fits &= self.online
        if search.open_on is not None:
            fits &= self.weekdays[self.hours, search.open_on]
        if search.open_in_evening:
            fits &= self.evenings[self.hours]
        if search.open_at is not None:
            fits &= self._open(search.open_at)[self.hours]
        for word in fold(search.words).split()[:MAX_WORDS]:
            fits &= self.words.holding(word)
        return fits

    def find(self, search: PlaceSearch, *, near: tuple[float, float] | None = None) -> Positions:
        """Return the positions of the places that fit, by name, or by distance from `near` (latitude, longitude).

        By distance, places without a point come last.
        """
        found = np.flatnonzero(self.mask(search))
        return found if near is None else found[np.argsort(self.distances_m(found, near), kind="stable")]

    def distances_m(self, positions: Positions, near: tuple[float, float]) -> np.ndarray:
        """Return metres from `near` (latitude, longitude) by the haversine formula; infinite without a point."""
        metres = distance_m(*near, self.latitudes[positions], self.longitudes[positions])
        return np.nan_to_num(metres, nan=np.inf)

    def ids_of(self, positions: Positions) -> list[int]:
        return self.ids[positions].tolist()

    def _any_of(self, masks: Iterable[Mask]) -> Mask:
        found = np.zeros(len(self), dtype=bool)
        for mask in masks:
            found |= mask
        return found

    def _open(self, moment: dt.datetime) -> np.ndarray:
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        openings = open_at(self.timetables[1:], moment, **city_of_hours())
        return np.array([osm in openings for osm in self.timetables], dtype=bool)


_kept: PlaceIndex | None = None
_refreshing = threading.Lock()


def place_index() -> PlaceIndex:
    """Return the index of the present version of the map; one query when it is known already, five after a change."""
    global _kept
    version = present_version()
    kept = _kept
    if kept is not None and kept.version.stamp == version.stamp:
        return kept
    if connection.in_atomic_block:
        # What this transaction wrote may never be: nobody else gets to see it.
        return _built(version, kept)
    with _refreshing:
        version, kept = present_version(), _kept
        if kept is None or kept.version.stamp != version.stamp:
            # The version was read before the places: what changes in between is read once more next time.
            kept = _kept = _built(version, kept)
    return kept


def _built(version: Version, kept: PlaceIndex | None) -> PlaceIndex:
    rows = _rows(version, kept)
    if kept is not None and rows == kept.rows:  # only drafts have changed
        same = replace(kept, version=version)
        same.__dict__.update({**kept.__dict__, "version": version})
        return same
    return _build(version, rows)


_COLUMNS = (
    "pk", "name", "latitude", "longitude", "category", "neighbourhood", "organisation", "opening_hours", "step_free",
    "cost", "is_online", "languages", "summary", "what_to_learn", "street", "category__name", "neighbourhood__name",
)  # fmt: skip


def _rows(version: Version, kept: PlaceIndex | None) -> dict[int, tuple]:
    """Return the columns of every published place by id, reading only what changed since `kept` where that is enough."""
    if kept is None or kept.version.stamp not in version.before:
        places, rows = LearningPlace.objects.filter(status__in=PUBLIC_STATUSES), {}
    else:
        places = LearningPlace.objects.filter(map_version__gt=kept.version.number)
        rows = dict(kept.rows)
        for pk in places.values_list("pk", flat=True):
            rows.pop(pk, None)
        places = places.filter(status__in=PUBLIC_STATUSES)
    topics = _words_of(LearningPlace.topics.through, "topic", places)
    audiences = _words_of(LearningPlace.audiences.through, "audience", places)
    for row in places.values_list(*_COLUMNS).iterator(chunk_size=5000):
        pk = row[0]
        text = " ".join(str(part) for part in (row[1], *row[12:]) if part)
        words = " ".join(name for _pk, name in topics.get(pk, ()))
        rows[pk] = (
            *row[:12],
            tuple(each for each, _name in audiences.get(pk, ())),
            tuple(each for each, _name in topics.get(pk, ())),
            fold(f"{text} {words}"),
            fold(row[1]),
        )
    return rows


def _words_of(through, name: str, places) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = through.objects.filter(learningplace__in=places).order_by(f"{name}_id")
    for place, pk, words in rows.values_list("learningplace_id", f"{name}_id", f"{name}__name"):
        found.setdefault(place, []).append((pk, words))
    return found


def _build(version: Version, rows: dict[int, tuple]) -> PlaceIndex:
    ordered = sorted(rows.values(), key=lambda row: (row[-1], row[0]))
    columns: list[Sequence[Any]] = list(zip(*ordered, strict=True)) if ordered else [()] * 16
    (pks, names, latitudes, longitudes, categories, hoods, organisations, hours, step_free, cost, online) = (
        columns[:11]
    )
    timetables = ["", *sorted({each for each in hours if each})]
    number_of = {osm: number for number, osm in enumerate(timetables)}
    return PlaceIndex(
        version=version,
        ids=np.array(pks, dtype=np.int64),
        names=list(names),
        latitudes=_degrees(latitudes),
        longitudes=_degrees(longitudes),
        categories=_keys(categories),
        neighbourhoods=_keys(hoods),
        organisations=_keys(organisations),
        hours=np.array([number_of[each] for each in hours], dtype=np.int64),
        timetables=timetables,
        step_free=np.array([each == Stated.YES for each in step_free], dtype=bool),
        free=np.array([each == Cost.FREE for each in cost], dtype=bool),
        online=np.array(online, dtype=bool),
        languages=_masks([each.split() for each in columns[11]]),
        audiences=_masks(columns[12]),
        topics=_masks(columns[13]),
        folded=list(columns[14]),
        rows=rows,
    )


def _degrees(column: Sequence[Any]) -> np.ndarray:
    return np.array([np.nan if each is None else float(each) for each in column], dtype=np.float64)


def _keys(column: Sequence[int | None]) -> np.ndarray:
    return np.array([each or 0 for each in column], dtype=np.int64)


def _masks(column: Sequence[Iterable[Any]]) -> dict[Any, Mask]:
    masks: dict[Any, Mask] = {}
    for position, values in enumerate(column):
        for value in values:
            if value not in masks:
                masks[value] = np.zeros(len(column), dtype=bool)
            masks[value][position] = True
    return masks


def with_descendants(categories: Iterable[int]) -> set[int]:
    """Return these kinds of places and all that belong to them; one query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in PlaceCategory.objects.order_by().values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    found, waiting = set(), list(categories)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += children.get(each, [])
    return found
