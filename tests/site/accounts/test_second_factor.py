"""The second factor of staff, at every door."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def secret(officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    RecoveryCodes.activate(officer)
    return secret


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def enter_by_code(client, user):
    client.post("/account/login/", {"email": user.email})
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()
    return client.post("/account/login/code/confirm/", {"code": code})


def test_s5_staff_without_a_second_factor_are_led_to_its_set_up(client, officer):
    enter_by_code(client, officer)

    for path in (
        "/admin/",
        "/admin/pages/",
        "/admin/desk/",
        "/admin/register/",
        "/admin/reports/site-history/",
    ):
        assert client.get(path).url == "/account/2fa/totp/activate/"


def test_staff_with_a_second_factor_are_asked_for_it_and_pass(client, officer, secret):
    asked = enter_by_code(client, officer)
    before = "_auth_user_id" in client.session
    client.post(asked.url, {"code": code_of(secret)})

    assert asked.url == "/account/2fa/authenticate/"
    assert not before
    assert client.get("/admin/").status_code == 200


def test_s5_a_password_alone_does_not_let_staff_in(client, officer, secret):
    from allauth.account.models import EmailAddress

    officer.set_password("correct horse battery")
    officer.save()
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)

    answer = client.post(
        "/account/login/password/", {"login": officer.email, "password": "correct horse battery"}
    )

    assert answer.url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_s5_a_password_reset_does_not_let_staff_in(client, officer, secret):
    client.post("/account/password/reset/", {"email": officer.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    page = client.get(link)
    client.post(page.url, {"password1": "correct horse battery", "password2": "correct horse battery"})

    assert client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_s5_wagtails_own_doors_are_shut(client, officer, secret):
    for path in ("/admin/login/", "/admin/password_reset/"):
        assert client.get(path).status_code in (302, 404)


def test_s5_a_session_that_came_by_another_door_is_asked_for_it(client, officer, secret):
    client.force_login(officer)
    asked = client.get("/admin/desk/")
    client.post(asked.url, {"code": code_of(secret)})

    assert asked.url == "/account/2fa/reauthenticate/?next=%2Fadmin%2Fdesk%2F"
    assert client.get("/admin/desk/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, officer):
    RecoveryCodes.activate(officer)
    client.force_login(officer)

    assert client.get("/admin/").url == "/account/2fa/totp/activate/"


def test_a_recovery_code_gets_in_once(client, officer, secret):
    recovery = RecoveryCodes(officer.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    asked = enter_by_code(client, officer)
    client.post(asked.url, {"code": recovery})
    first = client.get("/admin/").status_code
    client.logout()
    asked = enter_by_code(client, officer)
    client.post(asked.url, {"code": recovery})

    assert first == 200
    assert "_auth_user_id" not in client.session


def test_s4_after_ten_wrong_codes_the_right_one_is_refused(client, officer, secret):
    asked = enter_by_code(client, officer)
    for _guess in range(10):
        cache.clear()  # the limit that must hold does not live there
        client.post(asked.url, {"code": "000000"})
    cache.clear()
    client.post(asked.url, {"code": code_of(secret)})

    assert "_auth_user_id" not in client.session


def test_citizens_need_no_second_factor(client, citizen):
    enter_by_code(client, citizen)

    assert client.get("/me/").status_code == 200


def test_p20_deactivated_staff_are_out_at_the_next_request(client, officer, secret):
    asked = enter_by_code(client, officer)
    client.post(asked.url, {"code": code_of(secret)})
    before = client.get("/admin/").status_code
    officer.is_active = False
    officer.save()

    assert before == 200
    assert client.get("/admin/").status_code == 302


def test_the_set_up_page_takes_a_right_code(client, officer):
    officer.set_unusable_password()
    officer.save()
    enter_by_code(client, officer)
    page = client.get("/account/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page.content.decode()).group(1)
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    asked = client.get("/admin/")
    client.post(asked.url, {"code": code_of(secret)})

    assert client.get("/admin/").status_code == 200
    assert get_adapter().decrypt(officer.authenticator_set.get(type="totp").data["secret"]) == secret
