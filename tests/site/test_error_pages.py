"""Error pages keep the look, say what to do, and the last of them need nothing that may be broken."""

import pytest
from django.template import loader
from django.test import RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error


def get(path="/any/"):
    request = RequestFactory().get(path)
    return request


def test_server_error_needs_no_database_and_no_context():
    response = server_error(get())

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_bad_request_needs_no_database():
    response = bad_request(get(), ValueError("odd"))

    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()


def test_expired_form_says_what_to_do():
    response = csrf_failure(get(), reason="CSRF token missing.")

    assert response.status_code == 403
    assert "Please send it once more" in response.content.decode()


@pytest.mark.django_db
def test_missing_page_names_a_way_on(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "Go to the home page" in response.content.decode()


@pytest.mark.django_db
def test_x3_missing_page_repeats_its_address_only_escaped(client):
    response = client.get('/no-such-page/"><svg onload=alert(1)>/?next="><svg onload=alert(1)>')

    assert response.status_code == 404
    assert b"<svg onload" not in response.content


@pytest.mark.django_db
def test_refusal_offers_sign_in_to_strangers_and_help_to_others(stranger, resident):
    for user, words in [(stranger, "Sign in"), (resident, "ask the city&#x27;s team")]:
        request = get()
        request.user = user

        response = permission_denied(request, PermissionError())

        assert response.status_code == 403
        assert words in response.content.decode() or words.replace("&#x27;", "'") in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_plain_pages_have_no_inline_script_or_style(name):
    html = loader.get_template(name).render()

    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html
