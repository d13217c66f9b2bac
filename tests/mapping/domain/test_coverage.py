"""Who lives near the chosen places: computed once, kept, and computed anew when the places have changed."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from django_tasks import default_task_backend

from mapping.domain import coverage
from mapping.domain.coverage import CoverageChoice, coverage_of, one_more_place, refresh_coverage
from mapping.domain.place import hide_place
from mapping.domain.version import changing_the_map
from mapping.enums import Cost, PlaceStatus, Stated
from mapping.models import CoverageSnapshot, LearningPlace
from mapping.tasks import recompute_coverage
from participation.foundation.errors import Invalid
from participation.models import Neighbourhood
from tests.clock import stopped_clock
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory
from tests.mapping.spatial import hamburg

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db

# Two squares of 2.2 km side by side at the equator, in the middle of a UTM zone.
SIDE = 0.02


def square(west: float, south: float = 0.0) -> dict:
    box = shapely.box(west, south, round(west + SIDE, 6), south + SIDE)
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in box.exterior.coords]]}


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    coverage._surveys.clear()


@pytest.fixture
def west():
    people = {"0-17": 100, "18-64": 700, "65+": 200}
    return NeighbourhoodFactory(name="West", outline=square(9.0), population=people)


@pytest.fixture
def east():
    return NeighbourhoodFactory(name="East", outline=square(9.02), population={"0-17": 10, "18-64": 40})


@pytest.fixture
def place(west, east):
    return PlaceFactory(latitude="0.010000", longitude="9.010000")


def test_people_are_counted_by_neighbourhood_and_group(place):
    figures = coverage_of(CoverageChoice())

    west, east = figures.areas
    assert (west.name, west.places, east.name, east.places) == ("West", 1, "East", 0)
    assert figures.groups == ["everyone", "children", "elderly", "18-64"]
    assert figures.residents("everyone") == 1050
    assert figures.residents("elderly") == 200
    # A circle of 800 m in a square of about 2.2 km.
    assert west.shares[800] == pytest.approx(0.408, abs=0.003)
    assert west.near("children", 800) == pytest.approx(40.8, abs=0.3)
    assert west.without("children", 800) == pytest.approx(59.2, abs=0.3)
    assert east.without("everyone", 1200) > 49
    assert figures.share("everyone", 800) == pytest.approx(408 / 1050, abs=0.003)
    assert figures.per_10_000() == pytest.approx(10_000 / 1050)
    assert (west.per_10_000(), east.per_10_000()) == (10.0, 0.0)


def test_the_least_served_are_told_by_people_and_by_share(place):
    figures = coverage_of(CoverageChoice())

    assert [area.name for area in figures.least_served("everyone", 800)] == ["West", "East"]
    assert [area.name for area in figures.least_served("everyone", 800, by_share=True)] == ["East", "West"]
    assert [area.name for area in figures.least_served("elderly", 800)] == ["West"]


def test_what_cannot_be_judged_is_named(place):
    NeighbourhoodFactory(name="Nowhere", outline=None, population={"0-17": 5})
    NeighbourhoodFactory(name="Nobody told", outline=square(9.04), population={})
    PlaceFactory(latitude=None, longitude=None)
    PlaceFactory(latitude="5.000000", longitude="9.000000")

    figures = coverage_of(CoverageChoice())

    assert figures.without_outline == ["Nowhere"]
    assert figures.without_population == ["Nobody told"]
    assert (figures.places, figures.places_without_point, figures.places_outside) == (2, 1, 1)
    assert figures.residents("everyone") == 1050


def test_a_city_without_neighbourhoods_or_places_has_figures_too():
    figures = coverage_of(CoverageChoice())

    assert (figures.areas, figures.places, figures.groups) == ([], 0, [])
    assert not figures.has_people
    assert figures.share("everyone", 800) is None


def test_only_chosen_places_count(place):
    kind = PlaceCategoryFactory()
    below = PlaceCategoryFactory(parent=kind)
    chosen = {"latitude": "0.010000", "longitude": "9.030000", "category": below, "cost": Cost.FREE}
    PlaceFactory(step_free=Stated.YES, opening_hours="Mo-Sa 10:00-17:00", **chosen)
    PlaceFactory(opening_hours="Mo-Su 10:00-22:00", **chosen | {"cost": Cost.PAID})
    PlaceFactory(status=PlaceStatus.PENDING, **chosen)
    only = frozenset({kind.pk})

    def counted(**choice) -> int:
        return coverage_of(CoverageChoice(**choice)).places

    assert counted() == 3
    assert counted(categories=only) == 2
    assert counted(categories=only, step_free=True) == 1
    assert counted(categories=only, free=True) == 1
    assert counted(categories=only, open_on_sunday=True) == 1
    assert counted(categories=only, open_in_evening=True) == 1


def test_a_page_about_one_neighbourhood_counts_places_across_its_border(west, east):
    PlaceFactory(latitude="0.010000", longitude="9.020100")

    figures = coverage_of(CoverageChoice(areas=frozenset({west.pk})))

    assert [area.name for area in figures.areas] == ["West"]
    assert figures.places_outside == 1
    assert figures.near("everyone", 800) > 150


def test_figures_are_computed_once_and_kept(place, monkeypatch):
    computed = []
    survey = coverage.Survey
    monkeypatch.setattr(coverage, "Survey", lambda *args: computed.append(args) or survey(*args))

    first = coverage_of(CoverageChoice())
    again = coverage_of(CoverageChoice())

    assert len(computed) == 1
    assert first == again
    assert CoverageSnapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_kept_figures_takes_few_queries_however_many_there_are(place, django_assert_num_queries):
    coverage_of(CoverageChoice())
    with django_assert_num_queries(4):
        coverage_of(CoverageChoice())
    for number in range(5):
        NeighbourhoodFactory(outline=square(9.04 + number * SIDE), population={"0-17": 5})
    with changing_the_map():
        pass
    coverage_of(CoverageChoice())

    with django_assert_num_queries(4):
        coverage_of(CoverageChoice())


@pytest.fixture
def asked(settings):
    """The tasks that wait: nobody works on them here."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    waiting = default_task_backend.results
    return lambda: [each.args for each in waiting if each.task.func is recompute_coverage.func]


