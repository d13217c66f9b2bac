"""While somebody else holds the database for too long, nobody loses what they typed (F8)."""

import html
import re
import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ConnectionHandler, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from learning_city import urls as site_urls
from learning_city.faults import is_busy

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

TYPED = {"title": 'A "café"\n& more', "area": ["1", "2"], "key": "0b5c"}
held = {}


def save(request):
    """A view that writes into a database which a backup has locked."""
    if "broken" in request.GET:
        raise OperationalError("no such table: cafes")
    connection = ConnectionHandler({"default": held["settings"]})["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
    finally:
        connection.close()
    return HttpResponse("saved")


handler500 = site_urls.handler500
urlpatterns = [
    path("save/", save),
    path("api/v1/save/", save),
    *site_urls.urlpatterns,
]


@pytest.fixture
def locked(tmp_path):
    """A database file that another process writes into for as long as the test takes."""
    name = tmp_path / "city.sqlite3"
    held["settings"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"timeout": 0.05}}
    backup = sqlite3.connect(name, isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    yield backup
    backup.close()


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def kept(answer):
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    return [(name, html.unescape(value)) for name, value in pairs if name != "csrfmiddlewaretoken"]


def test_what_was_typed_comes_back_in_a_form_that_sends_it_again(locked, visitor):
    answer = visitor.post("/save/?from=list", TYPED)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "private, no-store"
    assert kept(answer) == [("title", 'A "café"\n& more'), ("area", "1"), ("area", "2"), ("key", "0b5c")]
    assert '<form method="post" action="/save/?from=list">' in answer.content.decode()

    locked.rollback()
    again = visitor.post("/save/?from=list", dict(kept(answer)))

    assert (again.status_code, again.content) == (200, b"saved")


def test_the_form_carries_a_token_that_the_site_takes(locked):
    person = Client(raise_request_exception=False, enforce_csrf_checks=True)
    person.get("/account/login/")
    token = person.cookies["csrftoken"].value
    answer = person.post("/save/", {**TYPED, "csrfmiddlewaretoken": token})
    assert answer.status_code == 503
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]
    locked.rollback()

    assert person.post("/save/", TYPED).status_code == 403
    assert person.post("/save/", {**TYPED, "csrfmiddlewaretoken": fresh}).status_code == 200


def test_a_page_that_was_only_read_offers_to_try_again(locked, visitor):
    answer = visitor.get("/save/")

    assert answer.status_code == 503
    assert '<a class="button" href="/save/">Try again</a>' in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_passwords_are_not_written_into_a_page(locked, visitor):
    answer = visitor.post("/save/", {"login": "ada@example.org", "password": "Canary"})

    assert answer.status_code == 503
    assert "Canary" not in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert "go back and send it again" in answer.content.decode()


def test_it_says_that_files_are_not_kept(locked, visitor):
    answer = visitor.post("/save/", {"title": "A", "picture": SimpleUploadedFile("a.png", b"x")})

    assert kept(answer) == [("title", "A")]
    assert "Files cannot be kept" in answer.content.decode()


def test_x1_what_was_typed_stays_text(locked, visitor):
    answer = visitor.post("/save/", {'"><svg onload=alert(1)>': '"><svg onload=alert(2)>'})

    assert answer.status_code == 503
    assert b"<svg" not in answer.content


def test_programs_get_the_envelope(locked, visitor):
    answer = visitor.post("/api/v1/save/", TYPED)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer.json()["error"]["code"] == "busy"


def test_any_other_fault_of_the_database_is_still_a_fault(visitor):
    answer = visitor.post("/save/?broken=1", TYPED)

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert not is_busy(None)
    assert not is_busy(ValueError("database is locked"))
