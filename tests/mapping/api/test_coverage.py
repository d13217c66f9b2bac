"""Who lives near a learning place, in the API."""

import pytest

from mapping.domain import coverage
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory
from tests.mapping.domain.test_coverage import square

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/coverage/"


@pytest.fixture(autouse=True)
def _city():
    coverage._surveys.clear()
    people = {"0-17": 100, "18-64": 700, "65+": 200}
    NeighbourhoodFactory(name="West", slug="west", outline=square(9.0), population=people)
    library = PlaceCategoryFactory(name="Library", slug="library")
    PlaceFactory(latitude="0.010000", longitude="9.010000", category=library)
    PlaceFactory(latitude="0.015000", longitude="9.015000")


def test_the_figures_of_all_places(client):
    response = client.get(ADDRESS)

    found = response.json()
    assert response.status_code == 200
    assert (found["places"], found["groups"][:3]) == (2, ["everyone", "children", "elderly"])
    assert found["totals"][0]["residents"] == 1000
    west = found["neighbourhoods"][0]
    assert (west["slug"], west["places"], west["places_per_10000"]) == ("west", 2, 20)
    assert west["within"]["800"]["children"] == pytest.approx(100 * west["share"]["800"], abs=0.1)
    assert set(west["one_more_place"]) == {"400", "800", "1200"}


def test_only_chosen_places_count(client):
    found = client.get(ADDRESS, {"category": "library"}).json()

    assert (found["choice"]["category"], found["places"]) == (["library"], 1)
    assert found["totals"][0]["share"]["800"] == pytest.approx(0.408, abs=0.003)
    assert client.get(ADDRESS, {"step_free": "true", "open": "sunday"}).json()["places"] == 0


@pytest.mark.parametrize(
    "query",
    [{"open": "now"}, {"step_free": "1"}, {"category": "nothing"}, {"distance": "9"}, {"q": "library"}],
)
def test_what_makes_no_sense_is_refused_by_name(client, query):
    response = client.get(ADDRESS, query)

    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == list(query)


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get(ADDRESS)

    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    PlaceFactory(latitude="0.005000", longitude="9.005000")
    changed = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.json()["places"] == 3


def test_nobody_writes_here(client):
    assert client.post(ADDRESS).status_code in (403, 405)
