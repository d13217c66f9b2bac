"""Frozen rules: whoever saves the page, and in whichever way."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from budgeting.enums import BallotStyle, CountingRule, PhaseKind
from budgeting.models import Area, BallotBox, ParticipatoryBudget
from tests.factories import AreaFactory, make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    area = AreaFactory(budget=make_budget(phase=PhaseKind.VOTING), name="Old Harbour")
    return ParticipatoryBudget.objects.get(pk=area.budget_id)


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


def change_area(budget, **changes):
    areas = list(budget.areas.all())
    for name, value in changes.items():
        setattr(areas[0], name, value)
    budget.areas = areas


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_cents": 1_00},
        {"ballot_style": BallotStyle.KNAPSACK},
        {"max_choices": 3},
        {"rule": CountingRule.GREEDY},
        {"name": "Another name"},
    ],
)
def test_v9_an_area_keeps_its_rules_once_voting_has_opened(changes, budget):
    freeze(budget)
    change_area(budget, **changes)

    with pytest.raises(ValidationError) as refusal:
        budget.save()

    assert refusal.value.error_dict["__all__"][0].code == "frozen"
    assert Area.objects.get(budget=budget).amount_cents == 100_000_00


def test_v9_no_area_comes_or_goes(budget):
    freeze(budget)
    budget.areas = [*budget.areas.all(), Area(name="Hill", amount_cents=1_00)]

    with pytest.raises(ValidationError, match="the list of areas"):
        budget.save()


def test_v9_the_dates_of_voting_stay(budget):
    freeze(budget)
    phases = list(budget.phases.all())
    next(phase for phase in phases if phase.kind == PhaseKind.VOTING).closes_at += dt.timedelta(days=1)
    budget.phases = phases

    with pytest.raises(ValidationError, match="the dates of voting"):
        budget.save()


def test_v9_the_currency_stays(budget):
    freeze(budget)
    budget.currency = "USD"

    with pytest.raises(ValidationError, match="the currency"):
        budget.save()


def test_v9_an_old_revision_brings_no_old_rules_back(budget):
    change_area(budget, amount_cents=1_00)
    revision = budget.save_revision()
    freeze(ParticipatoryBudget.objects.get(pk=budget.pk))

    with pytest.raises(ValidationError):
        revision.publish()

    assert Area.objects.get(budget=budget).amount_cents == 100_000_00


def test_words_may_change_at_any_time(budget):
    freeze(budget)
    budget.summary = "New words"

    budget.save()

    assert ParticipatoryBudget.objects.get(pk=budget.pk).summary == "New words"


def test_before_voting_everything_may_change(budget):
    change_area(budget, amount_cents=1_00)

    budget.save()

    assert Area.objects.get(budget=budget).amount_cents == 1_00


def test_a_copy_is_a_new_budget_without_the_box(budget):
    freeze(budget)

    copy = budget.copy(to=Page.objects.get(depth=2), update_attrs={"slug": "copy", "title": "Copy"})

    assert not BallotBox.objects.filter(budget=copy).exists()
    assert [area.name for area in copy.areas.all()] == ["Old Harbour"]
    assert copy.phases.count() == 5
    assert copy.proposals.count() == 0
