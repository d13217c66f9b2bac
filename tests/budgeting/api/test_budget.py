"""Budgets in the API."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction, Site

from tests.budgeting.api.world import make_published
from tests.budgeting.voting import make_voting
from tests.factories import make_budget

pytestmark = pytest.mark.django_db


def titles(client, query: str = "") -> list[str]:
    return [budget["title"] for budget in client.get(f"/api/v1/budgets/{query}").json()["results"]]


def test_budget_tells_what_it_is_and_where_it_stands(client):
    budget = make_budget(phase="submission", title="Learning together", summary="For all.", currency="PLN")

    entry = client.get(f"/api/v1/budgets/{budget.pk}/").json()

    assert entry["title"] == "Learning together"
    assert entry["summary"] == "For all."
    assert entry["language"] == "en"
    assert entry["currency"] == "PLN"
    assert entry["stage"] == "submission"
    assert entry["voting_closes_at"] is None
    assert entry["result_published_at"] is None
    assert entry["is_imported"] is False
    assert entry["url"] == "http://testserver/budget/"
    kinds = ["submission", "review", "voting", "counting", "implementation"]
    assert [phase["kind"] for phase in entry["phases"]] == kinds
    opens_at = dt.datetime.fromisoformat(entry["phases"][0]["opens_at"])
    assert opens_at == budget.phase("submission").opens_at


def test_ballot_box_decides_when_voting_closes(client):
    budget = make_voting().budget

    entry = client.get(f"/api/v1/budgets/{budget.pk}/").json()

    assert entry["stage"] == "voting"
    assert dt.datetime.fromisoformat(entry["voting_closes_at"]) == budget.ballot_box.closes_at
    assert entry["result_published_at"] is None


def test_published_result_is_told(client):
    box = make_published()

    entry = client.get(f"/api/v1/budgets/{box.budget_id}/").json()

    assert dt.datetime.fromisoformat(entry["result_published_at"]) == box.published_at


def test_P1_P4_budget_that_is_not_public_is_in_no_list(client):
    open_to_all = make_budget(slug="open", title="Open")
    draft = make_budget(slug="draft", title="Draft", live=False)
    for_members = make_budget(slug="members", title="Members")
    PageViewRestriction.objects.create(page=for_members, restriction_type=PageViewRestriction.LOGIN)
    group = Page(title="Group", slug="group")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=group)
    for_group = make_budget(slug="of-group", title="Of a group", parent=group)
    restriction = PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Some"))
    elsewhere = make_budget(slug="elsewhere", title="Elsewhere", parent=Page.objects.get(depth=1))

    assert titles(client) == ["Open"]
    assert client.get(f"/api/v1/budgets/{open_to_all.pk}/").status_code == 200
    for hidden in (draft, for_members, for_group, elsewhere):
        assert client.get(f"/api/v1/budgets/{hidden.pk}/").status_code == 404


def test_words_are_found_in_title_and_summary(client):
    make_budget(slug="a", title="École du soir")
    make_budget(slug="b", title="B", summary="Evening school")
    make_budget(slug="c", title="C")

    assert titles(client, "?q=ecole") == ["École du soir"]
    assert titles(client, "?q=school+evening") == ["B"]
    assert titles(client, "?q=%25") == []


def test_order_is_chosen(client):
    make_budget(slug="b", title="B")
    make_budget(slug="a", title="A")

    assert titles(client, "?ordering=title") == ["A", "B"]
    assert titles(client, "?ordering=oldest") == ["B", "A"]
    assert titles(client, "?ordering=newest") == ["A", "B"]
    assert titles(client) == ["A", "B"]
