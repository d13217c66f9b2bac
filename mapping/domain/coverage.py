"""How many people live near the chosen places: computed once for each state of the map, kept, and computed anew in a task."""

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mapping.models import CoverageSnapshot
from mapping.queries.coverage import (
    ChosenPlaces,
    CoverageChoice,
    Figures,
    areas_digest,
    areas_of,
    chosen_places,
    read_figures,
)
from mapping.spatial.age_groups import EVERYONE
from mapping.spatial.coverage import DISTANCES_M, Survey
from mapping.spatial.coverage import OneMore as OneMoreInArea
from participation.foundation.clock import database_now
from participation.foundation.errors import Invalid, Refused
from participation.foundation.locks import stand_in_line

# Every combination of filters has its row, and anybody may ask for any: the oldest go.
MOST_KEPT = 300
# A task that has not answered by then is taken for lost.
ASK_AGAIN_AFTER = dt.timedelta(minutes=10)
_WAIT_S = 20
_SURVEYS_KEPT = 4

# One at a time in each process: a crowd at a cold page must not take every thread (F15).
_computing = threading.Lock()
_surveys: dict[tuple[str, str, str], Survey] = {}


class Busy(Refused):
    """So much is being computed that this has to wait."""

    status = 503
    code = "busy"


def coverage_of(choice: CoverageChoice) -> Figures:
    """Return the figures for a choice of places.

    Kept figures are returned at once, even those of an older map: then they say so, and a task is asked to compute them
    anew. Only what nobody has ever asked for is computed here, by one at a time. Raises Busy.
    """
    places, digest = chosen_places(choice), areas_digest(choice)
    snapshot = CoverageSnapshot.objects.filter(key=choice.key).first()
    if snapshot is None:
        snapshot = _compute(choice)
    elif not _is_fresh(snapshot, places, digest) and _ask_for_fresh(snapshot):
        # Without a worker the task has run by now.
        snapshot = CoverageSnapshot.objects.filter(key=choice.key).first() or snapshot
    return read_figures(snapshot, is_stale=not _is_fresh(snapshot, places, digest))


def refresh_coverage(key: str) -> bool:
    """Compute a kept choice anew if the map or the neighbourhoods have changed since; False if nothing is kept."""
    snapshot = CoverageSnapshot.objects.filter(key=key).first()
    if snapshot is None:
        return False
    _compute(CoverageChoice.from_json(snapshot.choice))
    return True


@dataclass(frozen=True)
class OneMore:
    """What one more place would change: people newly near in all, and in each neighbourhood (by id) that it helps.

    By distance in metres and group; `is_inside` says whether the point lies in a neighbourhood that was looked at.
    """

    latitude: float
    longitude: float
    people: Mapping[int, Mapping[str, float]]
    areas: Mapping[int, Mapping[int, Mapping[str, float]]]
    is_inside: bool

    def most_helped(self, group: str, distance_m: int) -> list[tuple[int, float]]:
        """Return (id of a neighbourhood, people newly near) for all it helps by half a person or more, most first."""
        gains = [(pk, by_distance[distance_m].get(group, 0)) for pk, by_distance in self.areas.items()]
        return sorted((each for each in gains if each[1] >= 0.5), key=lambda each: (-each[1], each[0]))


