"""A long discussion costs little more than a short one: what its first view asks of the database, and how much is sent."""

import pytest

from participation.models import Comment
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


def test_the_first_view_of_400_comments_takes_six_queries_more_than_the_proposal_and_few_bytes(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    proposal = ProposalFactory(area=AreaFactory())
    path = proposal.budget.url_of("proposal", proposal.pk)
    type(proposal.discussion).objects.update(path=path, is_public=False)
    client.get(path)
    with django_assert_max_num_queries(40) as of_an_empty_discussion:
        client.get(path)
    fill(proposal.discussion, 50, 7)

    for order in ("newest", "oldest", "fair"):
        # Reading the answers is the one query that an empty discussion does without.
        with django_assert_num_queries(len(of_an_empty_discussion) + 1):
            page = client.get(path, {"order": order})
        assert page.content.count(b'class="comment"') == 60
        assert len(page.content) < 60_000
