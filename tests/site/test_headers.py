"""The headers of every answer (S17), and shared caches (S11)."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


def directives(answer) -> dict[str, str]:
    policy = answer.headers["Content-Security-Policy"]
    return {part.split(" ")[0]: part.partition(" ")[2] for part in policy.split("; ")}


@pytest.fixture
def media(settings):
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    name = default_storage.save("headers/picture.png", ContentFile(picture.getvalue()))
    yield f"/media/{name}"
    default_storage.delete(name)


def test_s17_normal_and_error_pages_and_media_have_the_strict_policy(client, media):
    addresses = {"/account/login/": 200, "/nothing-here/": 404, media: 200, "/me/": 302, "/api/v1/": None}
    for address, status in addresses.items():
        answer = client.get(address)

        assert status is None or answer.status_code == status, address
        found = directives(answer)
        assert found["default-src"] == "'none'", address
        assert found["script-src"] == "'self'", address
        assert found["style-src"] == "'self'", address
        assert found["frame-ancestors"] == "'none'", address
        assert found["object-src"] == "'none'", address
        assert "unsafe" not in answer.headers["Content-Security-Policy"], address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["Referrer-Policy"] == "same-origin", address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        answer.getvalue()  # a file that is read to its end is closed


def test_s17_a_broken_view_has_the_policy_too(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("learning_city.accounts.views.EmailForm", broken)

    answer = Client(raise_request_exception=False).get("/account/login/")

    assert answer.status_code == 500
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert b"secret detail" not in answer.content


def test_s17_a_forged_request_is_refused_with_the_policy():
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"email": "a@example.org"})

    assert answer.status_code == 403
    assert directives(answer)["script-src"] == "'self'"


def test_s17_the_admin_runs_no_inline_script(client, administrator):
    client.force_login(administrator)
    for address in ("/admin/", "/admin/register/", "/admin/users/", "/admin/reports/site-history/"):
        answer = client.get(address)

        assert directives(answer)["script-src"] == "'self'", address
        assert "unsafe" not in directives(answer)["style-src"], address
        assert "<script>" not in answer.content.decode(), address


def test_a_preview_may_be_framed_by_this_site_alone(client, administrator):
    from wagtail.models import Page

    client.force_login(administrator)
    page = Page.objects.filter(depth=2).first()
    answer = client.get(f"/admin/pages/{page.pk}/edit/preview/")

    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert directives(answer)["frame-ancestors"] == "'self'"


def test_s11_what_is_made_for_a_person_is_kept_by_no_shared_cache(client, citizen):
    client.force_login(citizen)

    assert client.get("/me/").headers["Cache-Control"] == "private, no-store"
    assert "no-store" in Client().get("/account/login/").headers["Cache-Control"]


def test_s17_cookies_are_not_for_scripts_and_stay_on_this_site(client, citizen):
    client.post("/account/login/", {"email": citizen.email})

    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
