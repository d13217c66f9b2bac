"""Projects: the list, one project, and telling what becomes of it."""

import datetime as dt

import pytest
from django.utils import timezone

from budgeting.domain.milestone import plan_milestone
from budgeting.domain.project import post_update
from budgeting.enums import PhaseKind, ProjectStatus
from budgeting.models import Milestone, ProjectUpdate
from tests.budgeting.elections import published_box
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProjectFactory,
    ProposalFactory,
    make_budget,
)

VOTES = [*[(0, 1)] * 4, *[(1, 2)] * 3, (3,)]


@pytest.fixture
def budget(db):
    return make_budget(phase=PhaseKind.IMPLEMENTATION)


@pytest.fixture
def project(budget):
    """A funded project made from a public proposal."""
    proposal = ProposalFactory(area=AreaFactory(budget=budget), address="Harbour 1")
    proposal.discussion.is_public = True
    proposal.discussion.save()
    made = ProjectFactory(area=proposal.area, status=ProjectStatus.FUNDED, discussion=proposal.discussion)
    made.proposals.add(proposal)
    return made


@pytest.fixture
def author(project):
    return project.proposals.get().author.user


def titles(response) -> set[str]:
    return {card["title"] for card in response.context_data["cards"]}


def test_list_shows_all_projects_and_finds_by_status_area_and_words(client, budget):
    here, there = AreaFactory(budget=budget), AreaFactory(budget=budget)
    ProjectFactory(area=here, title="Choir", status=ProjectStatus.FUNDED)
    ProjectFactory(area=there, title="Robot club", status=ProjectStatus.DONE)
    ProjectFactory(area=there, title="Radio", status=ProjectStatus.NOT_FUNDED)
    url = budget.url_of("projects")

    assert titles(client.get(url)) == {"Choir", "Robot club", "Radio"}
    assert titles(client.get(url, {"status": "funded"})) == {"Choir", "Robot club"}
    assert titles(client.get(url, {"area": there.pk})) == {"Robot club", "Radio"}
    assert titles(client.get(url, {"q": "ROBOT"})) == {"Robot club"}
    assert "No project fits" in client.get(url, {"q": "nothing like it"}).content.decode()
    assert titles(client.get(url, {"status": "won", "area": "x", "page": "-3"})) == {
        "Choir",
        "Robot club",
        "Radio",
    }


def test_list_costs_the_same_with_one_and_with_thirty(client, budget, django_assert_max_num_queries):
    area = AreaFactory(budget=budget)
    ProjectFactory.create_batch(30, area=area)
    client.get(budget.url_of("projects"))

    with django_assert_max_num_queries(14):
        response = client.get(budget.url_of("projects"))

    assert len(response.context_data["cards"]) == 24


def test_order_stays_for_one_visitor(client, budget):
    ProjectFactory.create_batch(12, area=AreaFactory(budget=budget))

    first, second = client.get(budget.url_of("projects")), client.get(budget.url_of("projects"))

    assert [card["url"] for card in first.context_data["cards"]] == [
        card["url"] for card in second.context_data["cards"]
    ]


def test_detail_tells_where_it_came_from_and_what_it_costs(client, budget, project):
    html = client.get(budget.url_of("project", project.pk)).content.decode()

    assert project.title in html
    assert budget.url_of("proposal", project.proposals.get().pk) in html
    assert "€10,000" in html
    assert "Harbour 1" in html
    assert "Report on this project" not in html


def test_detail_tells_the_published_result(client, officer):
    box = published_box(officer, *VOTES)
    first, *_between, last = box.budget.projects.order_by("pk")

    won = client.get(box.budget.url_of("project", first.pk)).content.decode()
    lost = client.get(box.budget.url_of("project", last.pk)).content.decode()

    assert "Funded with 4 votes" in won
    assert "Its 4 supporters paid for it together" in won
    assert "Not funded, with 1 vote" in lost


