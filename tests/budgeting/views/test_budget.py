"""The budget's own page in each of its phases."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgeting.enums import PhaseKind
from budgeting.models import BallotBox, ParticipatoryBudget
from budgeting.queries.budget import standing_of
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.mark.parametrize(
    ("phase", "words", "address"),
    [
        (PhaseKind.SUBMISSION, "Propose a project", "/budget/proposals/new/"),
        (PhaseKind.REVIEW, "The city checks every proposal", "/budget/proposals/"),
        (PhaseKind.VOTING, "Vote now", "/budget/vote/"),
        (PhaseKind.COUNTING, "The votes are being counted", "/budget/proposals/"),
        (None, "This budget is over", "/budget/proposals/"),
    ],
)
def test_the_page_says_what_to_do_now(phase, words, address, client):
    AreaFactory(budget=make_budget(phase=phase, contact_email="budget@example.org"), name="Old Harbour")

    body = client.get("/budget/").content.decode()

    assert words in body
    assert f'href="{address}"' in body
    assert "Old Harbour" in body
    assert "€100,000" in body
    assert "budget@example.org" in body


def test_a_published_result_is_offered(client):
    budget = AreaFactory(budget=make_budget(phase=PhaseKind.IMPLEMENTATION)).budget
    now = timezone.now()
    BallotBox.objects.create(
        budget=budget,
        rules={},
        rules_digest="0" * 64,
        tie_seed="seed",
        frozen_at=now - dt.timedelta(days=9),
        opens_at=now - dt.timedelta(days=8),
        closes_at=now - dt.timedelta(days=7),
        sealed_at=now,
        counted_at=now,
        published_at=now,
    )

    assert 'href="/budget/results/"' in client.get("/budget/").content.decode()


def test_before_the_first_phase_it_says_when_it_starts(client):
    budget = make_budget()
    for phase in budget.phases.all():
        phase.opens_at += dt.timedelta(days=100)
        phase.closes_at += dt.timedelta(days=100)
        phase.save()

    assert "Soon it goes on" in client.get("/budget/").content.decode()


def test_the_box_knows_better_than_the_page_when_voting_has_closed():
    budget = make_budget(phase=PhaseKind.VOTING)
    now = timezone.now()
    BallotBox.objects.create(
        budget=budget,
        rules={},
        rules_digest="0" * 64,
        tie_seed="seed",
        frozen_at=now - dt.timedelta(days=2),
        opens_at=now - dt.timedelta(days=2),
        closes_at=now - dt.timedelta(days=1),
    )

    assert standing_of(budget).stage == PhaseKind.COUNTING


def test_the_page_costs_the_same_with_one_proposal_and_with_thirty(client):
    area = AreaFactory()

    def cost():
        client.get("/budget/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/budget/").status_code == 200
        return len(queries)

    ProposalFactory(area=area)
    small = cost()
    for _number in range(29):
        ProposalFactory(area=area)

    assert cost() == small
    assert small <= 18


def test_a_budget_that_is_not_published_is_not_there(client):
    budget = make_budget()
    proposal = ProposalFactory(area=AreaFactory(budget=budget))
    budget.unpublish()

    for address in (
        "/budget/",
        "/budget/proposals/",
        "/budget/proposals/points/",
        f"/budget/proposals/{proposal.pk}/",
    ):
        assert client.get(address).status_code == 404


def test_an_editor_sees_a_preview_before_anything_is_saved(administrator):
    budget = ParticipatoryBudget(title="New", slug="new")
    request = RequestFactory().get("/")
    request.user = administrator

    response = budget.make_preview_request(request, "")

    assert response.status_code == 200
