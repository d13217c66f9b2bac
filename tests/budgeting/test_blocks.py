"""Live content of budgets on other pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting.blocks import BudgetStatusBlock, ProposalCardsBlock
from budgeting.enums import PhaseKind
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


def drawn(block, **value):
    return block.render(block.to_python(value))


@pytest.mark.parametrize(
    ("phase", "words"), [(PhaseKind.SUBMISSION, "Propose a project"), (PhaseKind.VOTING, "Vote now")]
)
def test_the_status_says_what_to_do_now(phase, words):
    area = AreaFactory(budget=make_budget(phase=phase))
    ProposalFactory(area=area)

    body = drawn(BudgetStatusBlock(), budget=area.budget_id)

    assert words in body
    assert "€100,000" in body


def test_cards_show_public_proposals_only():
    area = AreaFactory()
    ProposalFactory(area=area, title="Choir")
    ProposalFactory(area=area, title="Secret", status="draft")

    body = drawn(ProposalCardsBlock(), budget=area.budget_id, heading="Ideas", order="newest", number=3)

    assert "Choir" in body
    assert "/budget/proposals/" in body
    assert "Secret" not in body


def test_a_budget_that_is_not_published_shows_nothing():
    area = AreaFactory()
    ProposalFactory(area=area)
    area.budget.unpublish()

    assert drawn(BudgetStatusBlock(), budget=area.budget_id).strip() == ""
    cards = drawn(ProposalCardsBlock(), budget=area.budget_id, heading="Ideas", order="newest", number=3)
    assert cards.strip() == ""


def test_cards_cost_the_same_queries_with_one_proposal_and_with_twelve():
    area = AreaFactory()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            drawn(ProposalCardsBlock(), budget=area.budget_id, heading="Ideas", order="supported", number=12)
        return len(queries)

    ProposalFactory(area=area)
    cost()
    small = cost()
    for _number in range(11):
        ProposalFactory(area=area)

    assert cost() == small
