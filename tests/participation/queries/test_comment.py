"""What each viewer sees of a discussion."""

import datetime as dt

import pytest
from django.utils import timezone

from participation.domain.comment import post_comment, withdraw_comment
from participation.domain.moderation import hide_comment
from participation.foundation.fair_order import wilson_lower_bound
from participation.models import Comment
from participation.queries.comment import (
    comment_count,
    comment_counts,
    is_folded,
    page_of,
    reads_comment,
    visible_comments,
)
from tests.factories import DiscussionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory()


def write(discussion, count, *, parent=None):
    """Comments number 0, 1, 2, ... a minute apart."""
    author = ParticipantFactory()
    start = timezone.now() - dt.timedelta(days=1)
    comments = []
    for number in range(count):
        comment = Comment.objects.create(
            discussion=discussion, author=author, text=f"No. {number}", parent=parent
        )
        comment.posted_at = start + dt.timedelta(minutes=number)
        comment.save()
        comments.append(comment)
    return comments


def texts(page):
    return [comment.text for comment in page]


def test_newest_come_first_or_last(discussion, stranger):
    write(discussion, 3)

    assert texts(visible_comments(discussion, stranger)) == ["No. 2", "No. 1", "No. 0"]
    assert texts(visible_comments(discussion, stranger, order="oldest")) == ["No. 0", "No. 1", "No. 2"]
    assert texts(visible_comments(discussion, stranger, order='"><svg>')) == ["No. 2", "No. 1", "No. 0"]


def test_a_page_has_twenty_comments(discussion, stranger):
    comments = write(discussion, 45)

    assert len(visible_comments(discussion, stranger)) == 20
    assert texts(visible_comments(discussion, stranger, page=3)) == [f"No. {n}" for n in (4, 3, 2, 1, 0)]
    assert page_of(comments[0], stranger) == 3
    assert page_of(comments[44], stranger) == 1
    assert page_of(comments[44], stranger, order="oldest") == 3


def test_answers_come_with_their_comment_oldest_first(discussion, stranger):
    root = write(discussion, 1)[0]
    write(discussion, 2, parent=root)

    page = visible_comments(discussion, stranger)

    assert len(page) == 1
    assert texts(page[0].answers) == ["No. 0", "No. 1"]
    assert comment_count(discussion) == 3
    assert comment_counts([discussion.pk, 0]) == {discussion.pk: 3}


@pytest.mark.parametrize("viewer", ["stranger", "citizen", "moderator"])
def test_the_number_of_queries_does_not_grow(discussion, viewer, request, django_assert_num_queries):
    viewer = request.getfixturevalue(viewer)
    if viewer.is_authenticated:
        assert viewer.participant  # both are kept with the user of a request
        viewer.get_all_permissions()
    for root in write(discussion, 2):
        write(discussion, 2, parent=root)
    queries = 4 if viewer.is_authenticated else 3
    with django_assert_num_queries(queries):
        list(visible_comments(discussion, viewer))
    for root in write(discussion, 30):
        write(discussion, 3, parent=root)
    with django_assert_num_queries(queries):
        list(visible_comments(discussion, viewer))


def test_p2_a_private_discussion_has_no_comments_but_for_moderators(discussion, citizen, stranger, moderator):
    comment = write(discussion, 1)[0]
    discussion.is_public = comment.discussion.is_public = False

    assert texts(visible_comments(discussion, citizen)) == texts(visible_comments(discussion, stranger)) == []
    assert page_of(comment, citizen) is None
    assert texts(visible_comments(discussion, moderator)) == ["No. 0"]


@pytest.fixture
def hidden(discussion, citizen, moderator):
    comment = post_comment(discussion, author=citizen.participant, text="Canary")
    return hide_comment(comment, by=moderator, reason="Insults a neighbour.")


@pytest.mark.parametrize("viewer", ["stranger", "resident", "officer", "editor"])
def test_others_see_that_a_comment_is_hidden_and_why_but_not_its_words(hidden, viewer, request):
    viewer = request.getfixturevalue(viewer)

    shown = visible_comments(hidden.discussion, viewer)[0]

    assert (shown.text, shown.author_name, shown.reason) == ("", "", "Insults a neighbour.")
    assert not reads_comment(viewer, hidden)
    assert comment_count(hidden.discussion) == 0


