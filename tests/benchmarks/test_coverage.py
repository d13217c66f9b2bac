"""Coverage of a real city beside a bare script that does the same with geopandas: the ratio of their times."""

import time

import numpy as np
import pytest

from mapping.spatial.cells import Cells
from mapping.spatial.coverage import DISTANCES_M, coverage
from tests.mapping.spatial import hamburg

pytestmark = pytest.mark.benchmark

MOST_TIMES_THE_BARE_SCRIPT = 2.0
ROUNDS = 5


def bare_script(areas, points) -> list[float]:
    """The shares of people near a place, as an analyst would write it down."""
    import geopandas
    import shapely

    city = geopandas.GeoDataFrame(
        {"people": [area.population[hamburg.EVERYONE] for area in areas]},
        geometry=[shapely.geometry.shape(area.geometry) for area in areas],
        crs="EPSG:4326",
    ).to_crs("EPSG:25832")
    places = geopandas.GeoSeries(geopandas.points_from_xy(points[:, 0], points[:, 1]), crs="EPSG:4326")
    places = places.to_crs("EPSG:25832")
    shares = []
    for distance in DISTANCES_M:
        near = places.buffer(distance).union_all()
        covered = city.intersection(near).area / city.area
        shares.append((covered * city["people"]).sum() / city["people"].sum())
    return shares


def best_s(work) -> tuple[float, object]:
    found, spent = None, []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        found = work()
        spent.append(time.perf_counter() - start)
    return min(spent), found


@pytest.mark.parametrize("kind", ["libraries", "kindergartens", "offices"])
def test_coverage_takes_no_longer_than_a_bare_script(shared_data, kind):
    areas, points = hamburg.areas(shared_data), hamburg.places(shared_data, kind)

    bare_s, bare = best_s(lambda: bare_script(areas, points))
    ours_s, ours = best_s(lambda: coverage(areas, points))

    print(
        f"\n{kind}: {len(points)} places, {len(areas)} areas: bare {bare_s * 1000:.0f} ms, ours {ours_s * 1000:.0f} ms, "
        f"ratio {ours_s / bare_s:.2f}"
    )
    assert [ours.share_of(hamburg.EVERYONE, d) for d in DISTANCES_M] == pytest.approx(bare, rel=1e-6)
    assert ours_s < MOST_TIMES_THE_BARE_SCRIPT * bare_s


def test_any_view_of_a_hundred_thousand_places_is_counted_in_milliseconds():
    around = np.random.default_rng(1)
    lat, lon = 53.55 + around.normal(0, 0.1, 100_000), 10 + around.normal(0, 0.15, 100_000)
    cells = Cells(lat, lon)
    print()
    for name, bbox, zoom in [
        ("world", (-180, -90, 180, 90), 3),
        ("world, finest", (-180, -90, 180, 90), 20),
        ("city", (9.5, 53.3, 10.5, 53.8), 11),
        ("street", (9.99, 53.54, 10.01, 53.56), 17),
    ]:
        spent, found = best_s(lambda bbox=bbox, zoom=zoom: cells.clusters(bbox=bbox, zoom=zoom))
        print(
            f"{name:>14}: {len(found):>5} clusters of {found.count.sum():>7,} places in {spent * 1000:.1f} ms"
        )
        assert spent < 0.1
