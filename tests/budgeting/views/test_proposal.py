"""The page of one proposal, and supporting it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from budgeting.enums import ProposalStatus
from budgeting.models import Support
from tests.budgeting.proposing import crowded
from tests.factories import AreaFactory, ParticipantFactory, ProposalFactory, make_budget
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

LIST = "/budget/proposals/"
NEW = "/budget/proposals/new/"
SECRET = [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def area():
    return AreaFactory(name="Old Harbour")


def test_a_proposal_shows_everything(area, client):
    proposal = ProposalFactory(
        area=area, title="Repair <café>", address="3 Quay Street", latitude="53.5", longitude="9.9"
    )
    crowded(proposal, 1)

    body = client.get(f"{LIST}{proposal.pk}/").content.decode()

    for words in (
        "Repair &lt;café&gt;",
        proposal.summary,
        proposal.description,
        proposal.learning_goal,
        "3 Quay Street",
        "€10,000",
        "Old Harbour",
        "1 person supports this proposal",
        "Comment 1",
        'data-latitude="53.500000"',
    ):
        assert words in body
    assert "Repair <café>" not in body


@pytest.mark.parametrize("status", SECRET)
def test_p1_what_is_not_public_is_not_there_for_others(status, area, client, citizen, resident):
    proposal = ProposalFactory(area=area, status=status)

    for visitor in (None, citizen, resident):
        if visitor:
            client.force_login(visitor)
        for part in ("", "edit/", "withdraw/", "support/"):
            response = client.get(f"{LIST}{proposal.pk}/{part}")
            if visitor is None and part:
                assert response.status_code == 302
            else:
                assert response.status_code == 404


@pytest.mark.parametrize("status", SECRET)
def test_its_author_sees_what_is_not_public(status, area, client, citizen):
    proposal = ProposalFactory(area=area, status=status, author=citizen.participant)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("status", "answer"),
    [(ProposalStatus.DRAFT, 404), (ProposalStatus.WITHDRAWN, 404), (ProposalStatus.HIDDEN, 200)],
)
@pytest.mark.parametrize("name", ["officer", "moderator", "administrator"])
def test_the_city_sees_what_it_hid_but_nobodys_drafts(name, status, answer, area, client, request):
    proposal = ProposalFactory(area=area, status=status)
    client.force_login(request.getfixturevalue(name))

    assert client.get(f"{LIST}{proposal.pk}/").status_code == answer


def test_a_moderator_hides_a_proposal_with_a_reason_and_shows_it_again(area, client, moderator):
    proposal = ProposalFactory(area=area)
    address = f"{LIST}{proposal.pk}/hide/"
    client.force_login(moderator)
    assert address in client.get(f"{LIST}{proposal.pk}/").content.decode()

    assert client.post(address, {"reason": " "}).status_code == 400
    client.post(address, {"reason": "It insults a neighbour."})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.HIDDEN
    client.post(address)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED


def test_nobody_else_hides_a_proposal(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/hide/").status_code == 404
    assert client.post(f"{LIST}{proposal.pk}/hide/", {"reason": "No"}).status_code == 404
    assert "/hide/" not in client.get(f"{LIST}{proposal.pk}/").content.decode()


def test_a_proposal_of_another_budget_is_not_found_here(area, client):
    proposal = ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")))

    assert client.get(f"{LIST}{proposal.pk}/").status_code == 404
    assert client.get(f"/other/proposals/{proposal.pk}/").status_code == 200


def test_a_page_with_100_comments_costs_the_same_queries_as_with_one(area, client):
    def cost(proposal):
        client.get(f"{LIST}{proposal.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}{proposal.pk}/").status_code == 200
        return len(queries)

    quiet, busy = ProposalFactory(area=area), ProposalFactory(area=area)
    crowded(quiet, 0)
    for number in range(100):
        crowded(busy, number)

    assert cost(quiet) == cost(busy)
    assert cost(busy) <= 21


def test_p17_who_supports_is_told_to_nobody(area, client):
    proposal = ProposalFactory(area=area)
    Support.objects.create(proposal=proposal, participant=ParticipantFactory(display_name="Canary Supporter"))

    assert "Canary Supporter" not in client.get(f"{LIST}{proposal.pk}/").content.decode()


def test_x1_x21_titles_and_texts_are_shown_as_written(area, client):
    for payload in PAYLOADS:
        proposal = ProposalFactory(area=area, title=payload[:120], summary=payload, description=payload)
        body = client.get(f"{LIST}{proposal.pk}/").content.decode()
        listed = client.get(LIST, {"q": payload[:40]}).content.decode()
        assert escape(payload[:120]) in body
        if "<" in payload:
            assert payload not in body
            assert payload not in listed
        proposal.delete()


def test_supporting_from_the_page(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    response = client.post(f"{LIST}{proposal.pk}/support/")

    assert response.headers["Location"] == f"{LIST}{proposal.pk}/#support"
    assert "Take back my support" in client.get(f"{LIST}{proposal.pk}/").content.decode()
    client.post(f"{LIST}{proposal.pk}/support/", {"take_back": "1"})
    assert not Support.objects.exists()


def test_looking_at_the_support_address_changes_nothing(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/support/").status_code == 302
    assert not Support.objects.exists()


def test_supporting_without_a_token_is_refused(area, citizen):
    from django.test import Client

    proposal = ProposalFactory(area=area)
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    assert client.post(f"{LIST}{proposal.pk}/support/").status_code == 403
    assert not Support.objects.exists()
