"""Places changed at the same moment, on PostgreSQL with real connections: no reader may miss a change for ever."""

import contextlib
import secrets
from functools import partial
from threading import Event

from django.db import transaction

from mapping.domain import coverage
from mapping.domain import place as places
from mapping.domain.coverage import CoverageChoice
from mapping.domain.version import changing_the_map
from mapping.models import LearningPlace, MapVersion
from mapping.queries.places import place_index
from mapping.queries.version import present_version
from participation.foundation.errors import Conflict
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory
from tests.races.conftest import at_once

AT_ONCE = 8


def slow_change(version, slow: LearningPlace, quick: LearningPlace) -> set[str]:
    """Let a reader look between two overlapping changes, the earlier one committing last; return the names it then knows."""
    inside, go_on = Event(), Event()

    def change_slowly():
        with version() as number:
            inside.set()
            go_on.wait(2)
            LearningPlace.objects.filter(pk=slow.pk).update(name="Slow, new", map_version=number)

    def change_quickly():
        inside.wait(10)
        with version() as number:
            LearningPlace.objects.filter(pk=quick.pk).update(name="Quick, new", map_version=number)
        place_index()  # the reader in between
        go_on.set()

    at_once([change_slowly, change_quickly], workers=2)
    return set(place_index().names)


def test_a_reader_between_two_changes_misses_neither():
    slow, quick = PlaceFactory(name="Slow"), PlaceFactory(name="Quick")
    place_index()

    assert slow_change(changing_the_map, slow, quick) == {"Slow, new", "Quick, new"}


def test_a_number_taken_without_holding_the_row_would_lose_one():
    """The negative control: versions that become visible out of their order hide the earlier change from a reader."""
    slow, quick = PlaceFactory(name="Slow"), PlaceFactory(name="Quick")
    place_index()

    @contextlib.contextmanager
    def careless():
        with transaction.atomic():
            number = careless.number = max(present_version().number, careless.number) + 1
            yield number
            latest = present_version()
            MapVersion.objects.update(
                number=max(number, latest.number),
                stamp=secrets.token_hex(8),
                before=" ".join([latest.stamp, *latest.before])[:600],
            )

    careless.number = 0

    assert slow_change(careless, slow, quick) == {"Slow", "Quick, new"}


def test_parallel_changes_of_many_places_get_a_version_each(moderator):
    rows = PlaceFactory.create_batch(AT_ONCE)
    before = present_version().number

    at_once([partial(places.hide_place, row, by=moderator, reason="Wrong.") for row in rows])

    numbers = sorted(LearningPlace.objects.values_list("map_version", flat=True))
    assert numbers == list(range(before + 1, before + 1 + AT_ONCE))
    assert len(place_index()) == 0


def test_f22_of_eight_writers_with_one_version_in_front_of_them_one_saves(moderator):
    place = PlaceFactory()

    answers = at_once(
        [
            partial(places.change_place, place, by=moderator, facts={"name": f"Name {n}"}, expected_version=1)
            for n in range(AT_ONCE)
        ]
    )

    assert sum(isinstance(answer, LearningPlace) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == AT_ONCE - 1


def test_places_merged_crosswise_end_as_one(moderator):
    first, second = PlaceFactory(), PlaceFactory()

    answers = at_once(
        [
            partial(places.merge_places, first, into=second, by=moderator),
            partial(places.merge_places, second, into=first, by=moderator),
        ]
    )

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert LearningPlace.objects.filter(status="published").count() == 1


def test_the_first_changes_ever_make_one_version_row():
    MapVersion.objects.all().delete()
    category = PlaceCategoryFactory()

    answers = at_once(
        [
            partial(places.draft_place, facts={"name": f"Place {n}", "category": category})
            for n in range(AT_ONCE)
        ]
    )

    assert all(isinstance(answer, LearningPlace) for answer in answers)
    assert present_version().number == AT_ONCE


def test_f15_a_crowd_at_a_cold_page_computes_once(monkeypatch):
    hood = NeighbourhoodFactory(population={"0-17": 100, "18-64": 700})
    west, south = hood.outline["coordinates"][0][0]
    PlaceFactory(latitude=f"{south}.500000", longitude=f"{west}.500000")
    computed, figures = [], coverage._figures
    monkeypatch.setattr(coverage, "_figures", lambda *args: computed.append(1) or figures(*args))

    found = at_once([lambda: coverage.coverage_of(CoverageChoice()).near("everyone", 800)] * AT_ONCE)

    assert computed == [1]
    assert len(set(found)) == 1
    assert found[0] > 0
