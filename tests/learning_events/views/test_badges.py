"""The pages of badges: picking one up, showing, checking and giving it, and what machines read."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learning_events.domain.credential import (
    accept_award,
    door_token,
    guardian_token,
    offer_to_person,
    revoke_award,
)
from learning_events.enums import AwardState, Earned
from learning_events.models import Award
from tests.learning_events.badges import make_award, make_badge, offered_award, running_session
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db

VERIFY = "/badges/verify/"


def door(session=None) -> str:
    session = session or running_session()
    return reverse("learning_events:door", args=[door_token(session, make_badge(session.event))])


def own(award) -> str:
    return reverse("learning_events:own_badge", args=[award.holder_key])


def public(award, name="badge") -> str:
    return reverse(f"learning_events:{name}", args=[award.key])


def test_door_shows_the_badge_and_keeps_nothing(client):
    page = client.get(door())

    assert page.status_code == 200
    assert "Bread baker" in page.text
    assert "no-store" in page["Cache-Control"]
    assert not Award.objects.exists()


def test_yes_at_the_door_leads_to_ones_own_page_with_the_badge(client):
    answer = client.post(door(), {"do": "accept", "name": "Ana", "age": "adult"})

    award = Award.objects.get()
    assert answer.headers["Location"] == own(award)
    page = client.get(own(award))
    assert "The badge is yours" in page.text
    assert public(award) in page.text


def test_door_asks_again_in_words_when_something_is_missing(client):
    page = client.post(door(), {"do": "accept", "name": "Ana", "age": "minor"})

    assert page.status_code == 400
    assert "parent or guardian" in page.context["form"].errors["guardian_email"][0]
    assert client.post(door_url := page.request["PATH_INFO"], {"do": "accept"}).status_code == 400
    assert client.post(door_url, {}).status_code == 200
    assert not Award.objects.exists()


def test_door_is_closed_before_and_after(client, clock):
    session = running_session()
    address = door(session)
    clock.move_to(session.starts_at - dt.timedelta(minutes=1))
    early = client.get(address)
    clock.move_to(session.ends_at + dt.timedelta(minutes=31))
    late = client.post(address, {"do": "accept", "age": "adult"})

    assert (early.status_code, late.status_code) == (409, 409)
    assert "half an hour after" in late.text
    assert not Award.objects.exists()


def test_public_page_shows_the_badge_to_whoever_has_its_address(client):
    award = make_award()

    page = client.get(public(award))

    assert page.status_code == 200
    for words in ("Bread baker", "Ana Azevedo", "Baked one loaf", "Valid"):
        assert words in page.text
    assert page["X-Robots-Tag"] == "noindex, noarchive"
    assert award.holder_key not in page.text


def test_badge_that_is_not_accepted_has_no_public_page(client):
    waiting = accept_award(
        offered_award(), by=None, name="Kim", is_minor=True, guardian_email="p@example.org"
    )

    for name in ("badge", "badge_token", "badge_json", "badge_picture", "badge_sheet"):
        assert client.get(public(waiting, name)).status_code == 404


@pytest.mark.parametrize("key", ["1", "x", "None", "%00", "..%2F", "a" * 41, "é"])
def test_guessed_keys_open_nothing(client, key):
    make_award()

    for start in ("badges", "badges/mine"):
        assert client.get(f"/{start}/{key}/").status_code == 404


def test_names_with_markup_stay_words_everywhere(client):
    evil = "<script>alert(1)</script>"
    award = make_award(make_badge(name=evil, description=evil, criteria=evil), name=evil)

    for address in (public(award), own(award)):
        assert evil not in client.get(address).text
    assert evil not in client.get(public(award, "badge_picture")).text
    check = client.post(VERIFY, {"text": award.credential})
    assert check.context["verdict"].outcome == "valid"
    assert evil not in check.text


def test_files_of_a_badge_are_genuine(client):
    award = make_award()

    token = client.get(public(award, "badge_token"))
    assert token["Content-Type"] == "application/vc+jwt"
    assert token.text == award.credential
    assert (
        client.get(public(award, "badge_json")).json()["id"] == f"data:application/vc+jwt,{award.credential}"
    )
    for name in ("badge_token", "badge_json", "badge_picture"):
        file = SimpleUploadedFile("badge", client.get(public(award, name)).content)
        assert client.post(VERIFY, {"file": file}).context["verdict"].outcome == "valid"


def test_printed_sheet_is_a_tagged_pdf_with_the_name(client):
    import io

    from pypdf import PdfReader

    award = make_award(make_badge(name='Mäh #let "x" $y$'), name="*Ana* #pagebreak()")

    answer = client.get(public(award, "badge_sheet"))

    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf"
    assert "*Ana* #pagebreak()" in text
    assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content


def test_revoked_badge_says_so_and_is_not_printed(client):
    award = revoke_award(make_award(), reason="Given by mistake.", by=an_editor())

    assert "Given by mistake." in client.get(public(award)).text
    assert client.get(public(award, "badge_sheet")).status_code == 409
    check = client.post(VERIFY, {"text": award.credential})
    assert check.context["verdict"].outcome == "revoked"
    assert "Given by mistake." in check.text


def test_check_tells_what_is_wrong(client):
    award = make_award()
    head, body, signature = award.credential.split(".")
    altered = f"{head}.{body[:-4]}AAAA.{signature}"

    assert client.post(VERIFY, {"text": "hello"}).context["verdict"].outcome == "unreadable"
    assert client.post(VERIFY, {"text": altered}).context["verdict"].outcome in ("altered", "unreadable")
    assert client.post(VERIFY, {}).status_code == 400
    huge = SimpleUploadedFile("badge.jwt", b"x" * (1024 * 1024 + 1))
    assert client.post(VERIFY, {"file": huge}).status_code == 400


def test_check_answers_without_any_query_growing(client, django_assert_max_num_queries):
    award = make_award()
    client.get(VERIFY)

    with django_assert_max_num_queries(12):
        client.post(VERIFY, {"text": award.credential})


def test_foreign_award_is_not_there(client, resident, citizen):
    award = offer_to_person(make_badge(), resident.participant, earned=Earned.GIVEN)

    assert client.get(own(award)).headers["Location"].startswith("/account/login/")
    client.force_login(citizen)
    for answer in (client.get(own(award)), client.post(own(award), {"do": "accept", "age": "adult"})):
        assert answer.status_code == 404
    award.refresh_from_db()
    assert award.state == AwardState.OFFERED


def test_holder_declines_and_erases(client):
    declined, erased = offered_award(), make_award(make_badge(name="Other"), email="b@example.org")

    client.post(own(declined), {"do": "decline"})
    client.post(own(erased), {"do": "erase"})

    declined.refresh_from_db()
    assert declined.state == AwardState.DECLINED
    assert "No badge was issued" in client.get(own(declined)).text
    assert client.get(public(erased)).status_code == 404


def test_guardian_reads_first_and_then_agrees(client):
    award = accept_award(offered_award(), by=None, name="Kim", is_minor=True, guardian_email="p@example.org")
    address = reverse("learning_events:guardian", args=[guardian_token(award)])

    assert "Kim" in client.get(address).text
    assert not Award.objects.exclude(credential="").exists()
    assert "The badge is issued" in client.post(address, {"do": "agree"}).text
    assert client.get(address).status_code == 404
    assert "The badge is yours" in client.get(own(award)).text


def test_organiser_sees_codes_and_offers_a_badge(client):
    event = make_event(make_festival())
    make_session(event)
    badge = make_badge(event)
    client.force_login(an_editor())
    address = reverse("learning_events:give_badges", args=[event.pk])

    assert "Bread baker" in client.get(address).text
    client.post(address, {"achievement": badge.pk, "email": "a@example.org"})
    code = client.get(
        reverse("learning_events:door_code", args=[event.pk, event.sessions.get().pk, badge.pk])
    )

    assert Award.objects.get().email == "a@example.org"
    assert "/badges/door/" in code.context["address"]
    assert "data:image/svg+xml" in code.text


def test_others_do_not_see_who_gives_badges(client, resident):
    event = make_event(make_festival())
    address = reverse("learning_events:give_badges", args=[event.pk])

    assert client.get(address).status_code == 302
    client.force_login(resident)
    assert client.get(address).status_code == 404


def test_badges_of_an_event_cost_the_same_with_one_and_with_thirty(client, django_assert_num_queries):
    event = make_event(make_festival())
    badge = make_badge(event)
    editor = an_editor()
    client.force_login(editor)
    address = reverse("learning_events:give_badges", args=[event.pk])

    def grow(number):
        for each in range(number):
            Award.objects.create(
                achievement=badge, event=event, email=f"{number}-{each}@example.org", offered_at=NOW
            )

    grow(1)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    grow(30)
    with django_assert_num_queries(len(few)):
        client.get(address)


NOW = dt.datetime(2026, 9, 12, 12, tzinfo=dt.UTC)


def test_machines_find_keys_profile_badge_and_list(client):
    award = make_award()

    did = client.get("/learning/did.json").json()
    profile = client.get("/learning/issuer.json").json()
    badge = client.get(reverse("learning:badge", args=[award.achievement.key])).json()
    listed = client.get(reverse("learning:status", args=[award.status_list_id]))

    assert did["id"] == profile["id"]
    assert "publicKeyJwk" in json.dumps(did)
    assert "d" not in did["verificationMethod"][0]["publicKeyJwk"]
    assert badge["name"] == "Bread baker"
    assert listed["Content-Type"] == "application/vc+jwt"
    assert "max-age=300" in listed["Cache-Control"]
    assert listed["Access-Control-Allow-Origin"] == "*"


def test_list_of_revoked_is_sent_anew_only_when_it_changed(client):
    award = make_award()
    address = reverse("learning:status", args=[award.status_list_id])
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    revoke_award(award, reason="Mistake", by=an_editor())
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_list_tells_nothing_of_how_many_badges_there_are(client):
    award = make_award()
    address = reverse("learning:status", args=[award.status_list_id])
    before = client.get(address).text
    make_award(make_badge(name="Other"), email="b@example.org")

    # The same hour and no revocation: the same text, whatever was issued in between.
    assert client.get(address).text == before


def test_credential_is_verified_by_others_with_what_the_site_publishes(client):
    """An independent reader: the library's own verifier, fed by our public addresses alone."""
    from urllib.parse import urlsplit

    from openbadgeslib import ob3

    award = make_award()

    def download(url):
        path = urlsplit(url).path
        return client.get(path).content

    did = client.get("/learning/did.json").json()["id"]
    verifier = ob3.OB3Verifier.for_issuer_did(did, download=download)

    assert (
        verifier.verify(award.credential, check_status=True, download=download).achievement.name
        == "Bread baker"
    )
    revoke_award(award, reason="Mistake", by=an_editor())
    with pytest.raises(ob3.OB3VerificationError):
        verifier.verify(award.credential, check_status=True, download=download)


def test_event_tells_of_its_badge_and_organisers_where_the_codes_are(client):
    event = make_event(make_festival())
    other = make_event(event.get_parent().specific, title="Without")
    make_badge(event)
    make_badge(event, name="Resting", is_active=False)
    codes = reverse("learning_events:give_badges", args=[event.pk])

    page = client.get(event.url).text
    assert "Badge to earn" in page
    assert "Bread baker" in page
    assert "Resting" not in page
    assert codes not in page
    assert "Badge to earn" not in client.get(other.url).text
    client.force_login(an_editor())
    assert codes in client.get(event.url).text
