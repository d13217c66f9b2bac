"""The page that shows who is left out, and what one more place would change."""

import csv
import io
import json
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.coverage_files import COVERAGE_COLUMNS
from mapping.domain import coverage
from mapping.domain.version import changing_the_map
from mapping.enums import Cost
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, make_places_page
from tests.mapping.domain.test_coverage import SIDE, square

pytestmark = pytest.mark.django_db

PEOPLE = {"0-17": 1000, "18-64": 7000, "65+": 2000}


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    coverage._surveys.clear()


@pytest.fixture
def city(db):
    """Two neighbourhoods; the library is in the middle of the one called West."""
    west = NeighbourhoodFactory(name="West", slug="west", outline=square(9.0), population=PEOPLE)
    east = NeighbourhoodFactory(
        name="East", slug="east", outline=square(9.02), population={"0-17": 400, "18-64": 600}
    )
    library = PlaceCategoryFactory(name="Library", slug="library")
    PlaceFactory(name="Main library", latitude="0.010000", longitude="9.010000", category=library)
    return west, east, library


@pytest.fixture
def page(city):
    return make_places_page()


def text(response) -> str:
    """Return what somebody reads, as one line."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


def test_the_page_says_in_one_sentence_who_is_left_out(client, page):
    response = client.get(page.url_of("coverage"))

    assert response.status_code == 200
    words = text(response)
    assert "37 of 100 residents live within 800 metres of a learning place." in words
    assert "That leaves out about 6,900 residents, about 990 of them children." in words


def test_distance_and_group_are_chosen_by_links(client, page):
    words = text(client.get(page.url_of("coverage") + "?distance=1200&group=elderly"))

    assert "87 of 100 people aged 65 and over live within 1,200 metres of a learning place." in words
    assert "That leaves out about 250 people aged 65 and over." in words


def test_the_least_served_stand_first_by_people_then_by_share(client, page):
    address = page.url_of("coverage")

    by_people = [row["area"].name for row in client.get(address).context["least"]]
    by_share = [row["area"].name for row in client.get(address + "?order=share").context["least"]]

    assert (by_people, by_share) == (["West", "East"], ["East", "West"])


def test_only_chosen_places_count_and_the_sentence_says_so(client, page, city):
    PlaceFactory(
        latitude="0.010000", longitude="9.030000", category=PlaceCategoryFactory(slug="club"), cost=Cost.FREE
    )
    address = page.url_of("coverage")

    library = text(client.get(address + "?category=library"))
    free = text(client.get(address + "?free=1&open=sunday"))

    assert "of a place of the kind “Library”." in library
    assert "1 place with a point on the map counts." in library
    assert (
        "None of the residents live within 800 metres of a learning place (open on Sundays, free of charge)."
        in free
    )
    assert "one that says nothing about its hours, steps or cost is left out" in free


def test_a_page_about_libraries_counts_libraries(client, city):
    PlaceFactory(latitude="0.010000", longitude="9.030000")
    page = make_places_page()
    page.categories.add(city[2])
    page.neighbourhoods.add(city[0])
    page.save()

    response = client.get(page.url_of("coverage"))

    assert "of a place of the kind “Library”" in text(response)
    assert [row["area"].name for row in response.context["all"]] == ["West"]


@pytest.mark.parametrize("query", ["?at=east", "?latitude=0.01&longitude=9.03"])
def test_one_more_place_is_tried_without_javascript(client, page, query):
    response = client.get(page.url_of("coverage") + query)

    words = text(response)
    told = "It would bring 408 more residents within 800 metres of such a place, 163 of them children."
    assert told in words
    assert "In the whole city that is 40.8 % instead of 37.0 %." in words
    assert response.context["map"]["new"] == pytest.approx((750, 250), abs=2)


def test_one_more_place_where_there_is_one_helps_nobody(client, page):
    words = text(client.get(page.url_of("coverage") + "?at=west"))

    assert "It would bring nobody new within 800 metres" in words


def test_a_point_outside_is_said_to_be_outside(client, page):
    words = text(client.get(page.url_of("coverage") + "?latitude=53.5&longitude=10"))

    assert "This point lies in no neighbourhood" in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?latitude=91&longitude=9", "This coordinate lies outside the world."),
        ("?latitude=0.01", "Please write both numbers, latitude and longitude, or leave both empty."),
        ("?latitude=nan&longitude=9", "Please write the coordinate in decimal degrees, for example 53.5511."),
        ("?at=nowhere", "Select a valid choice."),
    ],
)
def test_a_point_that_is_none_is_told_beside_its_field(client, page, query, words):
    response = client.get(page.url_of("coverage") + query)

    assert response.status_code == 200
    assert words in text(response)
    assert response.context["change"] is None


def test_where_one_more_place_helps_most_leads_to_trying_it(client, page):
    response = client.get(page.url_of("coverage") + "?category=library&distance=400")

    best = response.context["helped"][0]
    assert best["url"].startswith("?category=library&distance=400&latitude=0.0")
    tried = client.get(page.url_of("coverage") + best["url"].split("#")[0])
    assert tried.context["change"].people == pytest.approx(best["people"], abs=0.1)


def test_old_figures_say_that_they_are_old(client, page, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    address = page.url_of("coverage")
    client.get(address)
    PlaceFactory(latitude="0.010000", longitude="9.030000")

    words = text(client.get(address))

    assert "The map has changed since these figures were computed" in words
    assert "37 of 100 residents" in words


def test_a_page_may_keep_its_figures_to_itself(client, city):
    page = make_places_page(shows_coverage=False)

    assert client.get(page.url_of("coverage")).status_code == 404
    assert client.get(page.url_of("coverage_file", "csv")).status_code == 404


def test_without_neighbourhoods_the_page_says_what_is_missing(client, db):
    response = client.get(make_places_page().url_of("coverage"))

    assert response.status_code == 200
    assert "Nothing can be told yet" in text(response)


def test_what_is_not_counted_is_named(client, page, settings):
    settings.MAPPING_POPULATION_SOURCE = "Statistical office, 31 December 2025"
    NeighbourhoodFactory(name="Nowhere", outline=None, population={"0-17": 5})
    NeighbourhoodFactory(name="Untold", outline=square(9.04), population={})
    PlaceFactory(latitude=None, longitude=None)

    words = text(client.get(page.url_of("coverage")))

    assert "because their outline is not known: Nowhere." in words
    assert "because nobody has said how many people live there: Untold." in words
    assert "1 place without a point, such as a digital space, does not." in words
    assert "Who lives where: Statistical office, 31 December 2025." in words


def test_the_page_takes_the_same_queries_however_many_neighbourhoods_there_are(client, page):
    address = page.url_of("coverage")

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    few = queries()
    for number in range(8):
        NeighbourhoodFactory(outline=square(9.04 + number * SIDE), population=PEOPLE)
    with changing_the_map():
        pass

    assert queries() == few


def test_figures_as_a_table(client, page):
    response = client.get(page.url_of("coverage_file", "csv") + "?category=library")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response.headers["Content-Disposition"] == 'attachment; filename="coverage.csv"'
    assert tuple(rows[0]) == COVERAGE_COLUMNS
    # Four groups and three distances for the city and for West; in East nobody old is known.
    assert len(rows) == 4 * 3 + 4 * 3 + 3 * 3
    city = next(row for row in rows if (row["group"], row["distance_m"]) == ("everyone", "800"))
    assert (city["neighbourhood"], city["residents"], city["places"]) == ("", "11000.0", "1")
    assert float(city["within"]) + float(city["without"]) == pytest.approx(11000)
    assert float(city["share"]) == pytest.approx(0.371, abs=0.002)


def test_figures_as_a_workbook_tell_how_they_were_made(client, page):
    response = client.get(page.url_of("coverage_file", "xlsx"))

    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Coverage", "Method"]
    figures, note = book.worksheets
    assert [cell.value for cell in figures[1]] == list(COVERAGE_COLUMNS)
    assert "Distances are straight lines" in note["A1"].value


def test_figures_as_data(client, page):
    found = json.loads(client.get(page.url_of("coverage_file", "json") + "?category=library").content)

    assert found["choice"]["category"] == ["library"]
    assert [each["name"] for each in found["neighbourhoods"]] == ["West", "East"]
    assert found["totals"][0]["residents"] == 11000


def test_a_file_that_is_none_is_missing(client, page):
    assert client.get(page.url_of("coverage_file", "exe")).status_code == 404


def test_file_of_figures_with_a_filter_that_makes_no_sense_is_refused(client, page):
    response = client.get(page.url_of("coverage_file", "csv") + "?category=zoo")

    assert response.status_code == 400
    assert "(category): There is nothing here with the short name “zoo”." in response.content.decode()


def test_names_are_text_and_never_markup(client, page, city):
    city[0].name = '<script>alert("x")</script>'
    city[0].save()

    body = client.get(page.url_of("coverage") + "?at=west").content.decode()

    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body
