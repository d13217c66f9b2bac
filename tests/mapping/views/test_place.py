"""The page of a place, of one that has gone, and what has changed on it."""

import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting.enums import ProjectStatus
from mapping.domain import place as places
from mapping.enums import PlaceStatus, VerifiedBy
from mapping.models import PlaceSource, Stewardship
from tests.factories import (
    AreaFactory,
    AudienceFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    ProjectFactory,
    TopicFactory,
    make_budget,
    make_places_page,
)

pytestmark = pytest.mark.django_db
ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


@pytest.fixture(autouse=True)
def page(roles):
    return make_places_page()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def full_place(**fields):
    place = PlaceFactory(
        name="Harbour library",
        category=PlaceCategoryFactory(name="Library", slug="library", symbol="book"),
        neighbourhood=NeighbourhoodFactory(name="Harbour"),
        organisation=OrganisationFactory(name="Friends of books"),
        source=PlaceSource.objects.create(name="Register", slug="register", attribution="City, CC BY 4.0"),
        opening_hours="Mo-Fr 09:00-18:00",
        street="Quay 1",
        locality="Hamburg",
        phone="040 123 45",
        email="books@example.org",
        website="https://www.books.example.org/",
        languages="de ar",
        step_free="yes",
        cost="free",
        verified_on="2026-03-04",
        verified_by=VerifiedBy.STEWARD,
        **fields,
    )
    place.topics, place.audiences = [TopicFactory(name="Reading")], [AudienceFactory(name="Families")]
    place.save()
    return place


def test_a_place_tells_all_that_is_known(client):
    place = full_place(description="Books and chairs.", what_to_learn="Reading aloud.")

    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        body = text(client.get(f"/places/{place.pk}/"))

    for words in (
        "Harbour library", "Library</a> · ", "Open until 18:00", "Books and chairs.", "Reading aloud.", "Reading</a>",
        "Families</a>", "Quay 1, Hamburg", 'href="tel:04012345"', 'href="mailto:books@example.org"', "books.example.org</a>",
        "Friends of books", "City, CC BY 4.0", "German, Arabic", "Today, Monday, 23 November", "09:00 – 18:00",
        "Checked on 4 March 2026 by the people who look after it", "Toilet for wheelchair users</dt><dd>not stated",
        f"/places/{place.pk}/history/",
    ):  # fmt: skip
        assert words in body, words


def test_what_is_not_known_is_said_to_be(client):
    place = PlaceFactory(latitude=None, longitude=None)

    body = text(client.get(f"/places/{place.pk}/"))

    assert "Hours not stated" in body
    assert "It has no point on the map yet." in body
    assert "Nobody has checked this entry yet" in body
    assert body.count("not stated") >= 6
    assert "data-points-map" not in body


def test_X9_search_engines_get_data_that_cannot_leave_its_element(client):
    place = full_place(description=ATTACK)
    place.name = ATTACK[:120]
    place.save()

    body = client.get(f"/places/{place.pk}/").content.decode()

    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    known = json.loads(data)
    assert known["name"] == ATTACK[:120]
    assert known["@type"] == "Library"
    assert known["geo"] == {"@type": "GeoCoordinates", "latitude": 53.55, "longitude": 9.99}
    assert known["isAccessibleForFree"] is True
    assert len(known["openingHoursSpecification"]) == 5
    assert "<script>alert" not in body
    assert "<img src=x" not in body


def test_projects_right_there_are_named_and_those_elsewhere_are_not(client):
    area = AreaFactory(budget=make_budget())
    place = PlaceFactory(latitude="53.550000", longitude="9.990000")
    for title, latitude, status in (
        ("A garden", "53.550100", ProjectStatus.FUNDED),
        ("Next door", "53.551000", ProjectStatus.FUNDED),
        ("A loser", "53.550000", ProjectStatus.ON_BALLOT),
    ):
        ProjectFactory(area=area, title=title, latitude=latitude, longitude="9.990000", status=status)

    body = text(client.get(f"/places/{place.pk}/"))

    assert "A garden</a>" in body
    assert "Next door" not in body
    assert "A loser" not in body


def test_a_page_costs_as_many_queries_for_much_as_for_little(client):
    little, much = PlaceFactory(), full_place()
    much.topics = [TopicFactory() for _number in range(8)]
    much.save()

    def queries(place) -> int:
        client.get(f"/places/{place.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/places/{place.pk}/")
        return len(asked)

    assert queries(much) <= queries(little)


