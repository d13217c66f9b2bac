"""Projects in the API."""

import pytest

from budgeting.enums import ProjectStatus, ProposalStatus
from budgeting.models import Milestone
from tests.factories import AreaFactory, ProjectFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


def test_project_tells_what_it_is_and_what_becomes_of_it(client):
    project = ProjectFactory(code="7", title="Repair café", summary="Mend it.", status=ProjectStatus.UNDERWAY)
    shown = ProposalFactory(area=project.area, status=ProposalStatus.ACCEPTED)
    hidden = ProposalFactory(area=project.area, status=ProposalStatus.HIDDEN)
    project.proposals.add(shown, hidden)
    Milestone.objects.create(project=project, title="Rooms", due_on="2027-03-01", done_on="2027-02-01")

    entry = client.get(f"/api/v1/projects/{project.pk}/").json()

    assert entry == {
        "id": project.pk,
        "budget": project.budget_id,
        "area": project.area_id,
        "code": "7",
        "title": "Repair café",
        "summary": "Mend it.",
        "cost_cents": 10_000_00,
        "currency": "EUR",
        "latitude": None,
        "longitude": None,
        "status": "underway",
        "proposals": [shown.pk],
        "milestones": [{"title": "Rooms", "due_on": "2027-03-01", "done_on": "2027-02-01"}],
        "looked_after_by": None,
        "url": f"http://testserver/budget/projects/{project.pk}/",
    }


def test_list_is_narrowed_and_ordered(client):
    first = ProjectFactory(title="Chess", cost_cents=1)
    second = ProjectFactory(title="Art", cost_cents=9, area=first.area, status=ProjectStatus.FUNDED)
    other = ProjectFactory(title="Boats", cost_cents=5, area=AreaFactory(budget=make_budget(slug="other")))

    def ids(query: str = "") -> list[int]:
        return [project["id"] for project in client.get(f"/api/v1/projects/?{query}").json()["results"]]

    assert ids() == [first.pk, second.pk, other.pk]
    assert ids("ordering=-cost") == [second.pk, other.pk, first.pk]
    assert ids(f"area={first.area_id}&status=funded") == [second.pk]
    assert ids(f"budget={other.budget_id}") == [other.pk]
    assert ids("q=art") == [second.pk]


def test_P4_project_of_a_draft_budget_is_missing(client):
    project = ProjectFactory(area=AreaFactory(budget=make_budget(live=False)))

    assert client.get("/api/v1/projects/").json()["count"] == 0
    assert client.get(f"/api/v1/projects/{project.pk}/").status_code == 404
