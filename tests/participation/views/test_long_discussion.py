"""A long discussion costs little more than a short one: what its first view asks of the database, and how much is sent."""

import pytest
from wagtail.models import Site

from participation.models import Comment
from participation.views.comment import discussion_context
from tests.factories import AreaFactory, ParticipantFactory, ProposalFactory

pytestmark = pytest.mark.django_db

WORDS = "We tried this in our street last year and forty people came, so I am for it. " * 3


def fill(discussion, roots: int, answers: int) -> None:
    """Write `roots` comments of some fifty words with `answers` each, by many hands."""
    people = ParticipantFactory.create_batch(10)
    made = Comment.objects.bulk_create(
        Comment(discussion=discussion, author=people[number % 10], text=WORDS, agree_count=number % 9)
        for number in range(roots)
    )
    Comment.objects.bulk_create(
        Comment(discussion=discussion, author=people[number % 10], text=WORDS, parent=root)
        for root in made
        for number in range(answers)
    )


def test_the_first_view_of_400_comments_takes_six_queries_and_few_bytes(
    client, rf, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    proposal = ProposalFactory(area=AreaFactory())
    path = proposal.budget.url_of("proposal", proposal.pk)
    type(proposal.discussion).objects.update(path=path, is_public=True)
    client.get(path)
    with django_assert_max_num_queries(40) as of_an_empty_discussion:
        client.get(path)
    fill(proposal.discussion, 50, 7)

    for order in ("newest", "oldest", "fair"):
        # Reading comments and answers are the two queries that an empty discussion does without.
        with django_assert_num_queries(len(of_an_empty_discussion) + 2):
            page = client.get(path, {"order": order})
        assert page.content.count(b'class="comment"') == 60
        assert len(page.content) < 60_000
    request = rf.get(path)
    request.user = stranger
    Site.find_for_request(request)
    with django_assert_num_queries(6):
        context = discussion_context(proposal.discussion, request)
        assert len(context["comments"]) == 20
