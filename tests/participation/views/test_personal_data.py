"""Seeing, taking along and deleting one's own data."""

import io
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, citizen):
    client.force_login(citizen)
    return client


def test_the_page_says_what_is_held(signed_in):
    page = signed_in.get("/me/data/").content.decode()

    assert "Your account: the e-mail address" in page
    assert "Your ballots are not in the list" in page


def test_the_archive_is_sent_at_once_and_kept_by_no_cache(signed_in, citizen):
    answer = signed_in.post("/me/data/export/")

    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        assert citizen.email in files.read("accounts.user.json").decode()


def test_p13_without_a_session_there_is_no_archive(client):
    assert client.post("/me/data/export/").url == "/account/login/?next=/me/data/export/"


def test_v15_reading_an_address_sends_nothing_and_deletes_nothing(signed_in, citizen):
    assert signed_in.get("/me/data/export/").status_code == 405
    signed_in.get("/me/data/erase/?understood=on")

    assert get_user_model().objects.filter(pk=citizen.pk).exists()


def test_v15_a_foreign_page_can_neither_export_nor_erase(citizen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    answers = [
        client.post(path, {"understood": "on"}).status_code
        for path in ("/me/data/export/", "/me/data/erase/")
    ]

    assert answers == [403, 403]
    assert get_user_model().objects.filter(pk=citizen.pk).exists()


def test_leaving_is_explained_and_has_to_be_confirmed(signed_in, citizen):
    page = signed_in.get("/me/data/erase/").content.decode()
    answer = signed_in.post("/me/data/erase/", {})

    assert "Ballots you cast." in page
    assert answer.status_code == 200
    assert get_user_model().objects.filter(pk=citizen.pk).exists()


def test_who_confirms_is_gone_and_signed_out_everywhere(signed_in, citizen):
    elsewhere = Client()
    elsewhere.force_login(citizen)

    answer = signed_in.post("/me/data/erase/", {"understood": "on"})

    assert answer.url == "/"
    assert not get_user_model().objects.filter(pk=citizen.pk).exists()
    for client in (signed_in, elsewhere):
        assert client.get("/me/").url == "/account/login/?next=/me/"
    assert "Your account is deleted." in signed_in.get("/account/login/").content.decode()


def test_staff_are_told_why_not(client, officer):
    client.force_login(officer)

    answer = client.post("/me/data/erase/", {"understood": "on"})

    assert answer.status_code == 409
    assert get_user_model().objects.filter(pk=officer.pk).exists()
