"""The map's clusters, held against a plain dictionary."""

import csv
import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.spatial.cells import BITS, Cells, morton

WORLD = (-180.0, -90.0, 180.0, 90.0)
latitudes = st.floats(-90, 90, allow_nan=False)
longitudes = st.floats(-180, 180, allow_nan=False)
# Real places stand in crowds: half of the points lie within a few kilometres.
positions = st.one_of(
    st.tuples(latitudes, longitudes),
    st.tuples(st.floats(53.5, 53.6), st.floats(9.9, 10.1)),
    st.sampled_from([(0.0, 180.0), (0.0, -180.0), (90.0, 0.0), (-90.0, 0.0), (53.55, 10.0), (0.0, 0.0)]),
)
boxes = st.one_of(
    st.just(WORLD),
    st.just((170.0, -90.0, -170.0, 90.0)),
    st.tuples(longitudes, latitudes, longitudes, latitudes),
    st.just((9.95, 53.52, 10.05, 53.58)),
)


def axis_of_cell(share: float, level: int) -> int:
    return min(max(int(share * 2**BITS), 0), 2**BITS - 1) >> (BITS - level)


def cell_of(lat: float, lon: float, level: int) -> tuple[int, int]:
    edge = 85.05112877980659
    sine = math.sin(math.radians(min(max(lat, -edge), edge)))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return axis_of_cell((lon + 180) / 360, level), axis_of_cell(y, level)


def inside(lat, lon, bbox) -> bool:
    west, south, east, north = bbox
    within = west <= lon <= east if west <= east else lon >= west or lon <= east
    return within and south <= lat <= north


def plainly(points, mask, bbox, level) -> list[list[int]]:
    cells = defaultdict(list)
    for index, (lat, lon) in enumerate(points):
        if mask[index] and inside(lat, lon, bbox):
            cells[cell_of(lat, lon, level)].append(index)
    return sorted(cells.values())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(positions, st.booleans()), max_size=60), boxes, st.integers(0, 20), st.integers(1, 30)
)
def test_clusters_are_what_a_plain_dictionary_counts(places, bbox, zoom, limit):
    points = [point for point, _counts in places]
    mask = np.array([counts for _point, counts in places], dtype=bool)
    lat, lon = np.array(points, dtype=float).reshape(-1, 2).T

    found = Cells(lat, lon).clusters(mask, bbox=bbox, zoom=zoom, limit=limit)

    wanted = plainly(points, mask, bbox, found.level)
    assert sorted(found.count.tolist()) == sorted(map(len, wanted))
    assert len(found) <= limit
    assert found.level == zoom + 2 or len(plainly(points, mask, bbox, found.level + 1)) > limit
    assert sorted(i for i in found.place.tolist() if i >= 0) == sorted(
        members[0] for members in wanted if len(members) == 1
    )
    means = sorted((np.mean(lat[m]), np.mean(lon[m])) for m in wanted)
    assert np.allclose(sorted(zip(found.lat, found.lon, strict=True)), means) if means else len(found) == 0


def test_a_lone_place_stands_exactly_where_it_is():
    cells = Cells(np.array([53.55, 0.0]), np.array([10.0, 0.0]))

    found = cells.clusters(bbox=WORLD, zoom=5)

    assert {(int(p), lat, lon) for p, lat, lon in zip(found.place, found.lat, found.lon, strict=True)} == {
        (0, 53.55, 10.0),
        (1, 0.0, 0.0),
    }


def test_a_map_dragged_over_the_antimeridian_counts_both_sides():
    cells = Cells(np.zeros(3), np.array([179.0, -179.0, 0.0]))

    for bbox in [(170, -10, -170, 10), (170, -10, 190, 10), (-190, -10, -170, 10)]:
        assert cells.clusters(bbox=bbox, zoom=3).count.sum() == 2
    assert cells.clusters(bbox=(-300, -10, 300, 10), zoom=3).count.sum() == 3


def test_an_empty_map_has_no_clusters():
    for cells in (Cells(np.array([]), np.array([])), Cells(np.array([1.0]), np.array([1.0]))):
        found = cells.clusters(bbox=(2, 2, 3, 3), zoom=9)

        assert len(found) == len(found.place) == len(found.lat) == 0


@pytest.mark.parametrize(("lat", "lon"), [(np.nan, 0), (91, 0), (0, 181), (np.inf, 0), (0, -np.inf)])
def test_a_place_off_the_globe_is_refused(lat, lon):
    with pytest.raises(ValueError, match="latitude"):
        morton(np.array([lat]), np.array([lon]))


def test_a_map_without_edges_is_refused():
    with pytest.raises(ValueError, match="finite"):
        Cells(np.array([1.0]), np.array([1.0])).clusters(bbox=(np.nan, 0, 1, 1), zoom=1)


def test_every_place_of_a_real_city_is_counted_at_every_zoom(shared_data):
    with (shared_data / "places/hamburg/offices.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = Cells(np.array([float(r["lat"]) for r in rows]), np.array([float(r["lon"]) for r in rows]))

    for zoom in range(21):
        found = cells.clusters(bbox=WORLD, zoom=zoom)

        assert found.count.sum() == len(rows) == 2529
        assert len(found) <= 2000
        assert len(found) == 1 if zoom == 0 else len(found) >= 1
