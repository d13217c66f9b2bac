"""Registering a place on the site's pages: step by step, seen before it is kept, with and without an account."""

import struct
import zlib

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mapping.domain import submission as submissions
from mapping.enums import PlaceStatus, SubmissionState
from mapping.models import LearningPlace, PlaceSubmission
from participation.domain.mail import send_outgoing_mail
from tests.budgeting.proposing import picture_file
from tests.factories import (
    NeighbourhoodFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
    make_places_page,
)
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

REGISTER = "/places/register/"


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def category():
    return PlaceCategoryFactory(name="Workshop")


def begin(client, category, **fields) -> PlaceSubmission:
    sent = {"name": "Mending room", "category": category.pk, "summary": "We mend.", **fields}
    response = client.post(REGISTER, sent)
    assert response.status_code == 302, response.context["form"].errors
    return PlaceSubmission.objects.latest("pk")


def address(submission, *parts) -> str:
    return "/".join([f"{REGISTER}{submission.key}", *parts, ""])


def keep(client, submission, step, **fields):
    return client.post(address(submission, step), fields)


def test_the_first_step_begins_a_registration_and_leads_to_the_next(client, category):
    response = client.post(REGISTER, {"name": "Mending room", "category": category.pk, "summary": ""})

    submission = PlaceSubmission.objects.get()
    assert response.url == address(submission, "where")
    assert submission.place.name == "Mending room"
    assert b"Mending room" in client.get("/places/mine/").content


def test_without_a_name_nothing_begins_and_what_was_typed_stays(client):
    response = client.post(REGISTER, {"name": "", "category": "", "summary": "We mend things."})

    body = response.content.decode()
    assert response.status_code == 400
    assert "Please write the name of the place." in body
    assert "We mend things." in body
    assert not LearningPlace.objects.exists()


def test_all_steps_are_kept_and_shown_for_checking(client, category):
    topic = TopicFactory(name="Sewing")
    submission = begin(client, category)
    keep(client, submission, "where", street="Quay 3", point_latitude="53.55", point_longitude="9.99")
    keep(client, submission, "hours", opening_hours="Mo-Fr 10:00-17:00", hours_seen="Mo-Fr 10:00-17:00")
    keep(client, submission, "people", topics=[topic.pk], languages=["en"], more_languages=["ti"])
    keep(client, submission, "more", description="Come in.", website="example.org", phone="+49 40 1")

    place = LearningPlace.objects.get()
    body = client.get(address(submission, "check")).content.decode()

    assert (place.opening_hours, place.languages) == ("Mo-Fr 10:00-17:00", "en ti")
    for words in ("Quay 3", "Sewing", "Tigrinya", "Come in.", "https://example.org", "not stated"):
        assert words in body


def test_hours_are_kept_only_once_they_have_been_seen(client, category):
    submission = begin(client, category)

    first = keep(client, submission, "hours", opening_hours="Mon-Fri 10am-5pm")

    body = first.content.decode()
    assert first.status_code == 200
    assert "Mo-Fr 10:00-17:00" in body
    assert "This is how we understand it" in body
    assert LearningPlace.objects.get().opening_hours == ""
    second = keep(
        client,
        submission,
        "hours",
        opening_hours="Mon-Fri 10am-5pm",
        hours_seen=first.context["form"]["hours_seen"].value(),
    )
    assert second.status_code == 302
    assert LearningPlace.objects.get().opening_hours == "Mo-Fr 10:00-17:00"


def test_hours_that_are_not_understood_are_told_and_can_be_kept_as_a_remark(client, category):
    submission = begin(client, category)
    words = "whenever the flag is up"

    refused = keep(client, submission, "hours", opening_hours=words)
    kept = keep(client, submission, "hours", opening_hours=words, as_remark="1")

    assert refused.status_code == 400
    assert refused.context["form"].errors["opening_hours"]
    assert words in refused.content.decode()
    assert kept.status_code == 302
    place = LearningPlace.objects.get()
    assert (place.opening_hours, place.hours_remark) == ("", words)


def test_d9_a_flood_of_text_is_refused_on_its_length(client, category):
    submission = begin(client, category)

    assert client.get(f"{REGISTER}hours/", {"text": " <" * 3000}).status_code == 200
    assert keep(client, submission, "hours", opening_hours="9" * 100_000).status_code == 400


def test_the_preview_answers_while_somebody_writes(client):
    understood = client.get(f"{REGISTER}hours/", {"text": "Mo-Fr 10:00-17:00; PH off"}).content.decode()
    problem = client.get(f"{REGISTER}hours/", {"text": "whenever"}).content.decode()
    nothing = client.get(f"{REGISTER}hours/").content.decode()

    assert 'data-osm="Mo-Fr 10:00-17:00; PH off"' in understood
    assert "whenever" in problem
    assert nothing.strip() == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x3_the_preview_repeats_nothing_as_markup(client, payload):
    body = client.get(f"{REGISTER}hours/", {"text": payload[:900]}).content.decode()

    assert payload not in body or "<" not in payload


