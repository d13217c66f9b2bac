"""Files of the list: the same places, in formats that other programs and our own import read."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.enums import PlaceStatus
from mapping.exports import FORMATS, PLACE_COLUMNS
from mapping.models import PlaceSource
from mapping.spatial.reading import read_table
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return PlaceCategoryFactory(name="Library", slug="library")


@pytest.fixture
def city(library):
    """A map with two libraries, one without a point, and what is not to be found there."""
    source = PlaceSource.objects.create(name="OSM", slug="osm", attribution="© OpenStreetMap contributors")
    PlaceFactory(name="Bücherhalle 📚", category=library, source=source, source_key="1", postal_code="01234")
    PlaceFactory(name="=cmd|' /C calc'!A0", category=library, latitude=None, longitude=None)
    PlaceFactory(name="Museum")
    PlaceFactory(name="Draft", category=library, status=PlaceStatus.DRAFT)
    return make_places_page()


def file_of(client, page, kind, query="") -> tuple[bytes, dict]:
    response = client.get(page.url_of("file", kind) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content), response.headers


@pytest.mark.parametrize("kind", FORMATS)
def test_file_holds_the_places_of_the_list_and_can_be_read_again(client, city, kind):
    content, headers = file_of(client, city, kind, "?category=library")

    table = read_table(content, f"places.{kind}")

    assert [row["name"] for row in table.rows] == ["=cmd|' /C calc'!A0", "Bücherhalle 📚"]
    assert [row["postal_code"] for row in table.rows] == [None, "01234"]
    assert headers["Content-Disposition"] == f'attachment; filename="places.{kind}"'
    listed = client.get(city.url + "?category=library").content.decode()
    assert "Bücherhalle 📚" in listed
    assert "Museum</a>" not in listed


def test_credit_of_the_source_is_in_the_file(client, city):
    assert json.loads(file_of(client, city, "geojson")[0])["attribution"] == "© OpenStreetMap contributors"
    assert "attribution" not in json.loads(file_of(client, city, "geojson", "?q=museum")[0])


def test_X16_table_runs_nothing_and_has_these_columns(client, city):
    rows = list(csv.reader(io.StringIO(file_of(client, city, "csv")[0].decode("utf-8-sig"))))

    assert rows[0] == [*PLACE_COLUMNS, "attribution"]
    assert rows[1][1] == "'=cmd|' /C calc'!A0"


def test_file_leads_to_the_page_of_each_place(client, city):
    feature = json.loads(file_of(client, city, "geojson", "?q=museum")[0])["features"][0]

    url = feature["properties"]["url"]
    assert url == f"http://testserver{city.url_of('place', feature['properties']['id'])}"
    assert feature["geometry"] == {"type": "Point", "coordinates": [9.99, 53.55]}


def test_page_of_one_neighbourhood_gives_its_places_alone(client, city):
    hood = NeighbourhoodFactory()
    PlaceFactory(name="Inside", neighbourhood=hood)
    city.neighbourhoods.add(hood)
    city.save()

    features = json.loads(file_of(client, city, "geojson")[0])["features"]

    assert [feature["properties"]["name"] for feature in features] == ["Inside"]


def test_kind_of_file_that_is_none_is_missing(client, city):
    for kind in ("shp", "exe", "geojson-"):
        assert client.get(f"{city.url}files/{kind}/").status_code == 404


def test_many_places_take_as_many_queries_as_few(client, city):
    file_of(client, city, "csv")
    with CaptureQueriesContext(connection) as few:
        file_of(client, city, "csv")
    for _number in range(20):
        PlaceFactory(neighbourhood=NeighbourhoodFactory())
    file_of(client, city, "csv")

    with CaptureQueriesContext(connection) as many:
        file_of(client, city, "csv")

    assert len(many) == len(few)


def test_command_writes_the_places_of_a_search(city, tmp_path, capsys):
    path = tmp_path / "libraries.xlsx"

    call_command("export_places", str(path), "--search", "category=library")

    assert capsys.readouterr().out.startswith(f"{path}: 2 places")
    assert len(read_table(path, path.name)) == 2


@pytest.mark.parametrize(
    ("name", "search", "words"),
    [
        ("a.shp", "", "should end in"),
        ("a.csv", "category=zoo", "category:"),
        ("a.csv", "status=draft", "status: There is no such filter."),
    ],
)
def test_command_refuses_what_it_does_not_know(city, tmp_path, name, search, words):
    with pytest.raises(CommandError, match=words) as refusal:
        call_command("export_places", str(tmp_path / name), "--search", search)

    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "value", ["\"'><svg onload=alert(1)>", "9" * 40, "null\x00byte", "' OR 1=1 --", "[" * 2000]
)
def test_X3_hostile_parameters_give_a_file_or_are_refused_in_words(client, city, value):
    names = ["q", "category", "neighbourhood", "open", "near", "page", "id__in", "bbox"]

    for query in ({name: value} for name in names):
        response = client.get(city.url_of("file", "csv"), query)

        body = b"".join(response)
        assert response.status_code == (200 if body.startswith(b"\xef\xbb\xbfid,") else 400)
        assert b"<svg onload" not in body


def test_file_is_refused_in_words_where_a_list_would_say_what_it_ignores(client, city):
    answers = {
        query: client.get(city.url_of("file", "csv") + f"?{query}").content.decode()
        for query in ("category=zoo", "catgory=library", "near=here")
    }

    assert "(category): There is nothing here with the short name “zoo”." in answers["category=zoo"]
    assert "(catgory): There is no such filter." in answers["catgory=library"]
    assert "(near): Write latitude and longitude in degrees" in answers["near=here"]
