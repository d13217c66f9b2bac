"""What maps fetch."""

import pytest
from django.core.cache import cache

from mapping.domain.version import changing_the_map
from tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/map/neighbourhoods.json"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def test_outlines_are_geojson_for_everybody(client):
    hood = NeighbourhoodFactory(name="</script><b>Hill")
    NeighbourhoodFactory(outline=None)

    response = client.get(ADDRESS)

    assert response.headers["Content-Type"] == "application/geo+json"
    assert response.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "</script><b>Hill", "slug": hood.slug},
                "geometry": hood.outline,
            }
        ],
    }


def test_outlines_are_fetched_once(client):
    NeighbourhoodFactory()
    first = client.get(ADDRESS)

    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again.content) == (304, b"")


def test_what_a_visitor_with_a_session_gets_stays_in_that_browser(client):
    client.cookies["sessionid"] = "somebody"

    response = client.get(ADDRESS)

    assert response.headers["Cache-Control"] == "private, max-age=300"
    assert "Cookie" in response.headers["Vary"]


def test_looking_is_all_one_can_do(client):
    assert client.post(ADDRESS).status_code == 405


def test_a_new_neighbourhood_appears(client):
    NeighbourhoodFactory()
    client.get(ADDRESS)
    with changing_the_map():
        NeighbourhoodFactory(name="New")

    assert "New" in {each["properties"]["name"] for each in client.get(ADDRESS).json()["features"]}
