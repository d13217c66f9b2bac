"""Deciding on a proposal, and the project it becomes."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting.domain.proposal import hide_proposal
from budgeting.domain.review import decide
from budgeting.enums import PhaseKind, ProposalStatus, ReviewOutcome
from budgeting.models import BallotBox, Project, Review
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Notification
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return AreaFactory(budget=make_budget(phase=PhaseKind.REVIEW))


def accept(proposal, officer, cost_cents=9_000_00, reason="The library has room."):
    return decide(
        proposal,
        reviewer=officer,
        outcome=ReviewOutcome.FEASIBLE,
        cost_cents=cost_cents,
        public_reason=reason,
    )


def reject(proposal, officer, reason="The pier is closed for ships."):
    return decide(proposal, reviewer=officer, outcome=ReviewOutcome.NOT_FEASIBLE, public_reason=reason)


def freeze(budget):
    now = timezone.now()
    return BallotBox.objects.create(
        budget=budget,
        rules={},
        rules_digest="0" * 64,
        tie_seed="seed",
        frozen_at=now,
        opens_at=now,
        closes_at=now + dt.timedelta(days=1),
    )


def test_an_accepted_proposal_becomes_a_project_on_the_ballot(area, officer):
    proposal = ProposalFactory(area=area, latitude="53.5", longitude="9.9")

    accept(proposal, officer)

    proposal.refresh_from_db()
    project = proposal.projects.get()
    assert proposal.status == ProposalStatus.ACCEPTED
    assert (project.code, project.title, project.cost_cents) == ("1", proposal.title, 9_000_00)
    assert (project.area, project.discussion, project.budget) == (area, proposal.discussion, area.budget)
    assert (project.latitude, project.longitude) == (proposal.latitude, proposal.longitude)


def test_projects_are_numbered_through_the_budget(area, officer):
    proposals = [ProposalFactory(area=area) for _number in range(3)]

    for proposal in proposals:
        accept(proposal, officer)

    assert sorted(Project.objects.values_list("code", flat=True)) == ["1", "2", "3"]


def test_the_reason_of_a_refusal_is_public_and_the_author_is_told(area, officer):
    proposal = ProposalFactory(area=area)

    reject(proposal, officer)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.REJECTED
    assert not proposal.projects.exists()
    notice = Notification.objects.get(participant=proposal.author)
    assert (notice.kind, notice.text) == ("budgeting.decided", "The pier is closed for ships.")


def test_a_changed_decision_is_logged_and_told_again(area, officer):
    proposal = ProposalFactory(area=area)
    accept(proposal, officer)

    accept(proposal, officer, cost_cents=11_000_00)
    reject(proposal, officer)

    assert Review.objects.get(proposal=proposal).outcome == ReviewOutcome.NOT_FEASIBLE
    assert not Project.objects.exists()
    log = ModelLogEntry.objects.filter(action="budgeting.decide_proposal").order_by("pk")
    assert [entry.data["before"] for entry in log] == [None, ["feasible", 9_000_00], ["feasible", 11_000_00]]
    assert Notification.objects.filter(kind="budgeting.decided").count() == 3


def test_a_changed_cost_reaches_the_project(area, officer):
    proposal = ProposalFactory(area=area)
    accept(proposal, officer)

    accept(proposal, officer, cost_cents=11_000_00)

    assert Project.objects.get().cost_cents == 11_000_00


@pytest.mark.parametrize("name", ["citizen", "resident", "chair", "moderator", "editor"])
def test_p11_only_reviewers_decide(name, area, request):
    proposal = ProposalFactory(area=area)

    with pytest.raises(NotAllowed):
        accept(proposal, request.getfixturevalue(name))

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED


@pytest.mark.parametrize(
    ("outcome", "cost_cents", "reason", "field"),
    [
        (ReviewOutcome.FEASIBLE, 100, " ", "public_reason"),
        (ReviewOutcome.FEASIBLE, None, "Good", "cost_cents"),
        (ReviewOutcome.FEASIBLE, 0, "Good", "cost_cents"),
        ("perhaps", 100, "Good", "outcome"),
        (ReviewOutcome.FEASIBLE, 100, "x" * 3001, "public_reason"),
    ],
)
def test_an_incomplete_decision_is_refused(outcome, cost_cents, reason, field, area, officer):
    proposal = ProposalFactory(area=area)

    with pytest.raises(Invalid) as refusal:
        decide(proposal, reviewer=officer, outcome=outcome, cost_cents=cost_cents, public_reason=reason)

    assert refusal.value.field == field
    assert not Review.objects.exists()


def test_nothing_is_decided_before_the_review(officer):
    with pytest.raises(Conflict):
        accept(ProposalFactory(), officer)


def test_v9_nothing_is_decided_after_the_freeze(area, officer):
    proposal = ProposalFactory(area=area)
    accept(proposal, officer)
    freeze(area.budget)

    with pytest.raises(Conflict):
        accept(proposal, officer, cost_cents=1_00)
    with pytest.raises(Conflict):
        reject(proposal, officer)

    assert Project.objects.get().cost_cents == 9_000_00


def test_a_hidden_proposal_is_not_decided(area, officer):
    proposal = ProposalFactory(area=area)
    hide_proposal(proposal, by=officer, reason="Insult")

    with pytest.raises(Missing):
        accept(proposal, officer)
