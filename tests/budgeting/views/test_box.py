"""The officer's page of a vote: its steps, what it tells, and who may use it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from budgeting.domain.box import seal
from budgeting.enums import PhaseKind
from budgeting.models import BallotBox
from tests.budgeting.voting import end_voting, make_voting, vote
from tests.factories import make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page_of(area) -> str:
    return reverse("budgeting_box", args=[area.budget.pk])


def act(client, area, name, **fields):
    return client.post(reverse("budgeting_box_act", args=[area.budget.pk, name]), fields)


def offered(client, area) -> set[str]:
    html = client.get(page_of(area)).content.decode()
    names = ("freeze", "extend", "close", "seal", "count", "publish")
    return {
        name
        for name in names
        if f'action="{reverse("budgeting_box_act", args=[area.budget.pk, name])}"' in html
    }


def test_the_steps_of_a_vote_follow_each_other(desk, django_capture_on_commit_callbacks):
    area = make_voting(frozen=False)
    assert offered(desk, area) == {"freeze"}

    assert act(desk, area, "freeze").status_code == 302
    for place in (0, 0, 1, 1, 0):
        vote(area, None, place)
    assert offered(desk, area) == {"extend", "close"}

    later = timezone.localtime(BallotBox.objects.get().closes_at + dt.timedelta(days=1))
    assert (
        act(desk, area, "extend", closes_at=f"{later:%Y-%m-%d %H:%M}", reason="A holiday.").status_code == 302
    )
    assert act(desk, area, "close", reason="A court said so.").status_code == 302
    assert offered(desk, area) == {"seal"}

    with django_capture_on_commit_callbacks(execute=True):
        assert act(desk, area, "seal").status_code == 302
    assert offered(desk, area) == {"count"}

    assert act(desk, area, "count").status_code == 302
    assert offered(desk, area) == {"publish"}

    assert act(desk, area, "publish").status_code == 302
    assert offered(desk, area) == set()
    box = BallotBox.objects.get()
    assert None not in (box.sealed_at, box.counted_at, box.published_at, box.secret_destroyed_at)


def test_a_small_area_is_counted_only_when_confirmed(desk, officer):
    area = make_voting()
    vote(area)
    seal(end_voting(BallotBox.objects.get()), by=officer)

    refused = act(desk, area, "count")
    counted = act(desk, area, "count", small_areas_confirmed="on")

    assert (refused.status_code, counted.status_code) == (400, 302)
    assert "Fewer than" in refused.content.decode()


@pytest.mark.parametrize("name", ["extend", "close"])
def test_an_end_without_a_reason_comes_back(desk, name):
    area = make_voting()
    before = BallotBox.objects.get().closes_at

    response = act(desk, area, name, reason="", closes_at="2999-01-01 12:00")

    assert response.status_code == 400
    assert BallotBox.objects.get().closes_at == before


def test_a_secret_that_is_left_is_offered_to_be_destroyed(desk, officer):
    area = make_voting()
    seal(
        end_voting(BallotBox.objects.get()), by=officer
    )  # the commit that destroys it does not come in this test

    assert offered(desk, area) == {"seal", "count"}
    assert "Destroy the secret again" in desk.get(page_of(area)).content.decode()


def test_v19_the_page_tells_how_many_people_voted_and_nothing_of_projects(desk):
    area = make_voting(costs=(1_000_00,) * 3)
    for _voter in range(6):
        vote(area, None, 0)

    html = desk.get(page_of(area)).content.decode()

    assert "<dd>6</dd>" in html
    assert not any(project.title in html for project in area.projects.all())
    assert BallotBox.objects.get().rules_digest in html


def test_the_list_shows_each_budget_with_its_stage(desk):
    area = make_voting()
    early = make_voting(budget=make_budget(phase=PhaseKind.REVIEW, slug="early"), frozen=False)

    html = desk.get(reverse("budgeting_boxes")).content.decode()

    assert page_of(area) in html
    assert page_of(early) in html


@pytest.mark.parametrize("role", ["moderator", "editor", "resident", "citizen"])
def test_only_officers_run_a_vote(client, request, role):
    area = make_voting(frozen=False)
    client.force_login(request.getfixturevalue(role))

    answers = [client.get(reverse("budgeting_boxes")), client.get(page_of(area)), act(client, area, "freeze")]

    assert {answer.status_code for answer in answers} == {302}
    assert not BallotBox.objects.exists()


def test_steps_that_do_not_exist_or_are_too_early_are_refused(desk):
    area = make_voting(frozen=False, phase=PhaseKind.REVIEW)

    assert act(desk, area, "open").status_code == 404
    assert act(desk, area, "seal").status_code == 404
    assert desk.get(reverse("budgeting_box_act", args=[area.budget.pk, "freeze"])).status_code == 405
    act(desk, area, "freeze")
    assert act(desk, area, "seal").status_code == 400
    assert act(desk, area, "close", reason="Too early").status_code == 400
    assert BallotBox.objects.get().sealed_at is None
