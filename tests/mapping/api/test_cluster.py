"""Clusters in the API: honest counts of the same places as in the list."""

import pytest

from mapping.domain.place import hide_place
from mapping.enums import PlaceStatus
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def clusters(client, query: str):
    response = client.get(f"/api/v1/places/clusters/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_near_places_become_one_cluster_and_a_lone_one_is_named(client):
    lone = PlaceFactory(name="Far library", latitude="53.000000", longitude="9.000000")
    PlaceFactory(name="First repair shop")
    PlaceFactory(name="Second repair shop", latitude="53.550200")
    PlaceFactory(latitude=None, longitude=None)
    PlaceFactory(status=PlaceStatus.DRAFT)

    body = clusters(client, "bbox=8,52,11,55&zoom=9")

    assert (body["type"], body["count"]) == ("FeatureCollection", 3)
    assert sorted(body["features"], key=lambda each: each["properties"]["count"]) == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [9.0, 53.0]},
            "properties": {"count": 1, "place": lone.pk, "name": "Far library"},
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [9.99, 53.5501]},
            "properties": {"count": 2, "place": None, "name": None},
        },
    ]
    assert clusters(client, "bbox=8,52,11,55&zoom=22")["count"] == 3
    assert len(clusters(client, "bbox=8,52,11,55&zoom=22")["features"]) == 3
    assert clusters(client, "bbox=8,52,11,55&zoom=9&q=repair")["count"] == 2
    assert clusters(client, "bbox=9.5,52,11,55&zoom=9")["count"] == 2
    assert clusters(client, "bbox=-11,52,-8,55&zoom=9") == {
        "type": "FeatureCollection",
        "count": 0,
        "features": [],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("zoom=3", "bbox"),
        ("bbox=8,52,11,55", "zoom"),
        ("bbox=8,52,11,55&zoom=23", "zoom"),
        ("bbox=8,52,11,55&zoom=-1", "zoom"),
        ("bbox=8,52,11,55&zoom=1e1", "zoom"),
        ("bbox=8,52,11,NaN&zoom=3", "bbox"),
        ("bbox=8,52,11,55&zoom=3&page=1", "page"),
    ],
)
def test_X15_D4_odd_parameter_is_refused_by_name(client, query, field):
    response = client.get(f"/api/v1/places/clusters/?{query}")

    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == [field]


def test_unchanged_clusters_are_not_sent_again(client):
    PlaceFactory()
    path = "/api/v1/places/clusters/?bbox=8,52,11,55&zoom=9"
    first = client.get(path)

    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Cache-Control"] == "public, max-age=60"


def test_P5_what_is_hidden_is_in_no_answer_of_the_map(client, moderator):
    PlaceFactory(name="Open library")
    place = PlaceFactory(name="Repair shop", latitude="53.560000")
    PlaceFactory(name="Still a draft", status=PlaceStatus.DRAFT)
    box = "bbox=9,53,11,55"
    paths = ["/api/v1/places/", f"/api/v1/places/?{box}", f"/api/v1/places/clusters/?{box}&zoom=22"]
    before = [client.get(path) for path in paths]

    hide_place(place, by=moderator, reason="Not a place to learn.")

    after = [
        client.get(path, headers={"If-None-Match": old["ETag"]})
        for path, old in zip(paths, before, strict=True)
    ]
    assert [each.json()["count"] for each in before] == [2, 2, 2]
    assert [(each.status_code, each.json()["count"]) for each in after] == [(200, 1)] * 3
    assert all(b"Repair shop" in each.content for each in before)
    assert not any(name in each.content for each in after for name in (b"Repair shop", b"Still a draft"))
    assert client.get(f"/api/v1/places/{place.pk}/").status_code == 404
