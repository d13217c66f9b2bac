"""Places on the map that may be one and the same: near each other and called alike."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import QuerySet

from mapping.models import DistinctPlaces, LearningPlace
from mapping.queries.places import PlaceIndex, place_index
from mapping.queries.similar import ALIKE, WITHIN_M
from mapping.spatial.similar import common_words, similar_names
from participation.foundation.distance import distance_m

SHOWN_AT_MOST = 100
# Comparing names takes some microseconds a pair; beyond this the page says that not all were compared.
COMPARED_AT_MOST = 100_000
KEPT_FOR = 3600
_M_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Pair:
    """Two places that may be the same; `metres` is None where one of them has no point."""

    first: LearningPlace
    second: LearningPlace
    alike: float
    metres: int | None


@dataclass(frozen=True)
class Doubles:
    """The likeliest pairs, how many were found in all, and whether every pair nearby was compared.

    Pairs of which a moderator has said that they are two places are not among them.
    """

    pairs: list[Pair]
    number: int
    is_complete: bool


def possible_doubles() -> Doubles:
    """Return pairs of published places that may be the same, the likeliest first; three queries, however many there are."""
    index = place_index()
    apart = frozenset(DistinctPlaces.objects.values_list("first", "second"))
    key = f"mapping.doubles.{index.version.stamp}.{hash(apart)}"
    kept = cache.get(key)
    if kept is None:
        kept = _found(index, apart)
        cache.set(key, kept, KEPT_FOR)
    found, number, is_complete = kept
    ids = {pk for first, second, *_ in found for pk in (first, second)}
    rows = LearningPlace.objects.select_related("category", "neighbourhood").in_bulk(ids)
    pairs = [
        Pair(rows[first], rows[second], alike, metres)
        for first, second, alike, metres in found
        if first in rows and second in rows
    ]
    return Doubles(pairs, number, is_complete)


def are_noted_apart(first: LearningPlace, second: LearningPlace) -> bool:
    """Say whether a moderator has found that these are two places."""
    low, high = sorted((first.pk, second.pk))
    return DistinctPlaces.objects.filter(first=low, second=high).exists()


def noted_apart() -> QuerySet[DistinctPlaces]:
    """Return the pairs of which a moderator has said that they are two places, the latest first."""
    return DistinctPlaces.objects.select_related("first", "second").order_by("-noted_at", "-pk")


def _found(index: PlaceIndex, apart: frozenset[tuple[int, int]]) -> tuple[list[tuple], int, bool]:
    common = common_words(index.names)
    found, is_complete = [], True
    for number, (first, second, metres) in enumerate(_near(index)):
        if number == COMPARED_AT_MOST:
            is_complete = False
            break
        alike = similar_names(index.names[first], index.names[second], common=common)
        if alike >= ALIKE:
            found.append((int(index.ids[first]), int(index.ids[second]), alike, round(metres)))
    found += _named_alike(index)
    found = [pair for pair in found if (min(pair[:2]), max(pair[:2])) not in apart]
    found.sort(key=lambda pair: (-pair[2], pair[3] is None, pair[3] or 0, pair[:2]))
    return found[:SHOWN_AT_MOST], len(found), is_complete


def _near(index: PlaceIndex) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of positions within WITHIN_M metres once, with the metres between them.

    Places are sorted into rows of a grid as wide as the distance, and each is compared with what follows in its own row
    and with the row above.
    """
    positions = np.flatnonzero(index.has_point)
    latitudes, longitudes = index.latitudes[positions], index.longitudes[positions]
    rows = np.floor(latitudes * (_M_PER_DEGREE / WITHIN_M)).astype(np.int64)
    order = np.lexsort((longitudes, rows))
    positions, latitudes, longitudes, rows = (
        column[order] for column in (positions, latitudes, longitudes, rows)
    )
    # One degree of longitude is shortest at the row's end nearer to a pole.
    reach = WITHIN_M / (_M_PER_DEGREE * np.cos(np.radians(np.minimum(np.abs(latitudes) + 0.01, 89.9))))
    starts = np.searchsorted(rows, rows + 1)
    ends = np.searchsorted(rows, rows + 1, side="right")
    for at in range(len(positions)):
        # The rest of the own row as far as the distance reaches, and the window of the row above.
        own_end = (
            at
            + 1
            + int(np.searchsorted(longitudes[at + 1 : starts[at]], longitudes[at] + reach[at], "right"))
        )
        above = longitudes[starts[at] : ends[at]]
        low = starts[at] + int(np.searchsorted(above, longitudes[at] - reach[at]))
        high = starts[at] + int(np.searchsorted(above, longitudes[at] + reach[at], "right"))
        others = np.concatenate([np.arange(at + 1, own_end), np.arange(low, high)])
        if not len(others):
            continue
        metres = distance_m(latitudes[at], longitudes[at], latitudes[others], longitudes[others])
        for other, apart in zip(others[metres <= WITHIN_M], metres[metres <= WITHIN_M], strict=True):
            yield int(positions[at]), int(positions[other]), float(apart)


def _named_alike(index: PlaceIndex) -> list[tuple]:
    """Return pairs of places of the very same name of which at least one has no point to compare."""
    called: dict[str, list[int]] = {}
    for position, row in enumerate(index.rows[pk][-1] for pk in index.ids.tolist()):
        called.setdefault(row, []).append(position)
    found = []
    for same in called.values():
        without = [position for position in same if not index.has_point[position]]
        for position in without[:10]:
            for other in same[:10]:
                if other != position and (index.has_point[other] or other > position):
                    pair = sorted((int(index.ids[position]), int(index.ids[other])))
                    found.append((*pair, 1.0, None))
    return found
