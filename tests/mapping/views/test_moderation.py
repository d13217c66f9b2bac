"""Registrations of places in the Wagtail admin: the queue, the page that decides, and requests to look after a place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mapping.domain import submission as submissions
from mapping.domain.place import merge_places
from mapping.domain.stewardship import ask_to_look_after, decline_request, grant_request
from mapping.enums import PlaceStatus, RequestState, SubmissionState
from mapping.models import LearningPlace, PlaceSubmission, StewardshipRequest
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Notification, OrganisationPerson
from tests.factories import OrganisationFactory, PlaceCategoryFactory, PlaceFactory, make_places_page
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

QUEUE = "/admin/places/registrations/"


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def category():
    return PlaceCategoryFactory()


def hand_in(user, category, **facts) -> PlaceSubmission:
    facts = {"name": "Mending room", "category": category, "summary": "We mend.", "street": "Quay 3", **facts}
    submission = submissions.start_submission(facts=facts, by=user)
    return submissions.send_submission(submission, by=user, message="Ring twice.")


def test_the_queue_shows_what_was_handed_in_the_oldest_first(client, citizen, moderator, category):
    hand_in(citizen, category, name="First room")
    hand_in(citizen, category, name="Second room")
    submissions.start_submission(facts={"name": "Draft room", "category": category}, by=citizen)
    client.force_login(moderator)

    body = client.get(QUEUE).content.decode()

    assert body.index("First room") < body.index("Second room")
    assert "Draft room" not in body


def test_the_menu_says_how_many_wait_and_only_to_moderators(client, citizen, moderator, officer, category):
    hand_in(citizen, category)
    hand_in(citizen, category)
    client.force_login(moderator)
    assert "Registrations (2)" in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(officer)
    assert QUEUE not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["citizen", "resident", "chair", "officer"])
def test_p10_nobody_else_comes_in_or_decides(name, client, citizen, category, request):
    submission = hand_in(citizen, category)
    client.force_login(request.getfixturevalue(name))

    for address in (QUEUE, f"{QUEUE}{submission.pk}/"):
        assert client.get(address).status_code == 302
    client.post(f"{QUEUE}{submission.pk}/", {"accept": "1", "reason": ""})
    assert LearningPlace.objects.get().status == PlaceStatus.PENDING


def test_the_page_shows_everything_with_what_is_alike_nearby(client, citizen, moderator, category):
    PlaceFactory(name="Mending Room", latitude="53.550200", longitude="9.990000")
    submission = hand_in(
        citizen,
        category,
        point=("53.550000", "9.990000"),
        opening_hours="Mo-Fr 10:00-17:00",
        access_note="Ramp",
    )
    client.force_login(moderator)

    body = client.get(f"{QUEUE}{submission.pk}/").content.decode()

    for words in ("Ring twice.", "Quay 3", "Ramp", "10:00", "Is it on the map already?", "22 metres away"):
        assert words in body, words


def test_accepting_puts_it_on_the_map(client, citizen, moderator, category):
    submission = hand_in(citizen, category)
    client.force_login(moderator)

    response = client.post(f"{QUEUE}{submission.pk}/", {"accept": "1", "reason": ""})

    assert response.url == f"{QUEUE}?state=waiting"
    assert LearningPlace.objects.get().status == PlaceStatus.PUBLISHED
    assert client.get(f"/places/{submission.place_id}/").status_code == 200


@pytest.mark.parametrize(("button", "state"), [("return", "returned"), ("refuse", "refused")])
def test_sending_back_and_refusing_need_words(button, state, client, citizen, moderator, category):
    submission = hand_in(citizen, category)
    client.force_login(moderator)

    without = client.post(f"{QUEUE}{submission.pk}/", {button: "1", "reason": ""})
    assert without.status_code == 400
    assert "Please write why" in without.content.decode()
    assert PlaceSubmission.objects.get().state == SubmissionState.WAITING

    client.post(f"{QUEUE}{submission.pk}/", {button: "1", "reason": "Which door?"})
    assert PlaceSubmission.objects.get().state == state
    assert Notification.objects.get(participant=citizen.participant).text == "Which door?"


def test_two_moderators_do_not_decide_twice(client, citizen, moderator, editor, category):
    submission = hand_in(citizen, category)
    submissions.refuse_submission(submission, by=editor, reason="A shop.")
    client.force_login(moderator)

    response = client.post(f"{QUEUE}{submission.pk}/", {"accept": "1", "reason": ""}, follow=True)

    assert "Somebody else has decided meanwhile" in response.content.decode()
    assert LearningPlace.objects.get().status == PlaceStatus.REFUSED


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x1_what_strangers_wrote_is_text_for_moderators(payload, client, citizen, moderator, category):
    submission = hand_in(citizen, category, name=f"Room {payload}"[:100], summary=payload[:150])
    client.force_login(moderator)

    for address in (QUEUE, f"{QUEUE}{submission.pk}/"):
        body = client.get(address).content.decode()
        assert payload not in body or "<" not in payload


def test_the_queue_costs_the_same_with_one_and_with_thirty(client, citizen, moderator, category):
    client.force_login(moderator)

    def cost():
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        return len(queries)

    hand_in(citizen, category)
    one = cost()
    for number in range(15):
        hand_in(citizen, category, name=f"Room {number}")

    assert cost() == one


REQUESTS = "/admin/places/stewards/"


@pytest.fixture
def asked(citizen):
    """A request of the citizen's organisation to look after a place."""
    organisation = OrganisationFactory(name="Menders")
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place = PlaceFactory(name="Old forge")
    return ask_to_look_after(place, organisation=organisation, by=citizen, message="It is ours.")