def test_project_of_another_budget_is_not_found(client, budget, project):
    other = make_budget(slug="other")

    assert client.get(other.url_of("project", project.pk)).status_code == 404
    assert client.get(budget.url_of("project", 2**70)).status_code == 404


def test_detail_costs_the_same_with_many_news_and_steps(
    client, budget, project, officer, django_assert_max_num_queries
):
    for number in range(10):
        post_update(project, by=officer, title=f"News {number}", text="We went on.")
        plan_milestone(project, by=officer, title=f"Step {number}", due_on=dt.date(2026, 1, 1))
    client.get(budget.url_of("project", project.pk))

    with django_assert_max_num_queries(20):
        client.get(budget.url_of("project", project.pk))


def test_author_posts_news(client, budget, project, author):
    client.force_login(author)
    sent = {"news-title": "We begin", "news-text": "Twelve people came.", "news-spent_cents": "1,200"}

    response = client.post(budget.url_of("project_update", project.pk), sent)

    assert response.headers["Location"] == budget.url_of("project", project.pk)
    update = ProjectUpdate.objects.get()
    assert (update.title, update.text, update.spent_cents) == ("We begin", "Twelve people came.", 1200_00)
    html = client.get(response.headers["Location"]).content.decode()
    assert "Twelve people came." in html
    assert "Spent so far: €1,200" in html


def test_news_are_plain_text(client, budget, project, officer):
    post_update(project, by=officer, title="<b>bold</b>", text="<img src=x onerror=alert(1)>")

    html = client.get(budget.url_of("project", project.pk)).content.decode()

    assert "&lt;b&gt;bold" in html
    assert "<img src=x" not in html


def test_mistakes_come_back_with_the_words_typed(client, budget, project, author):
    client.force_login(author)
    sent = {"news-title": "", "news-text": "Twelve people came.", "news-spent_cents": "999,999"}

    response = client.post(budget.url_of("project_update", project.pk), sent)

    assert response.status_code == 400
    assert "Please give your news a headline." in response.content.decode()
    assert "Twelve people came." in response.content.decode()
    assert not ProjectUpdate.objects.exists()


def test_steps_are_planned_and_reached(client, budget, project, author):
    client.force_login(author)

    client.post(
        budget.url_of("project_milestone", project.pk),
        {"step-title": "First course", "step-due_on": "2027-03-01"},
    )
    step = Milestone.objects.get()
    client.post(budget.url_of("milestone_reached", project.pk, step.pk))

    step.refresh_from_db()
    assert (step.title, step.due_on, step.done_on) == (
        "First course",
        dt.date(2027, 3, 1),
        timezone.localdate(),
    )


def test_organisation_members_report_too(client, budget, project):
    proposal = project.proposals.get()
    proposal.organisation = OrganisationFactory()
    proposal.save()
    member = ParticipantFactory()
    proposal.organisation.roles.create(participant=member)
    client.force_login(member.user)

    assert client.get(budget.url_of("project", project.pk)).context_data["may_report"] is True


@pytest.mark.parametrize("name", ["project_update", "project_milestone", "project_finish"])
def test_others_do_not_report(client, budget, project, resident, name):
    address = budget.url_of(name, project.pk)

    assert client.post(address).status_code == 302
    client.force_login(resident)
    assert client.post(address, {"news-title": "x", "news-text": "y"}).status_code == 403
    assert client.get(address).status_code == 405
    assert not ProjectUpdate.objects.exists()


def test_officer_finishes_a_project(client, budget, project, officer, author):
    client.force_login(author)
    assert client.post(budget.url_of("project_finish", project.pk)).status_code == 403
    client.force_login(officer)

    client.post(budget.url_of("project_finish", project.pk))

    project.refresh_from_db()
    assert project.status == ProjectStatus.DONE
    assert client.post(budget.url_of("project_finish", project.pk)).status_code == 409