def test_a_point_far_from_the_city_or_with_swapped_numbers_is_refused_and_one_beside_it_is_not(
    client, category
):
    NeighbourhoodFactory(
        outline={
            "type": "Polygon",
            "coordinates": [[[9.9, 53.5], [10.1, 53.5], [10.1, 53.6], [9.9, 53.6], [9.9, 53.5]]],
        }
    )
    submission = begin(client, category)

    def answer(latitude, longitude):
        return keep(client, submission, "where", point_latitude=latitude, point_longitude=longitude)

    assert "This point is far from the city" in answer("0", "0").content.decode()
    assert "Please swap them" in answer("9.99", "53.55").content.decode()
    assert not LearningPlace.objects.get().has_point
    assert answer("53.62", "10.0").status_code == 302
    assert LearningPlace.objects.get().has_point


def test_half_a_point_and_odd_numbers_are_refused_with_what_was_typed(client, category):
    submission = begin(client, category)

    for latitude, longitude in (("53.5", ""), ("1e5", "9"), ("١٢", "9"), ("91", "9")):
        response = keep(
            client, submission, "where", point_latitude=latitude, point_longitude=longitude, street="Quay 3"
        )
        assert response.status_code == 400
        assert "Quay 3" in response.content.decode()
    assert not LearningPlace.objects.get().has_point


def test_somebody_is_asked_whether_it_is_on_the_map_already(client, category):
    other = PlaceFactory(name="The Mending Room", latitude="53.550100", longitude="9.990000")
    PlaceFactory(name="Choir", latitude="53.550100", longitude="9.990000")
    PlaceFactory(name="Mending room", latitude="53.600000", longitude="9.990000")
    submission = begin(client, category)

    response = keep(client, submission, "where", point_latitude="53.55", point_longitude="9.99")

    assert response.url == address(submission, "similar")
    found = client.get(response.url).context["similar"]
    assert [(each["place"].pk, each["metres"]) for each in found] == [(other.pk, 11)]


def test_a_place_of_the_same_name_without_a_point_is_asked_about_too(client, category):
    other = PlaceFactory(name="Mending Room", latitude=None, longitude=None)
    submission = begin(client, category)

    response = keep(client, submission, "where", point_latitude="53.55", point_longitude="9.99")

    assert response.url == address(submission, "similar")
    assert client.get(response.url).context["similar"][0]["place"] == other


def test_saving_for_later_leads_to_the_overview(client, category):
    submission = begin(client, category)

    response = keep(client, submission, "where", street="Quay 3", later="1")

    assert response.url == address(submission)
    assert LearningPlace.objects.get().street == "Quay 3"
    assert "Your registration is saved" in client.get(response.url).content.decode()


def test_the_link_is_mailed_and_opens_the_registration_in_another_browser(client, category):
    submission = begin(client, category)

    client.post(address(submission, "link"), {"email": "group@example.org"})
    send_outgoing_mail()

    assert address(submission) in mail.outbox[-1].body
    assert Client().get(address(submission, "where")).status_code == 200


def test_f27_without_an_account_all_the_way_to_a_moderator(client, category):
    submission = begin(client, category)
    keep(client, submission, "where", street="Quay 3")
    sent = client.post(address(submission, "check"), {"email": "group@example.org", "message": "Hello"})
    send_outgoing_mail()
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/confirm/" in line)
    path = link.split("testserver")[-1] if "testserver" in link else "/places/" + link.split("/places/")[1]

    other = Client()
    page = other.get(path)
    submission.refresh_from_db()
    assert (sent.url, page.status_code) == (address(submission), 200)
    assert submission.state == SubmissionState.UNCONFIRMED  # opening the link alone sends nothing
    assert other.post(path).url == address(submission)
    submission.refresh_from_db()
    assert (submission.state, submission.place.status) == (SubmissionState.WAITING, PlaceStatus.PENDING)
    assert "A moderator looks at it" in other.get(address(submission)).content.decode()
    assert other.get(path).url == address(submission)


def test_a_forged_confirmation_is_not_found(client, category):
    submission = begin(client, category)
    keep(client, submission, "where", street="Quay 3")
    client.post(address(submission, "check"), {"email": "group@example.org"})

    assert client.get(address(submission, "confirm", "a", "b", "c")).status_code == 404
    assert client.post(address(submission, "confirm", "a", "b", "c")).status_code == 404
    assert PlaceSubmission.objects.get().state == SubmissionState.UNCONFIRMED


def test_what_is_missing_is_linked_to_its_step(client, category):
    submission = begin(client, category, summary="")

    body = client.get(address(submission, "check")).content.decode()
    response = client.post(address(submission, "check"), {"email": "group@example.org"})

    assert f"{address(submission, 'what')}#id_summary" in body
    assert f"{address(submission, 'where')}#id_point_0" in body
    assert response.status_code == 400
    assert not mail.outbox


