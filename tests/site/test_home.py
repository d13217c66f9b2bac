"""The home page: kept for a while, never beyond what goes on record."""

import pytest
from learning_city.home.models import HomePage
from wagtail.models import PageViewRestriction

from budgeting.domain.proposal import withdraw_proposal
from budgeting.enums import PhaseKind
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    budget = make_budget(phase=PhaseKind.SUBMISSION)
    return ProposalFactory(area=AreaFactory(budget=budget), title="A choir for everybody")


@pytest.fixture
def home(proposal):
    """A home page that shows the proposal among others."""
    budget = proposal.area.budget
    home = budget.get_parent().add_child(instance=HomePage(title="Live", slug="live"))
    cards = {"heading": "Ideas", "budget": budget, "order": "newest", "number": 3}
    home.body = [("proposals", cards)]
    home.save_revision().publish()
    return home


def test_the_body_is_drawn_once_and_then_costs_two_queries(client, home, django_assert_max_num_queries):
    client.get(home.url)

    with django_assert_max_num_queries(9):
        body = client.get(home.url).content.decode()

    assert "A choir for everybody" in body


def test_what_is_withdrawn_leaves_the_home_page_at_once(client, home, proposal):
    assert "A choir for everybody" in client.get(home.url).content.decode()

    withdraw_proposal(proposal, by=proposal.author.user)

    assert "A choir for everybody" not in client.get(home.url).content.decode()


def test_a_page_that_strangers_may_not_see_is_not_shown_there(client, home, proposal):
    PageViewRestriction.objects.create(page=proposal.area.budget, restriction_type="login")
    home.save_revision().publish()

    assert "A choir for everybody" not in client.get(home.url).content.decode()
