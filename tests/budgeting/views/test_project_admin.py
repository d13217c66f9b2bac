"""Projects in the Wagtail admin: for officers, without a way around the frozen rules, and without early results (V19)."""

import pytest
from django.urls import reverse

from budgeting.models import Project
from tests.budgeting.elections import counted_box
from tests.factories import AreaFactory, ProjectFactory


def listing() -> str:
    return reverse("wagtailsnippets_budgeting_project:list")


def test_officers_find_projects_and_the_way_to_report(client, officer):
    project = ProjectFactory(title="Choir")
    client.force_login(officer)

    html = client.get(listing()).content.decode()

    assert "Choir" in html
    assert project.budget.url_of("project", project.pk) in html


def test_list_costs_the_same_with_one_and_with_thirty(client, officer, django_assert_max_num_queries):
    ProjectFactory.create_batch(30, area=AreaFactory())
    client.force_login(officer)
    client.get(listing())

    with django_assert_max_num_queries(25):
        client.get(listing())


def test_cost_and_status_cannot_be_changed_there(client, officer):
    project = ProjectFactory()
    client.force_login(officer)
    sent = {
        "summary": "New words",
        "cost_cents": "1",
        "status": "funded",
        "title": "Other",
        "latitude": "",
        "longitude": "",
    }

    client.post(reverse("wagtailsnippets_budgeting_project:edit", args=[project.pk]), sent)

    changed = Project.objects.get()
    assert (changed.summary, changed.cost_cents) == ("New words", project.cost_cents)
    assert (changed.status, changed.title) == (project.status, project.title)


@pytest.mark.parametrize("who", ["resident", "moderator", "editor"])
def test_others_do_not_see_the_list(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(listing()).status_code == 302


def test_a_counted_result_is_not_told_before_it_is_published(client, officer):
    counted_box(officer, *[(0, 1)] * 4)
    client.force_login(officer)

    html = client.get(listing(), {"status": "funded"}).content.decode()

    assert Project.objects.first().title not in html
