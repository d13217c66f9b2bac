"""Tiles out of a PMTiles file: given out by the site itself, and refused where they are no pictures."""

import io
import json

import pytest
from django.core.checks import run_checks
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from tests.factories import PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

PICTURE = io.BytesIO()
Image.new("RGB", (256, 256), "#ddeeff").save(PICTURE, "PNG")


def write_archive(path, tile_type=TileType.PNG):
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(1, 1, 0), PICTURE.getvalue())
        writer.finalize(
            {
                "tile_type": tile_type,
                "tile_compression": Compression.NONE,
                "min_zoom": 1,
                "max_zoom": 1,
                "min_lon_e7": 0,
                "min_lat_e7": 0,
                "max_lon_e7": 0,
                "max_lat_e7": 0,
                "center_zoom": 1,
                "center_lon_e7": 0,
                "center_lat_e7": 0,
            },
            {},
        )
    return path


@pytest.fixture
def city_tiles(tmp_path, settings):
    path = write_archive(tmp_path / "city.pmtiles")
    settings.MAPPING_TILES = {"pmtiles": path, "attribution": "City of Aldermouth"}


def test_a_tile_is_given_out_to_be_kept(client, city_tiles):
    response = client.get("/map/tiles/1/1/0/")

    assert response.content == PICTURE.getvalue()
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("where", ["1/0/0", "2/1/0", "1/2/0", "0/0/1", "99999999999999999999/0/0"])
def test_where_there_is_no_tile_nothing_is_found(client, city_tiles, where):
    assert client.get(f"/map/tiles/{where}/").status_code == 404


def test_without_a_file_there_are_no_tiles(client):
    assert client.get("/map/tiles/1/1/0/").status_code == 404


def test_the_map_asks_this_site_and_nobody_first(client, city_tiles):
    page = make_places_page()
    PlaceFactory()

    content = client.get(page.url).content.decode()

    assert "/map/tiles/{z}/{x}/{y}/" in content
    assert "City of Aldermouth" in content


def test_a_file_that_cannot_be_used_is_named_by_a_check(tmp_path, settings):
    other = tmp_path / "other.pmtiles"
    other.write_text(json.dumps({"no": "archive"}))
    vector = write_archive(tmp_path / "vector.pmtiles", TileType.MVT)

    for path in (tmp_path / "missing.pmtiles", other, vector):
        settings.MAPPING_TILES = {"pmtiles": path, "attribution": "City of Aldermouth"}
        assert [error.id for error in run_checks() if error.id.startswith("mapping")] == ["mapping.E006"], (
            path
        )


def test_a_good_file_passes_the_checks_but_for_its_maker(city_tiles, settings):
    assert [error.id for error in run_checks() if error.id.startswith("mapping")] == []

    settings.MAPPING_TILES = {**settings.MAPPING_TILES, "attribution": ""}

    assert [error.id for error in run_checks() if error.id.startswith("mapping")] == ["mapping.E003"]