@pytest.mark.parametrize("viewer", ["citizen", "moderator", "administrator"])
def test_its_author_and_moderators_see_it_with_the_reason(hidden, viewer, request):
    viewer = request.getfixturevalue(viewer)

    shown = visible_comments(hidden.discussion, viewer)[0]

    assert (shown.text, shown.reason) == ("Canary", "Insults a neighbour.")
    assert shown.may_restore == (viewer.pk != hidden.author.user_id)
    assert page_of(hidden, viewer) == 1


def test_a_hidden_comment_with_answers_leaves_only_its_place(discussion, citizen, moderator, stranger):
    comment = post_comment(discussion, author=citizen.participant, text="Canary")
    write(discussion, 1, parent=comment)
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")

    shown = visible_comments(discussion, stranger)[0]

    assert (shown.text, shown.author_name, shown.edited_at) == ("", "", None)
    assert texts(shown.answers) == ["No. 0"]
    assert not any([shown.may_answer, shown.may_edit, shown.may_hide, shown.may_restore])


def test_the_words_of_a_withdrawn_comment_are_for_nobody(discussion, citizen, moderator):
    comment = post_comment(discussion, author=citizen.participant, text="Canary")
    answer = write(discussion, 1, parent=comment)[0]
    withdraw_comment(comment, author=citizen.participant)

    for viewer in (citizen, moderator):
        shown = visible_comments(discussion, viewer)[0]
        assert (shown.text, shown.author_name) == ("", "")

    answer.state = "withdrawn"
    answer.save()
    assert texts(visible_comments(discussion, moderator)) == []


def test_what_may_be_done_depends_on_who_looks(discussion, citizen, resident, stranger, moderator):
    post_comment(discussion, author=citizen.participant, text="Hello")

    def may(viewer):
        shown = visible_comments(discussion, viewer)[0]
        return {
            name
            for name in ("answer", "edit", "withdraw", "hide", "restore")
            if getattr(shown, f"may_{name}")
        }

    assert may(stranger) == set()
    assert may(resident) == {"answer"}
    assert may(citizen) == {"answer", "edit", "withdraw"}
    assert may(moderator) == {"answer", "hide"}

    discussion.is_open = False
    assert may(citizen) == {"withdraw"}


def judge(comment, agree, disagree):
    Comment.objects.filter(pk=comment.pk).update(
        agree_count=agree,
        disagree_count=disagree,
        score=wilson_lower_bound(agree, agree + disagree),
    )


def test_the_fair_order_puts_what_most_agree_with_first_and_every_third_place_to_what_few_have_judged(
    discussion, stranger, clock
):
    comments = write(discussion, 9)
    for comment, (agree, disagree) in zip(comments, [(90, 10), (5, 0), (1, 9), (40, 10)], strict=False):
        judge(comment, agree, disagree)
    judge(comments[4], 4, 0)

    first = texts(visible_comments(discussion, stranger, order="fair"))
    clock.shift(24 * 3600)
    tomorrow = texts(visible_comments(discussion, stranger, order="fair"))

    for order in (first, tomorrow):
        assert [order[at] for at in (0, 1, 3, 4)] == ["No. 0", "No. 3", "No. 1", "No. 2"]
        assert sorted(order) == [f"No. {number}" for number in range(9)]
    assert first != tomorrow
    assert [page_of(comment, stranger, order="fair") for comment in comments] == [1] * 9


def test_a_comment_shows_two_answers_and_all_on_request(discussion, stranger):
    root, other = write(discussion, 2)
    answers = write(discussion, 5, parent=root)
    write(discussion, 1, parent=other)

    folded = visible_comments(discussion, stranger, order="oldest")
    opened = visible_comments(discussion, stranger, order="oldest", opened=root.pk)

    assert [(texts(each.answers), each.more_answers) for each in folded] == [
        (["No. 0", "No. 1"], 3),
        (["No. 0"], 0),
    ]
    assert [len(each.answers) for each in opened] == [5, 1]
    assert opened[0].more_answers == 0
    assert [is_folded(answer) for answer in answers] == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("viewer", "sees"), [("stranger", 0), ("resident", 0), ("citizen", 1), ("moderator", 1)]
)
def test_a_held_comment_is_for_its_author_and_moderators(discussion, citizen, viewer, sees, request):
    comment = post_comment(discussion, author=citizen.participant, text="Canary")
    Comment.objects.update(state="held")
    comment.refresh_from_db()
    viewer = request.getfixturevalue(viewer)

    assert len(visible_comments(discussion, viewer)) == sees
    assert reads_comment(viewer, comment) == bool(sees)
    assert comment_count(discussion) == 0
