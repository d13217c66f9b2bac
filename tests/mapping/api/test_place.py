"""Learning places in the API: the same set as on the map, one page after the other, in GeoJSON."""

import datetime as dt
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.enums import Cost, PlaceStatus, Stated, VerifiedBy
from mapping.models import PlaceSource
from tests.factories import (
    AudienceFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
    make_places_page,
)

pytestmark = pytest.mark.django_db


def names(client, **query) -> list[str]:
    response = client.get("/api/v1/places/", query)
    assert response.status_code == 200, response.content
    return [feature["properties"]["name"] for feature in response.json()["features"]]


def refused(client, **query) -> list[str]:
    response = client.get("/api/v1/places/", query)
    assert response.status_code == 400
    return list(response.json()["error"]["fields"])


def test_place_tells_what_its_page_tells(client):
    make_places_page()
    place = PlaceFactory(
        name="Bücherhalle",
        category=PlaceCategoryFactory(name="Library", slug="library"),
        neighbourhood=NeighbourhoodFactory(name="Barmbek", slug="barmbek"),
        organisation=OrganisationFactory(name="Bücherhallen"),
        source=PlaceSource.objects.create(
            name="OSM", slug="osm", attribution="© OpenStreetMap", licence_url="https://osm.org/copyright"
        ),
        source_key="21634136",
        opening_hours="Mo-Fr 10:00-18:00",
        languages="de ar",
        cost=Cost.FREE,
        step_free=Stated.YES,
        verified_on=dt.date(2026, 9, 1),
        verified_by=VerifiedBy.STEWARD,
    )
    place.topics.set([TopicFactory(name="Reading", slug="reading")])
    place.save()

    entry = client.get(f"/api/v1/places/{place.pk}/").json()

    properties = entry.pop("properties")
    assert entry == {
        "type": "Feature",
        "id": place.pk,
        "geometry": {"type": "Point", "coordinates": [9.99, 53.55]},
    }
    assert properties.pop("changed_at")
    assert properties == {
        "name": "Bücherhalle",
        "category": {"slug": "library", "name": "Library"},
        "summary": "",
        "description": "",
        "what_to_learn": "",
        "topics": [{"slug": "reading", "name": "Reading"}],
        "audiences": [],
        "is_online": False,
        "street": "",
        "postal_code": "",
        "locality": "",
        "neighbourhood": {"slug": "barmbek", "name": "Barmbek"},
        "opening_hours": "Mo-Fr 10:00-18:00",
        "hours_remark": "",
        "phone": "",
        "email": "",
        "website": "",
        "cost": "free",
        "languages": ["de", "ar"],
        "step_free": "yes",
        "accessible_toilet": "",
        "hearing_loop": "",
        "quiet_space": "",
        "access_note": "",
        "organisation": "Bücherhallen",
        "source": {
            "name": "OSM",
            "attribution": "© OpenStreetMap",
            "licence_url": "https://osm.org/copyright",
        },
        "verified_on": "2026-09-01",
        "verified_by": "steward",
        "version": 1,
        "url": f"http://testserver/places/{place.pk}/",
    }


def test_list_is_a_feature_collection_in_pages(client):
    for name in ("Cinema", "Atelier", "Barn"):
        PlaceFactory(name=name)

    body = client.get("/api/v1/places/?page_size=2").json()

    assert list(body) == ["type", "count", "next", "previous", "features"]
    assert (body["type"], body["count"], body["previous"]) == ("FeatureCollection", 3, None)
    assert [each["properties"]["name"] for each in body["features"]] == ["Atelier", "Barn"]
    assert [each["properties"]["name"] for each in client.get(body["next"]).json()["features"]] == ["Cinema"]


@pytest.mark.parametrize("status", [status for status in PlaceStatus if status != PlaceStatus.PUBLISHED])
def test_what_is_not_published_is_not_there(client, status):
    place = PlaceFactory(status=status, successor=PlaceFactory(name="Open") if status == "merged" else None)

    assert place.name not in names(client)
    assert client.get(f"/api/v1/places/{place.pk}/").status_code == 404


def test_place_that_no_public_map_shows_has_no_page(client):
    inside, outside = NeighbourhoodFactory(), NeighbourhoodFactory()
    page = make_places_page()
    page.neighbourhoods.add(inside)
    page.save()
    PlaceFactory(name="A", neighbourhood=inside)
    PlaceFactory(name="B", neighbourhood=outside)

    features = client.get("/api/v1/places/").json()["features"]

    assert [each["properties"]["url"] is not None for each in features] == [True, False]


def test_place_without_a_point_has_no_geometry(client):
    PlaceFactory(latitude=None, longitude=None)

    assert client.get("/api/v1/places/").json()["features"][0]["geometry"] is None


