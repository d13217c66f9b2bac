"""Changing the e-mail address (S9)."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache

pytestmark = pytest.mark.django_db

CONFIRM = "/account/confirm-email/"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def signed_in(client, citizen):
    EmailAddress.objects.create(user=citizen, email=citizen.email, verified=True, primary=True)
    client.force_login(citizen)
    return client


def change(client, email):
    return client.post("/account/email/", {"email": email, "action_add": "1"})


def code_in_mail(number=-1) -> str:
    body = mail.outbox[number].body
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body, re.MULTILINE).group(1)


def test_a_new_address_counts_once_its_code_came_back_and_the_old_one_is_told(signed_in, citizen):
    old = citizen.email
    change(signed_in, "new@example.org")
    before = get_user_model().objects.get(pk=citizen.pk).email
    signed_in.post(CONFIRM, {"code": code_in_mail()})

    citizen.refresh_from_db()
    assert before == old
    assert citizen.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]
    assert mail.outbox[-1].to == [old]
    assert "new@example.org" in mail.outbox[-1].body


def test_s9_an_address_that_is_taken_looks_the_same_and_cannot_be_had(signed_in, citizen, resident):
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    taken = change(signed_in, resident.email)
    code = code_in_mail()
    signed_in.post(CONFIRM, {"code": code})
    cache.clear()
    free = change(signed_in, "free@example.org")

    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert get_user_model().objects.get(pk=citizen.pk).email == citizen.email
    assert EmailAddress.objects.get(email=resident.email).user == resident


def test_s4_s9_after_five_wrong_codes_the_right_one_is_refused(signed_in, citizen):
    change(signed_in, "victim@example.org")
    session = dict(signed_in.session.items())
    for _guess in range(5):
        signed_in.post(CONFIRM, {"code": "XXXX-XXXX"})
        stored = signed_in.session
        stored.update(session)
        stored.save()
    signed_in.post(CONFIRM, {"code": code_in_mail()})

    assert not EmailAddress.objects.filter(email="victim@example.org").exists()


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get("/account/email/").url.startswith("/account/login/")
