"""The residents' register and the desk in the Wagtail admin."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from participation.foundation.person_key import person_key
from participation.models import Participant, RegisterEntry
from tests.factories import NeighbourhoodFactory, RegisterEntryFactory

pytestmark = pytest.mark.django_db

REGISTER, DESK = "/admin/register/", "/admin/desk/"
GOOD = b"register_number,date_of_birth,neighbourhood\nA1,1984-07-31,old-harbour\n"
BAD = b"register_number,date_of_birth,neighbourhood\nA1,1984-07-31,<img src=x>\n"


@pytest.fixture
def desk(client, officer):
    NeighbourhoodFactory(name="Old Harbour", slug="old-harbour")
    client.force_login(officer)
    return client


def file(content=GOOD, name="register.csv"):
    return SimpleUploadedFile(name, content, "text/csv")


def test_checking_a_file_reports_and_imports_nothing(desk):
    page = desk.post(REGISTER, {"file": file()}).content.decode()

    assert "New residents" in page
    assert "Import this file" in page
    assert not RegisterEntry.objects.exists()


def test_the_same_file_once_more_is_imported(desk):
    page = desk.post(REGISTER, {"file": file()})
    sha256 = page.context["report"].sha256

    answer = desk.post(REGISTER, {"file": file(), "sha256": sha256})

    assert answer.url == REGISTER
    assert RegisterEntry.objects.get().person_key == person_key("A1", dt.date(1984, 7, 31))


def test_another_file_is_not_imported(desk):
    sha256 = desk.post(REGISTER, {"file": file()}).context["report"].sha256

    answer = desk.post(REGISTER, {"file": file(GOOD + b"A2,1984-07-31,old-harbour\n"), "sha256": sha256})

    assert "This is not the file of the report" in answer.content.decode()
    assert not RegisterEntry.objects.exists()


def test_x2_a_file_with_mistakes_cannot_be_imported_and_its_text_is_only_text(desk):
    page = desk.post(REGISTER, {"file": file(BAD, "<svg onload=alert(1)>.csv")}).content.decode()

    assert "1 line cannot be used" in page
    assert "Import this file" not in page
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page
    assert "<svg onload" not in page


def test_what_is_no_csv_is_told(desk):
    page = desk.post(REGISTER, {"file": file(b"\x89PNG\r\n\x1a\n")}).content.decode()

    assert "UTF-8" in page


@pytest.mark.parametrize("role", ["citizen", "resident", "chair", "moderator", "editor"])
@pytest.mark.parametrize("path", [REGISTER, DESK])
def test_others_of_the_staff_and_citizens_get_neither_page(client, role, path, request):
    client.force_login(request.getfixturevalue(role))

    assert client.get(path).status_code == 302
    assert client.post(path, {"file": file()}).status_code == 302


def test_the_menu_shows_the_pages_only_to_who_may_use_them(client, officer, editor):
    client.force_login(officer)
    assert REGISTER in client.get("/admin/").content.decode()
    client.force_login(editor)
    assert REGISTER not in client.get("/admin/").content.decode()


def test_the_desk_verifies_by_exact_address(desk, citizen):
    RegisterEntryFactory(person_key=person_key("A1", dt.date(1984, 7, 31)))
    entered = {"register_number": "A1", "born_on": "1984-07-31", "has_seen_card": "on"}

    nobody = desk.post(DESK, {**entered, "email": citizen.email[1:]})
    answer = desk.post(DESK, {**entered, "email": citizen.email.upper()})

    assert "no account with this e-mail address" in nobody.content.decode()
    assert answer.url == DESK
    assert Participant.objects.get(user=citizen).verified_by == "desk"


def test_without_having_seen_a_card_nobody_is_verified(desk, citizen):
    RegisterEntryFactory(person_key=person_key("A1", dt.date(1984, 7, 31)))

    desk.post(DESK, {"email": citizen.email, "register_number": "A1", "born_on": "1984-07-31"})

    assert not Participant.objects.get(user=citizen).is_verified


def test_pages_render_without_a_register(desk):
    assert desk.get(REGISTER).status_code == 200
    assert desk.get(DESK).status_code == 200
