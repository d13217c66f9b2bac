"""The map as somebody with bad intentions sees it; what one room alone is about is tested beside that room."""

import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from mapping.domain import place as places
from mapping.domain import stewardship
from mapping.domain import submission as submissions
from mapping.domain.report import answer_reports, report_error
from mapping.enums import PlaceStatus, SubmissionState
from mapping.models import LearningPlace, PlaceSubmission, Stewardship
from participation.domain.mail import send_outgoing_mail
from participation.domain.participant import TooManyTries
from participation.domain.personal_data import erase_person
from participation.foundation.errors import Conflict
from participation.models import OutgoingMail
from tests.factories import PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

UNSEEN = (PlaceStatus.DRAFT, PlaceStatus.PENDING, PlaceStatus.REFUSED, PlaceStatus.HIDDEN)
CHOOSER = "wagtailsnippetchoosers_mapping_learningplace"


@pytest.fixture(autouse=True)
def places_page(db, roles):
    return make_places_page()


def registration(by, **facts):
    facts = {
        "name": "Mending room",
        "category": PlaceCategoryFactory(),
        "summary": "We mend.",
        "street": "Quay 3",
        **facts,
    }
    return submissions.start_submission(facts=facts, by=by)


def let_in_by_mail(address: str) -> Client:
    """Return the browser of somebody who has pressed the button behind a mailed link."""
    client = Client()
    client.post("/places/manage/", {"email": address})
    send_outgoing_mail()
    line = next(line for line in mail.outbox[-1].body.splitlines() if "/places/manage/" in line)
    client.post("/places/manage/" + line.split("/places/manage/")[1])
    return client


@pytest.mark.parametrize("role", ["officer", "moderator", "editor"])
def test_p4_p6_nobody_finds_a_place_in_the_admins_chooser_that_is_not_on_the_map(client, request, role):
    shown = PlaceFactory(name="Shown place")
    unseen = [PlaceFactory(name=f"Unseen {status}", status=status) for status in UNSEEN]
    client.force_login(request.getfixturevalue(role))

    pages = [client.get(reverse(f"{CHOOSER}:{name}")) for name in ("choose", "choose_results")]
    numbers = "&".join(f"id={place.pk}" for place in (shown, *unseen))
    pages.append(client.get(f"{reverse(f'{CHOOSER}:chosen_multiple')}?{numbers}"))

    for page in pages:
        assert "Shown place" in page.content.decode()
        assert "Unseen" not in page.content.decode()
    assert client.get(reverse(f"{CHOOSER}:chosen", args=[shown.pk])).status_code == 200
    for place in unseen:
        assert client.get(reverse(f"{CHOOSER}:chosen", args=[place.pk])).status_code == 404
    assert client.get(reverse(f"{CHOOSER}:chosen", args=["x"])).status_code == 404
    assert client.get(f"{reverse(f'{CHOOSER}:chosen_multiple')}?id=x&id={'9' * 40}").status_code == 200


def test_p15_how_people_were_reached_before_is_not_for_everybody(client, administrator):
    place = PlaceFactory(name="Reading at home", phone="040 111 222", email="old@home.example")
    places.change_place(place, by=administrator, facts={"phone": "", "email": "new@home.example"})
    places.change_place(place, by=administrator, facts={"summary": "Tea and books."})

    body = client.get(f"/places/{place.pk}/history/").content.decode()

    assert "Tea and books." in body
    assert body.count("has changed; how people were reached before") == 2
    for secret in ("040 111 222", "old@home.example"):
        assert secret not in body


def test_p15_p22_a_steward_who_leaves_or_is_removed_can_do_nothing_any_more():
    place = PlaceFactory(name="Mending room")
    row = Stewardship.objects.create(place=place, email="group@example.org")
    other = PlaceFactory(name="Other room")
    browser = let_in_by_mail("group@example.org")
    addresses = [f"/places/{place.pk}/{name}/" for name in ("edit", "stop", "close", "look")]
    addresses.append(f"/places/reports/{place.pk}/")
    before = [browser.get(address).status_code for address in addresses]

    foreign = [
        browser.get(address.replace(str(place.pk), str(other.pk))).status_code for address in addresses
    ]
    row.delete()
    after = [browser.get(address).status_code for address in addresses]

    assert before == [200] * 5
    assert set(foreign) | set(after) <= {403, 404}
    assert "Mending room" not in browser.get("/places/mine/").content.decode()