def one_more_place(choice: CoverageChoice, *, latitude: float, longitude: float) -> OneMore:
    """Say how many people would newly live near a place if one more of the choice stood here (degrees, EPSG:4326).

    Raises Invalid for a point outside the world, and Busy.
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Invalid(_("This coordinate lies outside the world."), field="point")
    with _one_at_a_time():
        survey = _survey(choice, chosen_places(choice), areas_digest(choice))
        effect = survey.effect_of(longitude, latitude)
        inside = survey.holds(longitude, latitude)
    return OneMore(
        latitude=latitude,
        longitude=longitude,
        people={int(distance): people for distance, people in effect.people.items()},
        areas={
            int(key): {int(d): gains for d, gains in by_distance.items()}
            for key, by_distance in effect.areas.items()
        },
        is_inside=inside,
    )


def _is_fresh(snapshot: CoverageSnapshot, places: ChosenPlaces, digest: str) -> bool:
    if snapshot.areas_digest != digest:
        return False
    # The map changes often, and mostly elsewhere.
    return snapshot.map_version == places.version or snapshot.figures.get("digest") == places.digest


def _ask_for_fresh(snapshot: CoverageSnapshot) -> bool:
    """Ask the task once for all readers; False if somebody has asked lately."""
    now = database_now()
    if snapshot.asked_at is not None and snapshot.asked_at > now - ASK_AGAIN_AFTER:
        return False
    asked = CoverageSnapshot.objects.filter(pk=snapshot.pk, asked_at=snapshot.asked_at).update(asked_at=now)
    if asked:
        # Tasks lie on a floor above the domain and are looked up by name, so that imports go one way.
        import_string("mapping.tasks.recompute_coverage").enqueue(snapshot.key)
    return bool(asked)


def _compute(choice: CoverageChoice) -> CoverageSnapshot:
    """Return a fresh snapshot, computed here unless somebody else has just done it."""
    with _one_at_a_time(), _alone_among_servers(choice.key):
        places, digest = chosen_places(choice), areas_digest(choice)
        kept = CoverageSnapshot.objects.filter(key=choice.key).first()
        if kept is not None and _is_fresh(kept, places, digest):
            if kept.asked_at is not None:
                CoverageSnapshot.objects.filter(pk=kept.pk).update(asked_at=None, map_version=places.version)
            return kept
        figures = _figures(_survey(choice, places, digest), places)
        snapshot, is_new = CoverageSnapshot.objects.update_or_create(
            key=choice.key,
            defaults={
                "choice": choice.as_json(),
                "map_version": places.version,
                "areas_digest": digest,
                "figures": figures,
                "computed_at": database_now(),
                "asked_at": None,
            },
        )
        if is_new:
            _forget_the_oldest()
    return snapshot


def _survey(choice: CoverageChoice, places: ChosenPlaces, digest: str) -> Survey:
    """Return the city measured for these places; the last few are kept in memory."""
    key = (choice.key, places.digest, digest)
    survey = _surveys.pop(key, None)
    if survey is None:
        survey = Survey(areas_of(choice), places.points)
    _surveys[key] = survey
    while len(_surveys) > _SURVEYS_KEPT:
        del _surveys[next(iter(_surveys))]
    return survey


def _figures(survey: Survey, places: ChosenPlaces) -> dict:
    """Return what the snapshot keeps; distances in metres are keys, shares go from 0 to 1, people have decimals."""
    coverage = survey.coverage()
    one_more = {distance: survey.one_more_in_each(distance) for distance in DISTANCES_M}
    areas = {}
    for at, (area, (longitude, latitude)) in enumerate(
        zip(coverage.areas, survey.middles().tolist(), strict=True)
    ):
        areas[area.key] = {
            "population": dict(area.population),
            "shares": {int(distance): share for distance, share in area.share.items()},
            "places": area.places,
            "middle": [round(latitude, 6), round(longitude, 6)],
            "one_more": {distance: _told(found[at]) for distance, found in one_more.items()},
        }
    return {
        "digest": places.digest,
        "places": len(places.points),
        "places_without_point": places.without_point,
        "places_outside": coverage.places_outside,
        "distances_m": list(DISTANCES_M),
        "areas": areas,
        "without_outline": list(coverage.without_outline),
        "without_population": [area.key for area in coverage.areas if EVERYONE not in area.population],
        "repaired": list(coverage.repaired),
    }


def _told(one: OneMoreInArea | None) -> dict | None:
    if one is None:
        return None
    return {
        "at": [round(one.latitude, 6), round(one.longitude, 6)],
        "people": {group: round(people, 1) for group, people in one.people.items()},
    }


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _computing.acquire(timeout=_WAIT_S):
        raise Busy(_("Many figures are being computed just now. Please try again in a minute."))
    try:
        yield
    finally:
        _computing.release()


@contextmanager
def _alone_among_servers(key: str) -> Iterator[None]:
    """Hold every other server process off this choice; on SQLite there is one process, and its lock above is enough."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        stand_in_line(CoverageSnapshot, int(key[:8], 16), alone=True)
        yield


def _forget_the_oldest() -> None:
    kept = CoverageSnapshot.objects.order_by("-computed_at", "-pk").values_list("pk", flat=True)[:MOST_KEPT]
    CoverageSnapshot.objects.exclude(pk__in=list(kept)).delete()
