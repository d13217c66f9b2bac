"""Places that may be the one in hand already: near it and called alike, or called alike where one of them has no point."""

from dataclasses import dataclass

import numpy as np

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace
from mapping.queries.places import place_index
from mapping.spatial.similar import GENERIC, similar_names, words_of
from participation.foundation.distance import distance_m
from participation.foundation.search import fold

WITHIN_M = 100
ALIKE = 0.6
ALIKE_WITHOUT_POINT = 0.85
AT_MOST = 5
_LOOKED_AT = 500


@dataclass(frozen=True)
class Similar:
    """A place that may be the same; `metres` is None where one of the two has no point."""

    place: LearningPlace
    metres: int | None


def similar_places(place: LearningPlace, *, also_waiting: bool = False) -> list[Similar]:
    """Return up to five places that may be this one, the likeliest first; two queries, one more for those that wait.

    Published ones; with `also_waiting` (for moderators) those too that others have handed in and nobody has decided on.
    """
    found = _published(place)
    if also_waiting:
        found |= _waiting(place)
    found.pop(place.pk, None)
    likeliest = sorted(found, key=lambda pk: (-found[pk][0], found[pk][1] or 0, pk))[:AT_MOST]
    rows = LearningPlace.objects.select_related("category", "neighbourhood").in_bulk(likeliest)
    return [Similar(rows[pk], found[pk][1]) for pk in likeliest if pk in rows]


def _published(place: LearningPlace) -> dict[int, tuple[float, int | None]]:
    """Return id -> (how alike from 0 to 1, metres or None)."""
    index = place_index()
    found: dict[int, tuple[float, int | None]] = {}
    everywhere = np.arange(len(index))
    metres = np.full(len(index), np.inf)
    if place.latitude is not None and place.longitude is not None:
        metres = index.distances_m(everywhere, (float(place.latitude), float(place.longitude)))
    for position in np.flatnonzero(metres <= WITHIN_M):
        alike = similar_names(place.name, index.names[position])
        if alike >= ALIKE:
            found[int(index.ids[position])] = (alike, round(float(metres[position])))
    if not (word := _telling_word(place.name)):
        return found
    without_point = everywhere if not place.has_point else np.flatnonzero(~index.has_point)
    named = [position for position in without_point if word in index.folded[position]]
    for position in named[:_LOOKED_AT]:
        alike = similar_names(place.name, index.names[position])
        if alike >= ALIKE_WITHOUT_POINT:
            found.setdefault(int(index.ids[position]), (alike, None))
    return found


def _waiting(place: LearningPlace) -> dict[int, tuple[float, int | None]]:
    found: dict[int, tuple[float, int | None]] = {}
    rows = LearningPlace.objects.filter(status=PlaceStatus.PENDING).order_by("-pk")
    for pk, name, latitude, longitude in rows.values_list("pk", "name", "latitude", "longitude")[:_LOOKED_AT]:
        alike = similar_names(place.name, name)
        if place.has_point and latitude is not None:
            metres = round(distance_m(*map(float, (place.latitude, place.longitude, latitude, longitude))))
            if metres <= WITHIN_M and alike >= ALIKE:
                found[pk] = (alike, metres)
        elif alike >= ALIKE_WITHOUT_POINT:
            found[pk] = (alike, None)
    return found


def _telling_word(name: str) -> str:
    """Return the longest word that says which place it is; a place of the same name has it too."""
    words = [fold(word) for word in words_of(name) if word not in GENERIC]
    return max(words, key=len, default="")