def test_s11_what_a_mailed_link_opens_is_kept_by_no_cache():
    place = PlaceFactory(name="Mending room")
    Stewardship.objects.create(place=place, email="group@example.org")
    browser = let_in_by_mail("group@example.org")

    paths = ["/places/mine/", "/places/reports/", f"/places/{place.pk}/edit/", f"/places/{place.pk}/close/"]
    for path in (*paths, f"/places/reports/{place.pk}/", f"/places/{place.pk}/look/", f"/places/{place.pk}/"):
        response = browser.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store"), path


def test_one_registration_cannot_be_made_to_write_to_everybody(stranger):
    submission = registration(stranger)

    for number in range(submissions.LETTERS_PER_REGISTRATION):
        submissions.keep_by_mail(submission, by=stranger, email=f"victim{number}@example.org")
    with pytest.raises(TooManyTries):
        submissions.keep_by_mail(submission, by=stranger, email="one-more@example.org")
    with pytest.raises(TooManyTries):
        submissions.send_submission(submission, by=stranger, email="one-more@example.org")

    assert OutgoingMail.objects.count() == submissions.LETTERS_PER_REGISTRATION
    assert PlaceSubmission.objects.get().state == SubmissionState.DRAFT


def test_s2_a_flood_of_unknown_addresses_gets_no_more_letters_and_stewards_still_do(
    client, places_page, monkeypatch
):
    monkeypatch.setattr(stewardship, "TO_UNKNOWN_PER_DAY", 2)
    Stewardship.objects.create(place=PlaceFactory(), email="group@example.org")

    answers = [
        client.post("/places/manage/", {"email": f"victim{number}@example.org"}).content.split(b"<main")[1]
        for number in range(4)
    ]
    answers.append(client.post("/places/manage/", {"email": "group@example.org"}).content.split(b"<main")[1])

    assert len(set(answers)) == 1
    assert list(OutgoingMail.objects.order_by("pk").values_list("address", flat=True)) == [
        "victim0@example.org",
        "victim1@example.org",
        "group@example.org",
    ]


def test_who_leaves_takes_no_place_off_the_map(citizen, moderator):
    refused = submissions.send_submission(registration(citizen, name="Refused, then wanted"), by=citizen)
    refused = submissions.refuse_submission(refused, by=moderator, reason="No.")
    places.publish_place(refused.place, by=moderator)
    submissions.send_submission(registration(citizen, name="Waiting"), by=citizen)

    erase_person(citizen, by=citizen)

    assert list(LearningPlace.objects.values_list("name", flat=True)) == ["Refused, then wanted"]
    assert not PlaceSubmission.objects.exists()


def test_a_place_that_others_lead_to_is_not_deleted_with_its_registration(citizen, moderator):
    waiting = submissions.send_submission(registration(citizen), by=citizen)
    double = PlaceFactory(status=PlaceStatus.PENDING)
    places.merge_places(double, into=waiting.place, by=moderator)

    erase_person(citizen, by=citizen)

    double.refresh_from_db()
    assert double.successor_id == waiting.place_id


def test_what_is_on_the_map_is_not_merged_into_what_nobody_sees(citizen, moderator):
    waiting = submissions.send_submission(registration(citizen), by=citizen)
    published = PlaceFactory()

    with pytest.raises(Conflict):
        places.merge_places(published, into=waiting.place, by=moderator)

    published.refresh_from_db()
    assert published.is_public


def test_a_registration_that_was_merged_is_decided_without_taking_the_two_apart(citizen, moderator):
    waiting = submissions.send_submission(registration(citizen), by=citizen)
    kept = PlaceFactory()
    places.merge_places(waiting.place, into=kept, by=moderator)

    with pytest.raises(Conflict):
        submissions.accept_submission(waiting, by=moderator)
    refused = submissions.refuse_submission(waiting, by=moderator, reason="It is on the map already.")

    assert (refused.state, refused.place.status) == (SubmissionState.REFUSED, PlaceStatus.MERGED)
    assert LearningPlace.objects.get(pk=waiting.place_id).successor == kept


def test_p20_who_was_deactivated_changes_nothing_any_more(client, citizen):
    place = PlaceFactory()
    Stewardship.objects.create(place=place, participant=citizen.participant)
    client.force_login(citizen)
    addresses = [f"/places/{place.pk}/edit/", f"/places/{place.pk}/stop/", f"/places/{place.pk}/look/"]
    before = [client.get(address).status_code for address in addresses]

    citizen.is_active = False
    citizen.save()

    assert before == [200] * 3
    assert {client.get(address).status_code for address in addresses} <= {403, 404}
    patch = client.patch(
        f"/api/v1/places/{place.pk}/",
        {"name": "Taken"},
        content_type="application/json",
        headers={"if-match": '"1"'},
    )
    assert patch.status_code == 403


