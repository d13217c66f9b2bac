"""Bringing 5,200 places in beside the bare minimum: reading, joining with the neighbourhoods and inserting, nothing checked."""

import csv
import json
import time

import pytest
from django.db import transaction

from mapping.domain.bringing_in import Reading, bring_in, guess, read_file
from mapping.models import LearningPlace, PlaceCategory, PlaceImport, PlaceSource
from participation.models import Neighbourhood

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

MOST = 3.0
ROUNDS = 5


@pytest.fixture
def hamburg(shared_data, tmp_path):
    """All lists of Hamburg in one file with the kind of place as a column, and the quarters as neighbourhoods."""
    rows = []
    for path in sorted((shared_data / "places/hamburg").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                rows.append({**row, "id": f"{path.stem}/{row['id']}", "kind": path.stem})
        PlaceCategory.objects.create(name=path.stem, slug=path.stem)
    joined = tmp_path / "places.csv"
    with joined.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    quarters = shared_data / "boundaries/hamburg/hamburg-quarters.geojson"
    Neighbourhood.objects.bulk_create(
        Neighbourhood(
            name=f"{feature['properties']['name']} {feature['properties']['id']}",
            slug=feature["properties"]["id"],
            outline=feature["geometry"],
        )
        for feature in json.loads(quarters.read_text())["features"]
    )
    return joined, quarters, len(rows)


def bare(path, quarters, kinds, hoods) -> int:
    """What a script does that trusts the file: read, join, insert."""
    import geopandas as gpd

    table = gpd.read_file(path)
    points = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["lon"].astype(float), table["lat"].astype(float)), crs=4326
    )
    found = points.sjoin(gpd.read_file(quarters)[["id", "geometry"]], how="left", predicate="within")
    found = found[~found.index.duplicated()]
    made = LearningPlace.objects.bulk_create(
        [
            LearningPlace(
                name=row.name or "",
                category_id=kinds[row.kind],
                street=row.street or "",
                postal_code=row.zip_code or "",
                latitude=row.lat,
                longitude=row.lon,
                neighbourhood_id=hoods.get(row.id_right),
                source_key=row.id_left,
            )
            for row in found.rename_axis(None).itertuples(index=False)
        ],
        batch_size=1000,
    )
    return len(made)


def ours(path) -> int:
    table = read_file(path.read_bytes(), path.name)
    source = PlaceSource.objects.create(name="OpenStreetMap", slug="osm")
    done = PlaceImport(file_name=path.name, file_sha256="0" * 64, source=source)
    bring_in(table, reading=Reading(columns=guess(table)), to=done)
    return done.added


def fastest(work, *arguments) -> tuple[float, int]:
    """Return the least CPU and waiting time of several tries, each taken back, and how many places it brought in."""
    best, number = float("inf"), 0
    for _round in range(ROUNDS):
        with transaction.atomic():
            began = time.perf_counter()
            number = work(*arguments)
            best = min(best, time.perf_counter() - began)
            transaction.set_rollback(True)
    return best, number


def test_import_of_5200_places_takes_at_most_three_times_the_bare_minimum(hamburg):
    path, quarters, rows = hamburg
    kinds = dict(PlaceCategory.objects.values_list("slug", "pk"))
    hoods = dict(Neighbourhood.objects.values_list("slug", "pk"))

    least, inserted = fastest(bare, path, quarters, kinds, hoods)
    spent, added = fastest(ours, path)

    print(
        f"\n{rows:,} places: bare {least:.2f} s, brought in with all checks {spent:.2f} s, ratio {spent / least:.2f}"
    )
    assert inserted == added == rows == 5200
    assert spent <= MOST * least


def test_bringing_the_same_file_again_writes_nothing_and_is_quicker(hamburg):
    path, _quarters, rows = hamburg
    began = time.perf_counter()
    ours(path)
    first = time.perf_counter() - began
    table = read_file(path.read_bytes(), path.name)
    again = PlaceImport(file_name=path.name, file_sha256="0" * 64, source=PlaceSource.objects.get())

    began = time.perf_counter()
    plan = bring_in(table, reading=Reading(columns=guess(table)), to=again)
    second = time.perf_counter() - began

    print(f"\nfirst {first:.2f} s, again {second:.2f} s")
    assert plan.counts() | {"unchanged": 0} == dict.fromkeys(plan.counts(), 0)
    assert plan.counts()["unchanged"] == rows
