"""The pages that ask whether a place is still correct, for stewards by link and for scouts."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from mapping.domain.scout import become_scout
from mapping.domain.verification import PER_SCOUT_AND_MONTH, ask_if_correct, token_of
from mapping.enums import PlaceStatus, VerificationAnswer, VerifiedBy
from mapping.models import LearningPlace, PlaceReport, Scout, Stewardship, Verification
from participation.domain.mail import send_outgoing_mail
from tests.factories import NeighbourhoodFactory, ParticipantFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def place(db):
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    return PlaceFactory(
        name="Mending room",
        neighbourhood=NeighbourhoodFactory(name="Old Quay", slug="old-quay"),
        opening_hours="Mo-Fr 10:00-18:00",
        verified_on=long_ago,
    )


@pytest.fixture
def link(place):
    """The path in the letter to a steward without an account."""
    Stewardship.objects.create(place=place, email="group@example.org")
    ask_if_correct()
    send_outgoing_mail()
    return re.search(r"https?://[^/\s]+(/\S+/verify/\S+)", mail.outbox[-1].body)[1]


def test_the_mailed_link_shows_what_the_map_says_and_changes_nothing(client, place, link):
    for _time in range(2):
        response = client.get(link)

    words = response.content.decode()
    assert response.status_code == 200
    assert "10:00 – 18:00" in words
    assert "Not stated: " in words
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Verification.objects.get().answer == VerificationAnswer.NONE
    assert client.head(link).status_code == 200
    place.refresh_from_db()
    assert place.verified_on < timezone.localdate()


def test_one_press_of_the_button_without_signing_in_confirms(client, place, link):
    response = client.post(link, {"answer": "correct"}, follow=True)

    place.refresh_from_db()
    assert (place.verified_on, place.verified_by) == (timezone.now().date(), VerifiedBy.STEWARD)
    assert "Your answer: still correct." in response.content.decode()


def test_without_an_account_wrong_words_go_to_the_moderators(client, link):
    address = link.replace("/verify/", "/verify/wrong/")
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"kind": "other", "text": ""}).status_code == 400

    response = client.post(address, {"kind": "moved", "text": "It is in Mill Lane."}, follow=True)

    report = PlaceReport.objects.get()
    assert (report.kind, report.text) == ("moved", "It is in Mill Lane.")
    assert "not correct any more" in response.content.decode()


def test_closing_by_the_link_asks_once_more(client, place, link):
    address = link.replace("/verify/", "/verify/closed/")
    client.get(address)
    place.refresh_from_db()
    assert place.is_public

    client.post(address)

    place.refresh_from_db()
    assert place.status == PlaceStatus.CLOSED
    assert "not on the map any more" in client.get(link).content.decode()
    assert client.post(link, {"answer": "correct"}).status_code == 409
    assert client.get(address).status_code == 404


def test_a_link_with_one_letter_changed_opens_nothing(client, link):
    for address in (f"{link[:-2]}x/", link.replace("/verify/", "/verify/x"), "/places/verify/x/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "correct"}).status_code == 404


def test_only_the_buttons_of_the_page_are_answers(client, link):
    for answer in ("", "closed", "wrong", "\x00"):
        assert client.post(link, {"answer": answer}).status_code == 400
    assert Verification.objects.get().answer == VerificationAnswer.NONE


def test_a_steward_with_an_account_is_led_to_the_form(client, place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    ask_if_correct()
    link = f"/places/verify/{token_of(Verification.objects.get())}/"

    response = client.post(link, {"answer": "wrong"})

    assert response.headers["Location"] == f"/places/{place.pk}/edit/"
    assert Verification.objects.get().answer == VerificationAnswer.WRONG
    assert not PlaceReport.objects.exists()
    assert client.get(link.replace("/verify/", "/verify/wrong/")).status_code == 404


def test_a_citizen_becomes_a_scout_looks_and_leaves(client, place, citizen):
    client.force_login(citizen)
    client.post("/places/scout/join/", {"neighbourhood": "old-quay"})
    assert "Mending room" in client.get("/places/scout/").content.decode()

    response = client.post(f"/places/{place.pk}/look/", {"answer": "correct"}, follow=True)

    assert response.redirect_chain == [("/places/scout/", 302)]
    place.refresh_from_db()
    assert place.verified_by == VerifiedBy.SCOUT
    assert "Mending room" not in response.content.decode()
    client.post("/places/scout/leave/", {"neighbourhood": "old-quay"})
    assert not Scout.objects.exists()
    assert client.get(f"/places/{place.pk}/look/").status_code == 403


def test_a_scout_reports_what_is_wrong_or_closed(client, place, citizen):
    become_scout(place.neighbourhood, by=citizen)
    client.force_login(citizen)

    client.post(f"/places/{place.pk}/look/wrong/", {"kind": "hours", "text": "Only on Mondays."})
    client.post(f"/places/{place.pk}/look/closed/")

    assert list(PlaceReport.objects.order_by("pk").values_list("kind", flat=True)) == ["hours", "closed"]
    assert LearningPlace.objects.get().is_public


def test_strangers_read_what_scouts_do_and_sign_in_first(client, place):
    response = client.get("/places/scout/")

    assert response.status_code == 200
    assert "Sign in to become a scout" in response.content.decode()
    for name in ("join", "leave"):
        answer = client.post(f"/places/scout/{name}/", {"neighbourhood": "old-quay"})
        assert answer.headers["Location"].startswith("/account/login/")
    assert client.get(f"/places/{place.pk}/look/").status_code == 403
    assert not Scout.objects.exists()


def test_an_unknown_neighbourhood_is_missing(client, citizen):
    client.force_login(citizen)
    for slug in ("", "nowhere", "a\x00b"):
        assert client.post("/places/scout/join/", {"neighbourhood": slug}).status_code == 404


def test_p_no_page_shows_a_scout_who_else_is_one(client, place, citizen):
    other = ParticipantFactory(display_name="Zelda Zimmermann")
    Scout.objects.create(participant=other, neighbourhood=place.neighbourhood)
    Stewardship.objects.create(place=place, email="hidden@example.org")
    become_scout(place.neighbourhood, by=citizen)
    ask_if_correct()
    client.force_login(citizen)

    for address in ("/places/scout/", f"/places/{place.pk}/look/", f"/places/{place.pk}/"):
        words = client.get(address).content.decode()
        assert "Mending room" in words
        assert "Zelda" not in words
        assert "hidden@" not in words


def test_the_list_of_a_scout_costs_the_same_for_thirty_places(
    client, place, citizen, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    become_scout(place.neighbourhood, by=citizen)
    ask_if_correct()
    client.force_login(citizen)
    client.get("/places/scout/")
    with CaptureQueriesContext(connection) as few:
        client.get("/places/scout/")
    PlaceFactory.create_batch(
        29 + PER_SCOUT_AND_MONTH, neighbourhood=place.neighbourhood, verified_on=place.verified_on
    )
    ask_if_correct()

    with django_assert_max_num_queries(len(few) + 1):  # one more finds the number of pages
        response = client.get("/places/scout/")

    assert len(response.context["asked"]) == PER_SCOUT_AND_MONTH
    assert len(response.context["others"]) == 30


def test_a_moderator_confirms_as_the_city(client, place, moderator):
    client.force_login(moderator)

    client.post(f"/places/{place.pk}/look/", {"answer": "correct"})

    place.refresh_from_db()
    assert place.verified_by == VerifiedBy.STAFF


def test_the_page_of_the_place_says_when_nobody_answers(client, place):
    long_ago = timezone.localdate() - dt.timedelta(days=430)
    LearningPlace.objects.update(verified_on=long_ago)

    assert "Nobody has confirmed this since" in client.get(f"/places/{place.pk}/").content.decode()
