"""The receipt of a ballot: mailed once, shown for a while, to nobody else."""

import json
import re

import pytest
from django.core import mail
from django.utils import timezone

from budgeting.domain.box import seal
from budgeting.models import Ballot
from tests.budgeting.booth import Booth, box_of, without_tokens
from tests.budgeting.voting import end_voting, make_voting
from tests.factories import (
    VerifiedParticipantFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(db):
    return make_voting()


def test_the_receipt_is_mailed_once_and_kept_nowhere(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    tracker = re.search(r'id="receipt">([^<]+)<', booth.client.get(url).content.decode())[1]

    for _press in range(3):
        booth.client.post(url)

    assert [message.to for message in mail.outbox] == [[resident.email]]
    assert tracker in mail.outbox[0].body
    from participation.models import OutgoingMail

    assert not OutgoingMail.objects.exists()
    session = json.dumps(dict(booth.client.session.items()))
    assert tracker not in session
    assert Ballot.objects.get().tracker_digest not in session


def test_a_mail_that_cannot_be_sent_is_told(resident, area, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    booth = Booth(resident)
    url = booth.cast(area, 0).url

    html = booth.client.post(url, follow=True).content.decode()

    assert "The mail could not be sent." in html
    assert "Mail it to me" in html


def test_v14_a_receipt_is_a_404_to_everybody_else(resident, area):
    own, other = Booth(resident), Booth(VerifiedParticipantFactory().user)
    url = own.cast(area, 0).url

    missing = other.client.get(own.url(area, "receipt/").replace(f"/{area.pk}/", "/999999/"))
    refused = other.client.get(url)

    assert own.client.get(url).status_code == 200
    assert (missing.status_code, refused.status_code) == (404, 404)

    pages = [without_tokens(answer.content.decode()) for answer in (missing, refused)]
    assert pages[0].replace("999999", str(area.pk)) == pages[1]


def test_a_session_taken_over_by_somebody_else_shows_no_receipt(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    kept = booth.client.session["ballot_receipt"]
    thief = Booth(VerifiedParticipantFactory().user)
    session = thief.client.session
    session["ballot_receipt"] = kept
    session.save()

    assert thief.client.get(url).status_code == 404


def test_a_receipt_is_not_shown_after_a_while(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    session = booth.client.session
    session["ballot_receipt"] = {**session["ballot_receipt"], "at": timezone.now().timestamp() - 1801}
    session.save()

    assert booth.client.get(url).status_code == 404


def test_a_receipt_goes_with_the_seal(resident, area, officer, django_capture_on_commit_callbacks):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    with django_capture_on_commit_callbacks(execute=True):
        seal(end_voting(box_of(area)), by=officer)

    assert booth.client.get(url).status_code == 404
