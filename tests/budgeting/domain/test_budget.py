"""A budget as a whole: what follows it when an editor moves or renames its page."""

import pytest
from wagtail.models import Page

from budgeting.domain.budget import renew_addresses
from participation.domain.comment import post_comment
from participation.models import Discussion
from tests.factories import AreaFactory, DiscussionFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposals():
    area = AreaFactory(budget=make_budget(slug="budget"))
    return [ProposalFactory(area=area, title=f"Proposal {n}") for n in range(2)]


def paths(proposals):
    return [Discussion.objects.get(pk=proposal.discussion_id).path for proposal in proposals]


def add_page(slug):
    home = Page.objects.get(depth=2)
    return home.add_child(instance=Page(title=slug, slug=slug))


def test_a_moved_budget_takes_its_discussions_along(client, proposals, citizen):
    other = ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")))
    elsewhere = DiscussionFactory(path="/somewhere/else/")
    comment = post_comment(proposals[0].discussion, author=citizen.participant, text="Good idea!")
    before = paths([other])

    proposals[0].budget.move(add_page("archive"), pos="last-child")

    assert paths(proposals) == [f"/archive/budget/proposals/{proposal.pk}/" for proposal in proposals]
    assert paths([other]) == before
    elsewhere.refresh_from_db()
    assert elsewhere.path == "/somewhere/else/"
    landed = client.get(f"/comments/{comment.pk}/", follow=True)
    assert landed.redirect_chain == [
        (f"/archive/budget/proposals/{proposals[0].pk}/#comment-{comment.pk}", 302)
    ]
    assert "Good idea!" in landed.content.decode()


def test_so_does_a_budget_below_a_page_that_moves(proposals):
    section = add_page("section")
    proposals[0].budget.move(section, pos="last-child")

    Page.objects.get(pk=section.pk).move(add_page("archive"), pos="last-child")

    assert paths(proposals) == [f"/archive/section/budget/proposals/{proposal.pk}/" for proposal in proposals]


def test_and_a_budget_that_gets_another_address(proposals, django_capture_on_commit_callbacks):
    budget = type(proposals[0].budget).objects.get()
    budget.slug = "money-for-learning"

    with django_capture_on_commit_callbacks(execute=True):
        budget.save_revision().publish()

    assert paths(proposals) == [f"/money-for-learning/proposals/{proposal.pk}/" for proposal in proposals]


def test_the_number_of_queries_does_not_grow_with_the_proposals(proposals, django_assert_max_num_queries):
    budget = proposals[0].budget
    for _n in range(20):
        ProposalFactory(area=proposals[0].area)

    with django_assert_max_num_queries(8):
        renew_addresses(budget)
