"""Proposals in the API."""

import pytest
from django.utils import timezone

from budgeting.enums import ProposalStatus
from budgeting.models import CommitteeRanking, CommitteeVoice, Review, Support
from participation.enums import CommentState, Privacy
from participation.models import Comment
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProjectFactory,
    ProposalFactory,
    make_budget,
    make_committee,
)

pytestmark = pytest.mark.django_db


def ids(client, query: str = "") -> list[int]:
    return [proposal["id"] for proposal in client.get(f"/api/v1/proposals/?{query}").json()["results"]]


def test_proposal_tells_what_its_page_tells(client):
    proposal = ProposalFactory(
        title="Repair café",
        status=ProposalStatus.ACCEPTED,
        address="Quay 1",
        latitude="53.551100",
        longitude="9.993700",
        organisation=OrganisationFactory(name="Menders"),
    )
    Support.objects.create(proposal=proposal, participant=ParticipantFactory())
    for state, reason in ((CommentState.VISIBLE, ""), (CommentState.HIDDEN, "Rude.")):
        Comment.objects.create(discussion=proposal.discussion, text="Yes!", state=state, hidden_reason=reason)
    decided_at = timezone.now()
    Review.objects.create(
        proposal=proposal,
        outcome="feasible",
        cost_cents=9_000_00,
        public_reason="It can be done.",
        decided_at=decided_at,
    )
    project = ProjectFactory(area=proposal.area)
    project.proposals.add(proposal)
    committee = make_committee("Council")
    said_at = timezone.now()
    for each in (committee, make_committee("Secret panel", privacy=Privacy.PRIVATE)):
        CommitteeVoice.objects.create(
            committee=each, proposal=proposal, kind="opinion", stance="for", text="Good.", given_at=said_at
        )
    ranking = CommitteeRanking.objects.create(
        committee=committee, area=proposal.area, changed_at=timezone.now()
    )
    ranking.places.create(proposal=proposal, position=1)

    entry = client.get(f"/api/v1/proposals/{proposal.pk}/").json()

    submitted_at = entry.pop("submitted_at")
    assert timezone.datetime.fromisoformat(submitted_at) == proposal.submitted_at
    assert timezone.datetime.fromisoformat(entry["review"].pop("decided_at")) == decided_at
    assert timezone.datetime.fromisoformat(entry["committees"][0].pop("given_at")) == said_at
    assert entry == {
        "id": proposal.pk,
        "budget": proposal.budget_id,
        "area": proposal.area_id,
        "title": "Repair café",
        "summary": "Neighbours teach each other.",
        "description": "Once a week in the library.",
        "learning_goal": "To ask and to explain.",
        "learners": 40,
        "cost_cents": 10_000_00,
        "currency": "EUR",
        "address": "Quay 1",
        "latitude": 53.5511,
        "longitude": 9.9937,
        "organisation": "Menders",
        "status": "accepted",
        "supports": 1,
        "comments": 1,
        "review": {"outcome": "feasible", "cost_cents": 9_000_00, "public_reason": "It can be done."},
        "committees": [
            {
                "committee": committee.pk,
                "name": "Council",
                "kind": "opinion",
                "stance": "for",
                "text": "Good.",
                "decision": None,
            }
        ],
        "ranks": [{"committee": committee.pk, "place": 1, "out_of": 1}],
        "projects": [project.pk],
        "url": f"http://testserver/budget/proposals/{proposal.pk}/",
    }


def test_P15_name_of_a_person_is_not_given(client):
    proposal = ProposalFactory(author=ParticipantFactory(display_name="Very Private"))

    response = client.get(f"/api/v1/proposals/{proposal.pk}/")

    assert response.json()["organisation"] is None
    assert response.json()["review"] is None
    assert "Very Private" not in response.content.decode()


@pytest.mark.parametrize("status", [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN])
def test_P4_what_is_not_public_is_missing_even_for_its_author(client, status):
    shown = ProposalFactory()
    hidden = ProposalFactory(area=shown.area, status=status)
    client.force_login(hidden.author.user)

    assert ids(client) == [shown.pk]
    assert client.get("/api/v1/proposals/?q=learn").json()["count"] == 1
    assert client.get(f"/api/v1/proposals/{hidden.pk}/").status_code == 404
    response = client.get(f"/api/v1/proposals/?status={status}")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["status"]


def test_P4_proposal_of_a_draft_budget_is_missing(client):
    proposal = ProposalFactory(area=AreaFactory(budget=make_budget(live=False)))

    assert ids(client) == []
    assert client.get(f"/api/v1/proposals/{proposal.pk}/").status_code == 404


def test_list_is_narrowed_and_ordered(client):
    cheap = ProposalFactory(title="Chess", cost_cents=1)
    dear = ProposalFactory(title="Art", cost_cents=9, area=cheap.area, status=ProposalStatus.REJECTED)
    elsewhere = ProposalFactory(
        title="Boats", cost_cents=5, area=AreaFactory(budget=make_budget(slug="other"))
    )

    assert ids(client) == [elsewhere.pk, dear.pk, cheap.pk]
    assert ids(client, "ordering=title") == [dear.pk, elsewhere.pk, cheap.pk]
    assert ids(client, "ordering=-cost") == [dear.pk, elsewhere.pk, cheap.pk]
    assert ids(client, f"budget={cheap.budget_id}&ordering=cost") == [cheap.pk, dear.pk]
    assert ids(client, f"area={elsewhere.area_id}") == [elsewhere.pk]
    assert ids(client, "status=rejected") == [dear.pk]
    assert ids(client, "q=CHESS") == [cheap.pk]
    assert ids(client, f"budget={cheap.budget_id}&area={elsewhere.area_id}") == []
