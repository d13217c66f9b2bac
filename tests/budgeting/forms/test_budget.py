"""Setting up a budget in the page editor."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from budgeting.models import Area, ParticipatoryBudget
from tests.budgeting.test_validators import freeze
from tests.factories import AreaFactory, make_budget

pytestmark = pytest.mark.django_db


def sent(budget=None, *, areas=(("", "City", "50000"),), **changes):
    """What the editor's browser sends: one voting phase, and areas as (id, name, amount)."""
    fields = {
        "title": "Learning budget 2027",
        "slug": "learning-2027",
        "summary": "",
        "intro": "null",
        "how_it_works": "null",
        "currency": "EUR",
        "contact_email": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "phases-TOTAL_FORMS": "1",
        "phases-INITIAL_FORMS": "0",
        "phases-0-kind": "submission",
        "phases-0-opens_at": "2027-01-01 08:00",
        "phases-0-closes_at": "2027-02-01 08:00",
        "phases-0-note": "",
        "phases-0-ORDER": "1",
        "areas-TOTAL_FORMS": str(len(areas)),
        "areas-INITIAL_FORMS": str(sum(bool(pk) for pk, _name, _amount in areas)),
        "action-publish": "1",
    }
    for number, (pk, name, amount) in enumerate(areas):
        fields |= {
            f"areas-{number}-id": str(pk),
            f"areas-{number}-name": name,
            f"areas-{number}-amount_cents": amount,
            f"areas-{number}-neighbourhood": "",
            f"areas-{number}-ballot_style": "approval",
            f"areas-{number}-max_choices": "5",
            f"areas-{number}-rule": "equal-shares",
            f"areas-{number}-ORDER": str(number + 1),
        }
    if budget is not None:
        phases = list(budget.phases.all())
        fields |= {"phases-TOTAL_FORMS": str(len(phases)), "phases-INITIAL_FORMS": str(len(phases))}
        for number, phase in enumerate(phases):
            fields |= {
                f"phases-{number}-id": str(phase.pk),
                f"phases-{number}-kind": phase.kind,
                f"phases-{number}-opens_at": local(phase.opens_at),
                f"phases-{number}-closes_at": local(phase.closes_at),
                f"phases-{number}-note": "",
                f"phases-{number}-ORDER": str(number + 1),
            }
    return {**fields, **changes}


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S.%f")


def test_an_editor_adds_a_budget_anywhere_and_writes_money_in_units(client, administrator):
    client.force_login(administrator)
    parent = Page.objects.get(depth=2)

    response = client.post(
        reverse("wagtailadmin_pages:add", args=["budgeting", "participatorybudget", parent.pk]),
        sent(areas=[("", "City", "50000"), ("", "Hill", "12,500.50")]),
    )

    assert response.status_code == 302
    budget = ParticipatoryBudget.objects.get()
    assert list(budget.areas.values_list("name", "amount_cents")) == [
        ("City", 50_000_00),
        ("Hill", 12_500_50),
    ]
    assert client.get(budget.url).status_code == 200


def test_an_odd_amount_is_refused_in_words(client, administrator):
    client.force_login(administrator)
    parent = Page.objects.get(depth=2)

    response = client.post(
        reverse("wagtailadmin_pages:add", args=["budgeting", "participatorybudget", parent.pk]),
        sent(areas=[("", "City", "1e5")]),
    )

    assert "Please write the amount in figures" in response.content.decode()
    assert not ParticipatoryBudget.objects.exists()


def test_v9_the_editor_is_told_in_words_and_the_attempt_is_logged(client, administrator):
    area = AreaFactory(budget=make_budget(phase="voting"), name="City", amount_cents=50_000_00)
    budget = ParticipatoryBudget.objects.get(pk=area.budget_id)
    freeze(budget)
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:edit", args=[budget.pk])

    response = client.post(address, sent(budget, areas=[(area.pk, "City", "1")], slug="budget"))

    body = response.content.decode()
    assert "Voting has opened with the rules as they were published" in body
    assert body.count("Voting has opened with the rules as they were published") == 1
    assert Area.objects.get().amount_cents == 50_000_00
    entry = PageLogEntry.objects.get(action="budgeting.refuse_change")
    assert (entry.user, entry.data["changes"]) == (administrator, ["the area City"])


def test_v9_words_can_still_be_edited_while_people_vote(client, administrator):
    area = AreaFactory(budget=make_budget(phase="voting"), name="City", amount_cents=50_000_00)
    budget = ParticipatoryBudget.objects.get(pk=area.budget_id)
    freeze(budget)
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:edit", args=[budget.pk])

    response = client.post(
        address, sent(budget, areas=[(area.pk, "City", "50000")], slug="budget", summary="New words")
    )

    assert response.status_code == 302, response.content.decode()
    assert ParticipatoryBudget.objects.get().summary == "New words"


def test_the_editor_page_opens_and_shows_units_of_money(client, administrator):
    area = AreaFactory(amount_cents=12_500_50)
    client.force_login(administrator)

    body = client.get(reverse("wagtailadmin_pages:edit", args=[area.budget_id])).content.decode()

    assert 'value="12500.50"' in body
    assert "whole units of the budget" in body