def test_after_a_change_the_old_figures_are_shown_and_new_ones_asked_for_once(place, asked):
    before = coverage_of(CoverageChoice())
    PlaceFactory(latitude="0.010000", longitude="9.030000")

    stale, again = coverage_of(CoverageChoice()), coverage_of(CoverageChoice())

    assert (before.is_stale, stale.is_stale, again.is_stale) == (False, True, True)
    assert stale.places == before.places == 1
    assert asked() == [[CoverageChoice().key]]


def test_a_task_that_was_lost_is_asked_for_again(place, asked):
    with stopped_clock("2027-05-03T10:00:00Z") as clock:
        coverage_of(CoverageChoice())
        PlaceFactory(latitude="0.010000", longitude="9.030000")
        coverage_of(CoverageChoice())

        clock.shift(dt.timedelta(minutes=11))
        coverage_of(CoverageChoice())

    assert len(asked()) == 2


def test_the_task_brings_the_figures_up_to_date(place):
    with stopped_clock("2027-05-03T10:00:00Z") as clock:
        coverage_of(CoverageChoice())
        clock.shift(dt.timedelta(hours=1))
        PlaceFactory(latitude="0.010000", longitude="9.030000")

        recompute_coverage.call(CoverageChoice().key)
        figures = coverage_of(CoverageChoice())

    assert (figures.places, figures.is_stale) == (2, False)
    assert figures.computed_at == dt.datetime(2027, 5, 3, 11, tzinfo=dt.UTC)
    assert CoverageSnapshot.objects.get().asked_at is None


def test_without_a_worker_the_first_reader_after_a_change_gets_fresh_figures(place):
    coverage_of(CoverageChoice())
    PlaceFactory(latitude="0.010000", longitude="9.030000")

    figures = coverage_of(CoverageChoice())

    assert (figures.places, figures.is_stale) == (2, False)


def test_a_hidden_place_counts_no_more(place, moderator):
    coverage_of(CoverageChoice())

    hide_place(place, by=moderator, reason="Not a place to learn.")

    assert coverage_of(CoverageChoice()).near("everyone", 1200) == 0


def test_a_change_elsewhere_leaves_the_figures_fresh(place):
    kind = frozenset({place.category_id})
    before = coverage_of(CoverageChoice(categories=kind))

    PlaceFactory(latitude="0.010000", longitude="9.030000")
    after = coverage_of(CoverageChoice(categories=kind))

    assert not after.is_stale
    assert after.computed_at == before.computed_at


def test_other_people_in_a_neighbourhood_make_the_figures_old(place, west):
    coverage_of(CoverageChoice())
    Neighbourhood.objects.filter(pk=west.pk).update(population={"0-17": 1})
    with changing_the_map():
        pass

    figures = coverage_of(CoverageChoice())

    assert figures.residents("everyone") == 51


def test_a_task_for_what_is_kept_no_more_does_nothing(db):
    assert refresh_coverage("0" * 64) is False


def test_only_so_many_choices_are_kept(place, monkeypatch):
    monkeypatch.setattr(coverage, "MOST_KEPT", 3)
    kinds = [frozenset({number}) for number in range(1, 6)]

    for kind in kinds:
        coverage_of(CoverageChoice(categories=kind))

    kept = {snapshot.choice["categories"][0] for snapshot in CoverageSnapshot.objects.all()}
    assert kept == {3, 4, 5}


def test_one_more_place_reaches_who_had_none(place, east):
    change = one_more_place(CoverageChoice(), latitude=0.01, longitude=9.03)

    assert change.is_inside
    (pk, people), *rest = change.most_helped("everyone", 800)
    assert (pk, rest) == (east.pk, [])
    assert people == pytest.approx(50 * 0.408, abs=0.3)
    assert change.people[800]["children"] == pytest.approx(4.08, abs=0.05)