def test_p4_what_was_hidden_is_not_read_again_because_it_closes(client, moderator):
    place = places.hide_place(PlaceFactory(name="Anna's flat"), by=moderator, reason="Private.")

    with pytest.raises(Conflict):
        places.close_place(place, by=moderator)

    assert client.get(f"/places/{place.pk}/").status_code == 404


def test_words_left_behind_at_a_closed_place_can_be_hidden(client, moderator):
    place = places.close_place(PlaceFactory(name="Anna's flat"), by=moderator, reason="Call Anna, 0123.")
    assert "Call Anna" in client.get(f"/places/{place.pk}/").content.decode()

    places.hide_place(place, by=moderator, reason="Private.")

    assert client.get(f"/places/{place.pk}/").status_code == 404


ATTACK = "\"'></title></textarea></script><img src=x onerror=alert(1)>{{ 7|add:7 }}{% debug %}%s"


def test_x1_x5_x9_x21_what_people_write_is_text_on_every_page_and_in_the_admin(
    client, administrator, citizen, stranger, mailoutbox, places_page
):
    kind = PlaceCategoryFactory(name=ATTACK[:80], slug="kind", symbol="book")
    words = dict.fromkeys(
        ("name", "summary", "description", "what_to_learn", "hours_remark", "access_note"), ATTACK
    )
    point = ("53.550000", "9.990000")
    facts = {**words, "street": ATTACK, "category": kind, "point": point}
    sent = submissions.send_submission(registration(citizen, **facts), by=citizen, message=ATTACK)
    mine = registration(stranger, **facts)
    place = places.publish_place(places.draft_place(facts=facts), by=administrator)
    place = places.change_place(place, by=administrator, facts={"summary": f"New {ATTACK}"})
    report = report_error(place, by=stranger, kind="other", text=ATTACK, email="reporter@example.org")
    Stewardship.objects.create(place=place, email="group@example.org")
    edit = "wagtailsnippets_mapping_learningplace"
    revisions = list(place.revisions.order_by("pk").values_list("pk", flat=True))
    public = [
        "/places/",
        "/places/?q=img",
        f"/places/?q={quote(ATTACK)}",
        "/places/embed/",
        f"/places/{place.pk}/",
        f"/places/{place.pk}/history/",
        f"/places/{place.pk}/report/",
        f"/places/register/{mine.key}/",
        f"/places/register/{mine.key}/check/",
        f"/places/register/{mine.key}/what/",
        f"/places/register/{mine.key}/similar/",
        f"/places/register/hours/?text={quote(ATTACK)}",
    ]
    inside = [
        f"/places/{place.pk}/edit/",
        f"/places/{place.pk}/close/?q=img",
        f"/places/{place.pk}/look/",
        "/admin/places/reports/",
        f"/admin/places/reports/{place.pk}/",
        "/admin/places/doubles/",
        f"/admin/places/merge/{place.pk}/{sent.place_id}/",
        f"/admin/places/registrations/{sent.pk}/",
        "/admin/reports/site-history/",
        "/admin/reports/unchecked-places/",
        reverse(f"{edit}:list"),
        reverse(f"{edit}:edit", args=[place.pk]),
        reverse(f"{edit}:history", args=[place.pk]),
        reverse(f"{edit}:revisions_compare", args=[place.pk, revisions[0], revisions[-1]]),
        reverse(f"{CHOOSER}:choose"),
    ]
    staff = Client()
    staff.force_login(administrator)

    read = {path: client.get(path) for path in public} | {path: staff.get(path) for path in inside}

    assert {path: page.status_code for path, page in read.items() if page.status_code != 200} == {}
    bodies = {path: page.content.decode() for path, page in read.items()}
    assert [path for path, body in bodies.items() if re.search(r"<[^<>\"']*\bonerror=alert", body)] == []
    assert [path for path, body in bodies.items() if "<img src=x" in body] == []
    assert sum("{{ 7|add:7 }}" in body for body in bodies.values()) > 10, "there must be something to run"

    submissions.refuse_submission(sent, by=administrator, reason=ATTACK)
    answer_reports(place, pks=[report.pk], by=administrator, state="kept", answer=ATTACK)
    client.post("/places/manage/", {"email": "group@example.org"})
    send_outgoing_mail()
    assert {address for message in mailoutbox for address in message.to} >= {
        "reporter@example.org",
        "group@example.org",
    }
    for message in mailoutbox:
        assert "\n" not in message.subject
        assert all("<img src=x" not in body for body, kind in message.alternatives if kind == "text/html")
        assert "{{ 7|add:7 }}" in message.body