def test_pictures_are_added_with_their_words(client, citizen, category):
    client.force_login(citizen)
    submission = begin(client, category)

    no_words = keep(client, submission, "more", **{"picture-new-0-picture": picture_file()})
    kept = keep(
        client,
        submission,
        "more",
        **{"picture-new-0-picture": picture_file(), "picture-new-0-alt_text": "A lamp"},
    )

    assert no_words.status_code == 400
    assert "choose your new pictures again" in no_words.content.decode()
    assert kept.status_code == 302
    assert LearningPlace.objects.get().pictures.get().alt_text == "A lamp"


def test_D7_a_picture_of_far_too_many_pixels_is_refused(client, citizen, category):
    client.force_login(citizen)
    submission = begin(client, category)
    header = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(b"\0")
    chunks = [
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each))
        for each in (header, pixels, b"IEND")
    ]
    bomb = SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks), "image/png")

    answer = keep(
        client,
        submission,
        "more",
        **{"picture-new-0-picture": bomb, "picture-new-0-alt_text": "A wall"},
    )

    assert answer.status_code == 400
    assert not LearningPlace.objects.get().pictures.exists()


def test_nobody_else_opens_the_registration_of_somebody_with_an_account(client, citizen, resident, category):
    client.force_login(citizen)
    submission = begin(client, category)

    for other in (None, resident):
        visitor = Client()
        if other:
            visitor.force_login(other)
        for parts in ((), ("where",), ("check",), ("similar",), ("delete",)):
            assert visitor.get(address(submission, *parts)).status_code == 404
        assert visitor.post(address(submission, "delete")).status_code == 404


def test_pages_that_a_key_opens_are_kept_by_no_cache_and_no_search_engine(client, category):
    submission = begin(client, category)

    for parts in ((), ("where",), ("check",), ("delete",)):
        response = Client().get(address(submission, *parts))
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_registration_is_deleted_after_a_question(client, category):
    submission = begin(client, category)

    assert client.get(address(submission, "delete")).status_code == 200
    assert LearningPlace.objects.exists()
    assert client.post(address(submission, "delete")).url == "/places/"
    assert not LearningPlace.objects.exists()


def test_once_sent_the_steps_are_closed(client, citizen, category):
    client.force_login(citizen)
    submission = begin(client, category)
    keep(client, submission, "where", street="Quay 3")
    client.post(address(submission, "check"), {})

    assert client.get(address(submission, "where")).status_code == 409
    assert keep(client, submission, "where", street="Elsewhere").status_code == 409
    assert LearningPlace.objects.get().street == "Quay 3"


def test_p21_extra_fields_change_nothing(client, citizen, category):
    client.force_login(citizen)
    submission = begin(client, category)

    keep(
        client, submission, "where", street="Quay 3", status="published", source="1", verified_on="2026-01-01"
    )

    place = LearningPlace.objects.get()
    assert (place.status, place.source, place.verified_on) == (PlaceStatus.DRAFT, None, None)


def test_a_page_that_takes_no_registrations_says_so(client, places_page, category):
    places_page.takes_registrations = False
    places_page.save()

    assert client.get(REGISTER).status_code == 409
    assert client.post(REGISTER, {"name": "A", "category": category.pk}).status_code == 409
    assert not LearningPlace.objects.exists()


def test_who_has_no_public_name_is_asked_for_one_first(client, category):
    from tests.factories import UserFactory

    client.force_login(UserFactory())

    assert client.get(REGISTER).url.startswith("/me/welcome/")


def test_the_question_of_the_moderators_is_on_every_step(client, citizen, moderator, category):
    client.force_login(citizen)
    submission = begin(client, category)
    keep(client, submission, "where", street="Quay 3")
    client.post(address(submission, "check"), {})
    submissions.return_submission(PlaceSubmission.objects.get(), by=moderator, reason="Which door is it?")

    for parts in ((), ("where",)):
        assert "Which door is it?" in client.get(address(submission, *parts)).content.decode()


def test_checking_costs_the_same_with_one_picture_and_with_four(client, citizen, category):
    client.force_login(citizen)
    submission = begin(client, category)

    def cost():
        client.get(address(submission, "check"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(submission, "check")).status_code == 200
        return len(queries)

    def add(number):
        return {
            f"picture-new-{number}-picture": picture_file(),
            f"picture-new-{number}-alt_text": f"Picture {number}",
        }

    keep(client, submission, "more", **add(0))
    one = cost()
    held = LearningPlace.objects.get().pictures.get()
    keep(
        client,
        submission,
        "more",
        **{f"picture-{held.pk}-alt_text": "Picture 0"},
        **add(1),
        **add(2),
        **add(3),
    )

    assert LearningPlace.objects.get().pictures.count() == 4
    assert cost() <= one + 3  # a stored rendition is one query each, and there are at most four pictures


def test_the_example_that_the_form_gives_is_understood(client, category):
    submission = begin(client, category)
    hint = str(client.get(address(submission, "hours")).context["form"]["opening_hours"].help_text)
    example = hint.split("“")[1].split("”")[0]

    body = client.get(f"{REGISTER}hours/", {"text": example}).content.decode()

    assert 'data-osm="' in body
    assert "Nothing is said about public holidays" not in body
