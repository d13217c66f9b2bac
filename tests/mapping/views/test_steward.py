"""Looking after places: one's own list, changing a place, and the mailed link for who has no account."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mapping.domain.place import change_place
from mapping.enums import PlaceStatus
from mapping.models import LearningPlace, Stewardship, StewardshipRequest
from participation.domain.mail import send_outgoing_mail
from participation.models import OrganisationPerson
from tests.factories import OrganisationFactory, PlaceCategoryFactory, PlaceFactory, make_places_page
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

MINE, MANAGE = "/places/mine/", "/places/manage/"
ADDRESS = "group@example.org"


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def place(citizen):
    place = PlaceFactory(name="Mending room", category=PlaceCategoryFactory(), summary="We mend.")
    Stewardship.objects.create(place=place, participant=citizen.participant)
    return place


def sent(place, **changes) -> dict:
    fields = {
        "name": place.name,
        "category": place.category_id,
        "summary": place.summary,
        "street": place.street,
        "point_latitude": place.latitude,
        "point_longitude": place.longitude,
        "opening_hours": place.opening_hours,
        "version": place.version,
    }
    return {**fields, **changes}


def mailed_link(client, address=ADDRESS) -> str:
    mail.outbox.clear()
    client.post(MANAGE, {"email": address})
    send_outgoing_mail()
    line = next(line for line in mail.outbox[-1].body.splitlines() if MANAGE in line)
    return MANAGE + line.split(MANAGE)[1]


def test_a_steward_changes_a_place_and_a_revision_is_kept(client, citizen, place):
    client.force_login(citizen)

    response = client.post(f"/places/{place.pk}/edit/", sent(place, summary="We mend everything."))

    place.refresh_from_db()
    assert response.url == f"/places/{place.pk}/"
    assert (place.summary, place.version, place.status) == ("We mend everything.", 2, PlaceStatus.PUBLISHED)
    assert place.revisions.count() == 2


@pytest.mark.parametrize("name", ["stranger", "resident", "officer"])
def test_p10_nobody_else_changes_it(name, client, request, place):
    if name != "stranger":
        client.force_login(request.getfixturevalue(name))

    assert client.get(f"/places/{place.pk}/edit/").status_code == 404
    assert client.post(f"/places/{place.pk}/edit/", sent(place, name="Mine")).status_code == 404
    assert client.post(f"/places/{place.pk}/stop/").status_code == 404
    assert LearningPlace.objects.get().name == "Mending room"


def test_f22_what_somebody_else_saved_meanwhile_is_not_overwritten(client, citizen, moderator, place):
    client.force_login(citizen)
    stale = sent(place, summary="Mine")
    change_place(place, by=moderator, facts={"summary": "Theirs"})

    refused = client.post(f"/places/{place.pk}/edit/", stale)

    assert refused.status_code == 409
    assert 'value="Mine"' in refused.content.decode()
    assert LearningPlace.objects.get().summary == "Theirs"
    again = client.post(
        f"/places/{place.pk}/edit/", {**stale, "version": refused.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    assert LearningPlace.objects.get().summary == "Mine"


def test_new_hours_are_looked_at_before_they_are_kept(client, citizen, place):
    client.force_login(citizen)

    first = client.post(f"/places/{place.pk}/edit/", sent(place, opening_hours="Mon-Fri 10am-5pm"))
    seen = first.context["form"]["hours_seen"].value()
    second = client.post(
        f"/places/{place.pk}/edit/", sent(place, opening_hours="Mon-Fri 10am-5pm", hours_seen=seen)
    )

    assert (first.status_code, second.status_code) == (200, 302)
    assert LearningPlace.objects.get().opening_hours == "Mo-Fr 10:00-17:00"


def test_what_is_wrong_is_told_and_what_was_typed_stays(client, citizen, place):
    client.force_login(citizen)

    response = client.post(
        f"/places/{place.pk}/edit/", sent(place, name="", summary="Typed", website="no no")
    )

    assert response.status_code == 400
    assert {"name", "website"} <= set(response.context["form"].errors)
    assert 'value="Typed"' in response.content.decode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x1_what_was_written_is_text_in_the_form(payload, client, citizen, place):
    change_place(place, by=citizen, facts={"description": payload, "summary": payload[:150]})
    client.force_login(citizen)

    for address in (f"/places/{place.pk}/edit/", MINE):
        body = client.get(address).content.decode()
        assert payload not in body or "<" not in payload


def test_s2_the_answer_is_the_same_for_every_address(client):
    place = PlaceFactory()
    Stewardship.objects.create(place=place, email=ADDRESS)

    known, unknown = (client.post(MANAGE, {"email": email}) for email in (ADDRESS, "nobody@example.org"))

    assert known.status_code == unknown.status_code == 200
    assert "If you look after places with this address" in known.content.decode()
    body = [response.content.decode().split("<main")[1] for response in (known, unknown)]
    assert body[0] == body[1]
    send_outgoing_mail()
    assert sorted(message.to[0] for message in mail.outbox) == [ADDRESS, "nobody@example.org"]


def test_a_mailed_link_lets_this_browser_change_the_places_of_the_address(client):
    place, other = PlaceFactory(name="Mending room"), PlaceFactory(name="Choir")
    Stewardship.objects.create(place=place, email=ADDRESS)
    link = mailed_link(client)

    assert "Mending room" in client.get(link).content.decode()
    assert client.get(f"/places/{place.pk}/edit/").status_code == 404  # opening the link alone does nothing
    assert client.post(link).url == MINE
    assert "Mending room" in client.get(MINE).content.decode()
    response = client.post(f"/places/{place.pk}/edit/", sent(place, summary="By link"))

    assert response.status_code == 302
    assert LearningPlace.objects.get(pk=place.pk).summary == "By link"
    assert client.get(f"/places/{other.pk}/edit/").status_code == 404
    client.post(f"{MANAGE}close/")
    assert client.get(f"/places/{place.pk}/edit/").status_code == 404


def test_s19_a_link_ends_and_a_forged_one_opens_nothing(client):
    Stewardship.objects.create(place=PlaceFactory(), email=ADDRESS)
    with time_machine.travel(dt.datetime(2026, 5, 1, tzinfo=dt.UTC), tick=False) as clock:
        link = mailed_link(client)
        assert client.get(link).status_code == 200
        assert client.get(link[:-3] + "/").status_code == 404

        clock.shift(dt.timedelta(days=2, seconds=2))
        assert client.get(link).status_code == 404


def test_what_a_link_allows_ends_with_the_stewardship_and_after_two_hours(client):
    place = PlaceFactory()
    stewardship = Stewardship.objects.create(place=place, email=ADDRESS)
    with time_machine.travel(dt.datetime(2026, 5, 1, tzinfo=dt.UTC), tick=False) as clock:
        client.post(mailed_link(client))
        assert client.get(f"/places/{place.pk}/edit/").status_code == 200
        clock.shift(dt.timedelta(hours=2, seconds=1))
        assert client.get(f"/places/{place.pk}/edit/").status_code == 404

        client.post(mailed_link(client))
        stewardship.delete()
        assert client.get(f"/places/{place.pk}/edit/").status_code == 404


def test_an_address_gets_five_links_an_hour(client):
    answers = [client.post(MANAGE, {"email": ADDRESS}).status_code for _time in range(6)]

    assert answers == [200] * 5 + [400]


def test_somebody_stops_looking_after_a_place(client, citizen, place):
    client.force_login(citizen)

    assert client.get(f"/places/{place.pk}/stop/").status_code == 200
    client.post(f"/places/{place.pk}/stop/")

    assert not Stewardship.objects.exists()
    assert LearningPlace.objects.get().status == PlaceStatus.PUBLISHED
    assert client.get(f"/places/{place.pk}/edit/").status_code == 404


def test_who_acts_for_the_organisation_is_told_who_can_end_it(client, citizen):
    organisation = OrganisationFactory(name="Menders")
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place = PlaceFactory(organisation=organisation)
    client.force_login(citizen)

    response = client.post(f"/places/{place.pk}/stop/")

    assert response.status_code == 409
    assert "Menders" in response.content.decode()


def test_asking_twice_leaves_one_request(client, citizen):
    organisation = OrganisationFactory()
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place = PlaceFactory()
    client.force_login(citizen)

    for _time in range(2):
        client.post(f"/places/{place.pk}/look-after/", {"organisation": organisation.pk})

    assert StewardshipRequest.objects.count() == 1


def test_p11_nobody_asks_for_an_organisation_they_do_not_act_for(client, citizen):
    place = PlaceFactory()
    client.force_login(citizen)

    response = client.post(f"/places/{place.pk}/look-after/", {"organisation": OrganisationFactory().pk})

    assert response.status_code == 400
    assert not StewardshipRequest.objects.exists()


def test_the_list_costs_the_same_with_one_place_and_with_twenty(client, citizen, place):
    client.force_login(citizen)

    def cost():
        client.get(MINE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(MINE).status_code == 200
        return len(queries)

    one = cost()
    for _number in range(20):
        Stewardship.objects.create(place=PlaceFactory(), participant=citizen.participant)

    assert cost() == one


def test_a_stranger_sees_nobodys_places(place):
    body = Client().get(MINE).content.decode()

    assert "Mending room" not in body
    assert "Nothing here yet" in body


def test_stranger_reads_what_looking_after_means_and_why_to_sign_in_first(client):
    place = PlaceFactory()

    page = client.get(f"/places/{place.pk}/look-after/")
    sent = client.post(f"/places/{place.pk}/look-after/", {"message": "It is ours."})

    body = page.content.decode()
    assert page.status_code == 200
    assert "so that the moderator knows who asks" in body
    assert f"/account/login/?next=%2Fplaces%2F{place.pk}%2Flook-after%2F" in body
    assert "We mail you a link" in body
    assert sent.status_code == 302
    assert not StewardshipRequest.objects.exists()
