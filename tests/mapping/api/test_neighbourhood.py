"""Neighbourhoods in the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.enums import PlaceStatus
from tests.factories import NeighbourhoodFactory, PlaceFactory

pytestmark = pytest.mark.django_db

SQUARE = {"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54], [9, 54], [9, 53]]]}


def test_neighbourhood_tells_its_outline_its_people_and_its_places(client):
    hood = NeighbourhoodFactory(name="North", slug="north", outline=SQUARE, population={"0-17": 20, "65+": 5})
    PlaceFactory(neighbourhood=hood)
    PlaceFactory(neighbourhood=hood, status=PlaceStatus.DRAFT)

    assert client.get(f"/api/v1/neighbourhoods/{hood.pk}/").json() == {
        "type": "Feature",
        "id": hood.pk,
        "geometry": SQUARE,
        "properties": {
            "slug": "north",
            "name": "North",
            "population": {"0-17": 20, "65+": 5},
            "places": 1,
        },
    }


def test_list_is_a_feature_collection_with_constant_queries(client):
    NeighbourhoodFactory(name="Südstadt", outline=None)
    with CaptureQueriesContext(connection) as one:
        assert client.get("/api/v1/neighbourhoods/").json()["count"] == 1
    NeighbourhoodFactory.create_batch(20)

    with CaptureQueriesContext(connection) as many:
        body = client.get("/api/v1/neighbourhoods/").json()

    assert (body["type"], len(body["features"]), len(many)) == ("FeatureCollection", 21, len(one))
    found = client.get("/api/v1/neighbourhoods/?q=sudstadt").json()["features"]
    assert [(each["properties"]["name"], each["geometry"]) for each in found] == [("Südstadt", None)]
    assert client.get("/api/v1/neighbourhoods/?population=1").status_code == 400
    assert client.get("/api/v1/neighbourhoods/9999999/").status_code == 404