def test_an_organisation_asks_to_look_after_a_place_and_a_moderator_agrees(client, citizen, moderator):
    organisation = OrganisationFactory(name="Menders")
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place = PlaceFactory()
    client.force_login(citizen)
    client.post(
        f"/places/{place.pk}/look-after/", {"organisation": organisation.pk, "message": "It is ours."}
    )
    asked = StewardshipRequest.objects.get()
    client.force_login(moderator)

    assert "Menders" in client.get(REQUESTS).content.decode()
    assert "It is ours." in client.get(f"{REQUESTS}{asked.pk}/").content.decode()
    client.post(f"{REQUESTS}{asked.pk}/", {"grant": "", "answer": ""})

    place.refresh_from_db()
    asked.refresh_from_db()
    assert (place.organisation, asked.state) == (organisation, RequestState.GRANTED)
    assert asked.decided_by == moderator
    notice = Notification.objects.get(participant=citizen.participant)
    assert notice.path == f"/places/{place.pk}/edit/"
    assert "Menders" not in client.get(REQUESTS).content.decode()


def test_saying_no_needs_words_and_the_person_reads_them(client, citizen, moderator, asked):
    client.force_login(moderator)

    without = client.post(f"{REQUESTS}{asked.pk}/", {"decline": "", "answer": ""})
    assert without.status_code == 400
    assert "Please write why not." in without.content.decode()

    client.post(f"{REQUESTS}{asked.pk}/", {"decline": "", "answer": "The forge belongs to the museum."})

    asked.refresh_from_db()
    assert (asked.state, asked.place.organisation) == (RequestState.DECLINED, None)
    notice = Notification.objects.get(participant=citizen.participant)
    assert notice.text == "The forge belongs to the museum."
    assert notice.path == f"/places/{asked.place_id}/"


def test_a_request_is_answered_once(client, moderator, editor, asked):
    decline_request(asked, by=editor, answer="No.")
    client.force_login(moderator)

    response = client.post(f"{REQUESTS}{asked.pk}/", {"grant": "", "answer": ""}, follow=True)

    assert "This request has been answered." in response.content.decode()
    asked.place.refresh_from_db()
    assert asked.place.organisation is None
    with pytest.raises(Conflict):
        grant_request(asked, by=moderator)


def test_who_left_the_organisation_gets_no_place_for_it(client, moderator, asked):
    OrganisationPerson.objects.all().delete()
    client.force_login(moderator)

    response = client.post(f"{REQUESTS}{asked.pk}/", {"grant": "", "answer": ""}, follow=True)

    assert "does not act for this organisation any more" in response.content.decode()
    asked.place.refresh_from_db()
    assert asked.place.organisation is None


@pytest.mark.parametrize("name", ["citizen", "resident", "chair", "officer"])
def test_p10_only_moderators_read_and_answer_requests(name, client, request, asked):
    by = request.getfixturevalue(name)
    client.force_login(by)

    for address in (REQUESTS, f"{REQUESTS}{asked.pk}/"):
        assert client.get(address).status_code == 302
    client.post(f"{REQUESTS}{asked.pk}/", {"grant": ""})
    for decide in (grant_request, lambda asked, by: decline_request(asked, by=by, answer="No.")):
        with pytest.raises(NotAllowed):
            decide(asked, by=by)
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_a_request_goes_along_when_its_place_is_merged(asked, moderator):
    into = PlaceFactory(name="The forge")

    merge_places(asked.place, into=into, by=moderator)

    asked.refresh_from_db()
    assert asked.place == into


def test_the_requests_cost_the_same_with_one_and_with_ten(client, citizen, moderator, asked):
    client.force_login(moderator)

    def cost():
        client.get(REQUESTS)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(REQUESTS).status_code == 200
        return len(queries)

    one = cost()
    for _number in range(9):
        ask_to_look_after(PlaceFactory(), organisation=asked.organisation, by=citizen)

    assert StewardshipRequest.objects.count() == 10
    assert cost() == one
