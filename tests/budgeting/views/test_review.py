"""The reviewers' queue and page in the Wagtail admin."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Review
from tests.factories import AreaFactory, ProposalFactory, make_budget
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

QUEUE = "/admin/budgets/review/"


@pytest.fixture
def area():
    return AreaFactory(budget=make_budget(phase=PhaseKind.REVIEW), name="Old Harbour")


def test_the_queue_lists_what_was_handed_in(area, client, officer):
    for status in ProposalStatus.values:
        ProposalFactory(area=area, status=status, title=f"One {status}")
    client.force_login(officer)

    body = client.get(QUEUE).content.decode()

    for status in ("submitted", "accepted", "rejected", "hidden"):
        assert f"One {status}" in body
    for status in ("draft", "withdrawn"):
        assert f"One {status}" not in body


def test_the_queue_shows_the_undecided_first_and_of_them_the_oldest(area, client, officer):
    for title, status, day in [
        ("Decided early", "accepted", 1),
        ("Waits short", "submitted", 4),
        ("Hidden early", "hidden", 2),
        ("Waits long", "submitted", 3),
    ]:
        submitted_at = dt.datetime(2026, 3, day, tzinfo=dt.UTC)
        ProposalFactory(area=area, status=status, title=title, submitted_at=submitted_at)
    client.force_login(officer)

    for address in (QUEUE, f"{QUEUE}results/", f"{QUEUE}?budget={area.budget_id}"):
        body = client.get(address).content.decode()
        found = re.findall(r"Decided early|Waits short|Hidden early|Waits long", body)
        assert list(dict.fromkeys(found)) == ["Waits long", "Waits short", "Decided early", "Hidden early"]


def test_the_queue_is_searched_and_filtered(area, client, officer):
    ProposalFactory(area=area, title="Night reading")
    ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")), title="Choir", status="accepted")
    client.force_login(officer)

    for query, shown, absent in [
        ({"q": "NIGHT"}, "Night reading", "Choir"),
        ({"status": "accepted"}, "Choir", "Night reading"),
        ({"budget": area.budget_id}, "Night reading", "Choir"),
        ({"area": area.pk}, "Night reading", "Choir"),
    ]:
        body = client.get(f"{QUEUE}results/", query).content.decode()
        assert shown in body
        assert absent not in body


@pytest.mark.parametrize("name", ["citizen", "resident", "chair", "moderator", "editor"])
def test_only_reviewers_come_in(name, area, client, request):
    proposal = ProposalFactory(area=area)
    client.force_login(request.getfixturevalue(name))

    for address in (QUEUE, f"{QUEUE}{proposal.pk}/"):
        assert client.get(address).status_code == 302
    client.post(
        f"{QUEUE}{proposal.pk}/",
        {"outcome": "feasible", "cost_cents": "100", "public_reason": "Yes", "decide": "1"},
    )
    assert not Review.objects.exists()


def test_the_menu_shows_the_queue_to_reviewers(client, officer, editor):
    client.force_login(officer)
    assert QUEUE in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(editor)
    assert QUEUE not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_queue_costs_the_same_with_one_proposal_and_with_thirty(area, client, officer):
    client.force_login(officer)

    def cost():
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        return len(queries)

    ProposalFactory(area=area)
    small = cost()
    for _number in range(29):
        ProposalFactory(area=area)

    assert cost() == small
    assert small <= 15


def test_deciding_from_the_page(area, client, officer):
    proposal = ProposalFactory(area=area)
    client.force_login(officer)
    address = f"{QUEUE}{proposal.pk}/"
    assert proposal.description in client.get(address).content.decode()

    response = client.post(
        address,
        {"outcome": "feasible", "cost_cents": "9,000", "public_reason": "There is room.", "decide": "1"},
    )

    proposal.refresh_from_db()
    assert response.status_code == 302
    assert (proposal.status, proposal.review.cost_cents) == (ProposalStatus.ACCEPTED, 9_000_00)
    assert "There is room." in client.get(f"/budget/proposals/{proposal.pk}/").content.decode()


def test_a_decision_without_a_reason_is_refused(area, client, officer):
    proposal = ProposalFactory(area=area)
    client.force_login(officer)

    response = client.post(f"{QUEUE}{proposal.pk}/", {"outcome": "not_feasible", "decide": "1"})

    assert response.status_code == 400
    assert not Review.objects.exists()


def test_hiding_and_showing_from_the_page(area, client, officer):
    proposal = ProposalFactory(area=area)
    client.force_login(officer)
    address = f"{QUEUE}{proposal.pk}/"

    assert client.post(address, {"hide": "1"}).status_code == 400
    client.post(address, {"hide": "1", "reason": "Insult"})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.HIDDEN

    client.post(address, {"restore": "1"})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED


def test_a_draft_is_not_reviewed(area, client, officer):
    client.force_login(officer)

    assert client.get(f"{QUEUE}{ProposalFactory(area=area, status='draft').pk}/").status_code == 404


def test_x5_titles_and_reasons_are_shown_as_written_in_queue_page_and_log(
    area, client, officer, administrator
):
    client.force_login(administrator)
    for payload in [payload for payload in PAYLOADS if "<" in payload][:8]:
        proposal = ProposalFactory(area=area, title=payload[:120], summary=payload, description=payload)
        client.post(
            f"{QUEUE}{proposal.pk}/", {"outcome": "not_feasible", "public_reason": payload, "decide": "1"}
        )
        for address in (QUEUE, f"{QUEUE}{proposal.pk}/", reverse("wagtailadmin_reports:site_history")):
            assert payload not in client.get(address).content.decode()