def test_each_filter_narrows_the_list(client):
    media = PlaceCategoryFactory(slug="media")
    library = PlaceCategoryFactory(slug="library", parent=media)
    audience, topic = AudienceFactory(slug="families"), TopicFactory(slug="repair")
    wanted = PlaceFactory(
        name="Offene Werkstatt",
        category=library,
        neighbourhood=NeighbourhoodFactory(slug="north"),
        latitude="53.600000",
        longitude="10.100000",
        opening_hours="Mo-Fr 10:00-18:00",
        languages="de uk",
        step_free=Stated.YES,
        cost=Cost.FREE,
        is_online=True,
    )
    wanted.audiences.set([audience])
    wanted.topics.set([topic])
    wanted.save()
    PlaceCategoryFactory(slug="other")
    PlaceFactory(name="Something else", opening_hours="Sa 10:00-12:00")

    for query in (
        {"q": "werkstätt OFFENE"},
        {"category": "media"},
        {"category": "other,library"},
        {"neighbourhood": "north"},
        {"audience": "families"},
        {"topic": "repair"},
        {"language": "uk,fr"},
        {"open_at": "2026-11-25T10:30"},
        {"open_at": "2026-11-25T09:30:00 00:00"},
        {"accessible": "true"},
        {"free": "true"},
        {"online": "true"},
        {"bbox": "10.0,53.58,10.2,53.62"},
        {"bbox": "10.0,53.58,-170,53.62"},
    ):
        assert names(client, **query) == ["Offene Werkstatt"], query
    assert names(client, accessible="false", bbox="-180,-90,180,90") == ["Offene Werkstatt", "Something else"]
    assert names(client, category="other") == []


def test_nearest_come_first_when_asked(client):
    PlaceFactory(name="A far", latitude="53.700000")
    PlaceFactory(name="B near", latitude="53.560000")
    PlaceFactory(name="C nowhere", latitude=None, longitude=None)

    assert names(client, near="53.55,9.99") == ["B near", "A far", "C nowhere"]


ODD = [
    "",
    "1,2,3",
    "a,b,c,d",
    "NaN,1,2,3",
    "1e1,2,3,4",
    "inf,0,0,0",
    "1_0,0,11,1",
    "١,0,2,1",
    "+1,0,2,1",
    "1,5,2,4",
]
ODD += ["181,0,182,1", "0,0,0,91", "0,0,0,0,0", " 1,2,3,4 5", "1,2,3,4);--", "1,2,3,\0", "9" * 5000]


@pytest.mark.parametrize("box", ODD)
def test_X15_D4_D11_box_is_four_plain_numbers(client, box):
    assert refused(client, bbox=box) == ["bbox"]


@pytest.mark.parametrize("near", ["", "53.5", "91,0", "0,181", "NaN,0", "1e1,0", "53.5;9.9"])
def test_X15_D4_near_is_two_plain_numbers(client, near):
    assert refused(client, near=near) == ["near"]


@pytest.mark.parametrize(
    "query",
    [
        {"category": "no-such-kind"},
        {"category": "a" * 500},
        {"neighbourhood": "\0"},
        {"language": "klingon!"},
        {"open_at": "yesterday"},
        {"open_at": "0001-01-01T00:00+14:00"},
        {"open_at": "2026-02-30T00:00"},
        {"open_at": "٢٠٢٦-01-01T00:00"},
        {"accessible": "yes"},
        {"free": "1"},
        {"page": "0"},
        {"page_size": "1e2"},
        {"status": "draft"},
        {"stewardships__email": "a"},
        {"organisation__people": "1"},
        {"ordering": "source_key"},
    ],
)
def test_P3_parameter_that_is_none_is_refused_by_name(client, query):
    PlaceFactory()

    assert refused(client, **query) == list(query)


def test_D12_no_answer_is_longer_because_somebody_asks(client):
    PlaceFactory()

    assert refused(client, page_size=10**9) == ["page_size"]
    assert client.get("/api/v1/places/", {"page": 10**9}).status_code in (400, 404)
    assert refused(client, q="a" * 100_000) == ["q"]


def test_thirty_places_take_as_many_queries_as_one(client):
    make_places_page()
    topic = TopicFactory()

    def place(number):
        made = PlaceFactory(neighbourhood=NeighbourhoodFactory(), organisation=OrganisationFactory())
        made.topics.set([topic])
        made.save()

    place(0)
    client.get("/api/v1/places/")
    with CaptureQueriesContext(connection) as one:
        client.get("/api/v1/places/")
    for number in range(29):
        place(number)
    client.get("/api/v1/places/")

    with CaptureQueriesContext(connection) as thirty:
        assert len(client.get("/api/v1/places/").json()["features"]) == 30

    assert len(thirty) == len(one)
    assert len(one) <= 15  # six of them read the index, which outlives a request on a running server


def test_answer_travels_compressed_to_who_reads_that_and_is_known_again(client):
    for number in range(5):
        PlaceFactory(name=f"Shed {number}")
    plain = client.get("/api/v1/places/")

    packed = client.get("/api/v1/places/", headers={"Accept-Encoding": "gzip"})
    again = client.get(
        "/api/v1/places/", headers={"If-None-Match": packed["ETag"], "Accept-Encoding": "gzip"}
    )

    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert (again.status_code, again.content) == (304, b"")


def test_S11_shared_caches_may_keep_it_and_ask_again(client, citizen):
    PlaceFactory()
    first = client.get("/api/v1/places/")
    client.force_login(citizen)

    again = client.get("/api/v1/places/", headers={"If-None-Match": first["ETag"]})
    PlaceFactory()
    changed = client.get("/api/v1/places/", headers={"If-None-Match": first["ETag"]})

    assert (first["Cache-Control"], again.status_code, changed.status_code) == (
        "public, max-age=60",
        304,
        200,
    )
    assert not again.cookies


@pytest.mark.parametrize("number", ["999999", "9" * 40])
def test_place_that_is_not_there_is_missing(client, number):
    response = client.get(f"/api/v1/places/{number}/")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"