@pytest.mark.parametrize(
    "status", [PlaceStatus.DRAFT, PlaceStatus.PENDING, PlaceStatus.REFUSED, PlaceStatus.HIDDEN]
)
def test_P4_only_its_own_people_see_a_place_that_is_not_on_the_map(client, status, citizen, resident):
    place = PlaceFactory(name="Secret room", status=status)
    Stewardship.objects.create(place=place, participant=citizen.participant)

    assert client.get(f"/places/{place.pk}/").status_code == 404
    client.force_login(resident)
    assert client.get(f"/places/{place.pk}/").status_code == 404
    client.force_login(citizen)
    body = text(client.get(f"/places/{place.pk}/"))
    assert "Secret room" in body
    assert "Only you and those who look after this place can see this page" in body
    assert "application/ld+json" not in body


def test_a_closed_place_says_so_or_leads_to_its_successor(client, administrator):
    place, new = PlaceFactory(name="Old library"), PlaceFactory(name="New library")
    places.close_place(place, by=administrator, reason="The roof fell in.")

    response = client.get(f"/places/{place.pk}/")
    assert response.status_code == 410
    assert "Old library has closed" in text(response)
    assert "The roof fell in." in text(response)
    assert "near=53.550,9.990" in text(response)

    other = PlaceFactory(name="Annex")
    places.close_place(other, by=administrator, successor=new)
    response = client.get(f"/places/{other.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/places/{new.pk}/")


def test_a_merged_entry_leads_to_the_one_that_was_kept(client, administrator):
    double, kept = PlaceFactory(), PlaceFactory()
    places.merge_places(double, into=kept, by=administrator)

    response = client.get(f"/places/{double.pk}/")

    assert (response.status_code, response.headers["Location"]) == (301, f"/places/{kept.pk}/")


def test_what_has_changed_is_told_without_saying_who(client, administrator):
    library, museum = PlaceCategoryFactory(name="Library"), PlaceCategoryFactory(name="Museum")
    place = PlaceFactory(name="Old name", category=library)
    topic = TopicFactory(name="Reading")
    places.change_place(place, by=administrator, facts={"name": "<b>New</b> name", "step_free": "yes"})
    places.change_place(
        place, by=administrator, facts={"category": museum, "topics": [topic], "languages": ["de"]}
    )

    body = text(client.get(f"/places/{place.pk}/history/"))

    for words in (
        "Old name</del>", "&lt;b&gt;New&lt;/b&gt; name</ins>", "Entrance without steps", "not stated</del>", "yes</ins>",
        "Library</del>", "Museum</ins>", "Reading</ins>", "German</ins>",
    ):  # fmt: skip
        assert words in body, words
    assert administrator.email not in body
    assert body.index("Museum</ins>") < body.index("Old name</del>")


def test_words_for_which_a_place_was_hidden_do_not_come_back_as_history(client, administrator):
    place = PlaceFactory(description="First.")
    places.change_place(place, by=administrator, facts={"description": "Anna's private number is 123."})
    places.hide_place(place, by=administrator, reason="Personal data")
    places.change_place(place, by=administrator, facts={"description": "Clean."})
    places.publish_place(place, by=administrator)
    places.change_place(place, by=administrator, facts={"summary": "After."})

    body = text(client.get(f"/places/{place.pk}/history/"))

    assert "After.</ins>" in body
    assert "123" not in body
    assert "What was written before the place came onto the map is not shown." in body


def test_a_place_without_changes_says_so(client):
    place = PlaceFactory()

    assert "Nothing has changed yet" in text(client.get(f"/places/{place.pk}/history/"))


def test_history_costs_the_same_for_one_change_and_for_ten(client, administrator):
    def queries(number: int) -> int:
        place = PlaceFactory()
        for step in range(number):
            kind = PlaceCategoryFactory()
            places.change_place(place, by=administrator, facts={"name": f"Name {step}", "category": kind})
        client.get(f"/places/{place.pk}/history/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/places/{place.pk}/history/")
        return len(asked)

    assert queries(10) == queries(1)


def test_moderators_see_the_page_of_a_hidden_place(client, moderator):
    place = PlaceFactory(status=PlaceStatus.HIDDEN)
    client.force_login(moderator)

    assert client.get(f"/places/{place.pk}/").status_code == 200
