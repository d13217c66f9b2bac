"""Changing a place by the API: the same rules as on its page, and nobody's change is lost."""

import json

import pytest
from django.test import Client

from mapping.models import LearningPlace, Stewardship
from participation.foundation.text import clean_line
from tests.factories import PlaceCategoryFactory, PlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return PlaceFactory(name="Repair café")


@pytest.fixture
def steward(citizen, place, client):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    client.force_login(citizen)
    return citizen


def change(client, place, body, *, etag="1", **more):
    headers = {"If-Match": f'"{etag}"'} if etag else {}
    text = body if isinstance(body, str) else json.dumps(body)
    return client.patch(
        f"/api/v1/places/{place.pk}/", text, content_type="application/json", headers=headers | more
    )


def error_of(response):
    return response.status_code, response.json()["error"]["code"], list(response.json()["error"]["fields"])


def test_steward_changes_facts_of_the_place(client, steward, place):
    kind, topic = PlaceCategoryFactory(slug="workshop"), TopicFactory(slug="repair")
    tag = client.get(f"/api/v1/places/{place.pk}/").headers["ETag"].strip('"')

    response = change(
        client,
        place,
        {
            "name": "Open workshop",
            "category": "workshop",
            "topics": ["repair"],
            "latitude": 53.5,
            "longitude": "9.5",
            "opening_hours": "mo-fr 10:00-18:00",
            "languages": ["de", "uk"],
            "step_free": "yes",
            "is_online": False,
        },
        etag=tag,
    )

    assert response.status_code == 200, response.content
    properties = response.json()["properties"]
    stored = LearningPlace.objects.get(pk=place.pk)
    assert (stored.name, stored.category, list(stored.topics.all())) == ("Open workshop", kind, [topic])
    assert (properties["name"], properties["version"]) == ("Open workshop", 2)
    assert response.json()["geometry"]["coordinates"] == [9.5, 53.5]
    assert response.headers["ETag"].startswith('"2-')
    assert "no-store" in response.headers["Cache-Control"]
    assert stored.revisions.count() == 2
    assert client.get(f"/api/v1/places/{place.pk}/").headers["ETag"] == response.headers["ETag"]


def test_F22_change_of_an_old_version_is_refused(client, steward, place):
    assert change(client, place, {"name": "First"}).status_code == 200

    assert error_of(change(client, place, {"name": "Second"})) == (412, "changed_meanwhile", [])
    assert LearningPlace.objects.get().name == "First"


@pytest.mark.parametrize("etag", ["", "*", "x", "1x", "-1", "99999999999"])
def test_change_must_say_of_which_version(client, steward, place, etag):
    assert error_of(change(client, place, {"name": "New"}, etag=etag))[:2] == (428, "version_needed")


@pytest.mark.parametrize(
    "body",
    [
        {"status": "closed"},
        {"id": 7},
        {"version": 9},
        {"organisation": "menders"},
        {"source_key": "x"},
        {"verified_on": "2026-01-01"},
        {"stewardships": []},
        {"point": [1, 2]},
    ],
)
def test_P21_what_nobody_may_write_is_refused(client, steward, place, body):
    before = LearningPlace.objects.values().get()

    assert error_of(change(client, place, {**body, "name": "New"})) == (400, "invalid", list(body))
    assert LearningPlace.objects.values().get() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": ["x"]}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"category": "no-such-kind"}, "category"),
        ({"topics": ["no-such-topic"]}, "topics"),
        ({"opening_hours": "whenever"}, "opening_hours"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"step_free": "maybe"}, "step_free"),
        ({"languages": ["!"]}, "languages"),
        ({"latitude": 53.5}, "latitude"),
        ({"latitude": 53.5, "longitude": None}, "longitude"),
        ({"latitude": True, "longitude": 9}, "latitude"),
        ({"latitude": 1e300, "longitude": 9}, "latitude"),
        ({"latitude": "5_3", "longitude": 9}, "latitude"),
        ({"latitude": [1], "longitude": 9}, "latitude"),
    ],
)
def test_D4_what_is_wrong_is_named(client, steward, place, body, field):
    response = change(client, place, body)

    assert error_of(response) == (400, "invalid", [field])
    assert LearningPlace.objects.get().version == 1


@pytest.mark.parametrize("body", ["[]", "5", '"x"', "null", "{", "[" * 100_000, '{"name": NaN}'])
def test_D3_body_that_is_no_object_is_refused(client, steward, place, body):
    assert change(client, place, body).status_code == 400


def test_strangers_others_and_forgers_change_nothing(client, citizen, place):
    assert change(client, place, {"name": "New"}).status_code == 403
    client.force_login(citizen)
    assert change(client, place, {"name": "New"}).status_code == 403
    Stewardship.objects.create(place=place, participant=citizen.participant)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(citizen)
    assert change(careful, place, {"name": "New"}).status_code == 403

    assert LearningPlace.objects.get().name == clean_line("Repair café")


def test_place_that_is_not_public_is_missing_to_others(client, citizen):
    client.force_login(citizen)

    for place in (PlaceFactory(status="draft"), LearningPlace(pk=10**18), LearningPlace(pk=10**30)):
        assert change(client, place, {"name": "New"}).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_nothing_else_can_be_done(client, steward, place, method):
    assert getattr(client, method)(f"/api/v1/places/{place.pk}/").status_code == 405
    assert client.patch("/api/v1/places/").status_code == 405