def test_one_more_place_beside_another_reaches_nobody_new(place):
    change = one_more_place(CoverageChoice(), latitude=0.01, longitude=9.01)

    assert change.people[800]["everyone"] == 0
    assert change.most_helped("everyone", 800) == []


def test_a_place_far_from_the_city_helps_nobody_and_says_so(place):
    change = one_more_place(CoverageChoice(), latitude=53.5, longitude=10.0)

    assert not change.is_inside
    assert change.people[1200]["everyone"] == 0


@pytest.mark.parametrize("point", [(91, 0), (0, 181), (float("nan"), 0)])
def test_a_point_outside_the_world_is_refused(place, point):
    with pytest.raises(Invalid) as refusal:
        one_more_place(CoverageChoice(), latitude=point[0], longitude=point[1])

    assert refusal.value.field == "point"


def test_where_one_more_place_helps_most_is_told_for_each_neighbourhood(place):
    figures = coverage_of(CoverageChoice())

    best, other = figures.most_helped("everyone", 800)
    one = best.one_more[800]
    change = one_more_place(CoverageChoice(), latitude=one.latitude, longitude=one.longitude)

    assert (best.name, other.name) == ("West", "East")
    assert best.gain("everyone", 800) == pytest.approx(change.people[800]["everyone"], abs=0.1)
    # The middle of West has a place already: one more there would reach nobody.
    assert best.gain("everyone", 800) > 100


def test_a_neighbourhood_that_is_all_near_a_place_needs_no_more(west):
    tiny = {"type": "Polygon", "coordinates": [[[9, 1], [9.002, 1], [9.002, 1.002], [9, 1.002], [9, 1]]]}
    hood = NeighbourhoodFactory(name="Tiny", outline=tiny, population={"0-17": 9})
    PlaceFactory(latitude="1.001000", longitude="9.001000")

    figures = coverage_of(CoverageChoice(areas=frozenset({hood.pk})))

    assert figures.areas[0].one_more == {400: None, 800: None, 1200: None}
    assert figures.most_helped("everyone", 800) == []


def test_places_nearby_are_busy_with_others_for_so_long_and_then_say_so(place, monkeypatch):
    monkeypatch.setattr(coverage, "_WAIT_S", 0.01)
    with coverage._one_at_a_time(), pytest.raises(coverage.Busy) as refusal:
        coverage_of(CoverageChoice())

    assert refusal.value.status == 503


def test_hamburg_s_libraries_give_the_known_shares(shared_data):
    rows = []
    for area in hamburg.areas(shared_data):
        everyone, children, elderly = (
            area.population[group] for group in (hamburg.EVERYONE, hamburg.CHILDREN, hamburg.ELDERLY)
        )
        people = {"0-17": children, "18-64": everyone - children - elderly, "65+": elderly}
        rows.append(
            Neighbourhood(name=area.key, slug=f"h-{len(rows)}", outline=area.geometry, population=people)
        )
    Neighbourhood.objects.bulk_create(rows)
    library = PlaceCategoryFactory(name="Library", slug="library")
    with changing_the_map() as number:
        LearningPlace.objects.bulk_create(
            LearningPlace(
                name=f"Library {at}",
                category=library,
                longitude=f"{longitude:.6f}",
                latitude=f"{latitude:.6f}",
                status=PlaceStatus.PUBLISHED,
                map_version=number,
            )
            for at, (longitude, latitude) in enumerate(hamburg.places(shared_data))
        )

    figures = coverage_of(CoverageChoice(categories=frozenset({library.pk})))

    assert figures.places == 157
    assert [round(100 * figures.share("everyone", d), 1) for d in (400, 800, 1200)] == [13.7, 35.4, 54.8]
    assert len(figures.areas) == 95
    assert figures.groups[:3] == ["everyone", "children", "elderly"]
    assert figures.most_helped("children", 800)[0].gain("children", 800) > 1000


def test_web_workers_and_coverage_load_neither_geopandas_nor_pandas():
    program = """
import sys
import learning_city.asgi, learning_city.urls, mapping.urls, mapping.tasks
from django.urls import get_resolver
get_resolver().url_patterns
import numpy
from mapping.spatial.coverage import Area, Survey
box = {"type": "Polygon", "coordinates": [[[9, 0], [9.02, 0], [9.02, 0.02], [9, 0.02], [9, 0]]]}
survey = Survey([Area("1", box, {"everyone": 5})], numpy.array([[9.01, 0.01]]))
survey.coverage(), survey.effect_of(9.015, 0.01), survey.middles()
heavy = sorted({"geopandas", "pandas", "pyogrio"} & set(sys.modules))
print("heavy:", *heavy)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "learning_city.settings.test",
        },
        capture_output=True,
        text=True,
    )

    assert done.stdout.splitlines()[-1:] == ["heavy:"], done.stderr
