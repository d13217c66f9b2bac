"""Writing, mending, withdrawing, hiding and restoring comments."""

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from participation.domain.comment import (
    MAX_ANSWERS,
    edit_comment,
    limit_commenting,
    post_comment,
    withdraw_comment,
)
from participation.domain.moderation import hide_comment, restore_comment
from participation.domain.participant import TooManyTries
from participation.enums import CommentState
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Comment, Follow, Notification
from participation.queries.comment import version_of
from tests.factories import DiscussionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(title="Repair café", path="/budget/1/")


@pytest.fixture
def comment(discussion, citizen):
    return post_comment(discussion, author=citizen.participant, text="We would come every week.")


def notices_to(user):
    return list(
        Notification.objects.filter(participant__user=user).values_list("kind", "title").order_by("pk")
    )


def test_a_comment_is_posted(discussion, citizen):
    comment = post_comment(discussion, author=citizen.participant, text="  Good idea!\r\n\r\nWhen? ")

    assert Comment.objects.get() == comment
    assert (comment.text, comment.state, comment.author.user) == (
        "Good idea!\n\nWhen?",
        CommentState.VISIBLE,
        citizen,
    )


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u202e", "x" * 3001])
def test_nothing_and_too_much_are_refused(discussion, citizen, text):
    with pytest.raises(Invalid) as refusal:
        post_comment(discussion, author=citizen.participant, text=text)

    assert refusal.value.field == "text"
    assert not Comment.objects.exists()


def test_x20_invisible_characters_are_dropped_and_scripts_kept(discussion, citizen):
    comment = post_comment(
        discussion, author=citizen.participant, text="a\u202eb\x00c \u0645\u06cc\u200c\u062e 👩‍🏫"
    )

    assert comment.text == "abc \u0645\u06cc\u200c\u062e 👩‍🏫"


def test_p2_a_private_discussion_is_missing(discussion, citizen):
    discussion.is_public = False
    discussion.save()

    with pytest.raises(Missing):
        post_comment(discussion, author=citizen.participant, text="Hello")


def test_a_discussion_that_was_closed_meanwhile_takes_no_comment(discussion, citizen):
    type(discussion).objects.update(is_open=False)

    with pytest.raises(Conflict) as refusal:
        post_comment(discussion, author=citizen.participant, text="Hello")
    assert refusal.value.code == "closed"


def test_p20_a_closed_account_writes_nothing(discussion, citizen):
    citizen.is_active = False

    with pytest.raises(NotAllowed):
        post_comment(discussion, author=citizen.participant, text="Hello")


def test_an_answer_is_told_to_who_is_answered(comment, citizen, resident):
    answer = post_comment(comment.discussion, author=resident.participant, text="Me too!", parent=comment)

    assert answer.parent == comment
    assert notices_to(citizen) == [
        ("participation.answer", "Rosa Resident answered your comment on “Repair café”")
    ]
    assert notices_to(resident) == []


def test_followers_are_told_and_who_is_answered_is_told_once(comment, citizen, resident, moderator):
    for user in (citizen, resident, moderator):
        Follow.objects.create(discussion=comment.discussion, participant=user.participant)

    post_comment(comment.discussion, author=resident.participant, text="Me too!", parent=comment)

    assert [kind for kind, _title in notices_to(citizen)] == ["participation.answer"]
    assert notices_to(moderator) == [("participation.comment", "Rosa Resident wrote about “Repair café”")]
    assert notices_to(resident) == []


def test_braces_in_a_name_stay_as_they_are(comment, citizen, resident):
    resident.participant.display_name = "{title.__class__} {0}"

    post_comment(comment.discussion, author=resident.participant, text="Me too!", parent=comment)

    assert notices_to(citizen)[0][1].startswith("{title.__class__} {0} answered")


def test_an_answer_cannot_be_answered(comment, resident):
    answer = post_comment(comment.discussion, author=resident.participant, text="Me too!", parent=comment)

    with pytest.raises(Invalid):
        post_comment(comment.discussion, author=resident.participant, text="And me", parent=answer)


def test_p2_a_comment_of_another_discussion_cannot_be_answered_here(comment, resident):
    with pytest.raises(Missing):
        post_comment(DiscussionFactory(), author=resident.participant, text="Hi", parent=comment)


def test_f29_a_hidden_comment_cannot_be_answered(comment, moderator, resident):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")

    with pytest.raises(Conflict):
        post_comment(comment.discussion, author=resident.participant, text="Hi", parent=comment)


def test_a_comment_with_very_many_answers_takes_no_more(comment, resident):
    Comment.objects.bulk_create(
        Comment(discussion=comment.discussion, parent=comment, text="Me too") for _n in range(MAX_ANSWERS)
    )

    with pytest.raises(Conflict):
        post_comment(comment.discussion, author=resident.participant, text="And me", parent=comment)


def test_posting_takes_the_same_number_of_queries_for_15_and_30_followers(
    discussion, citizen, django_assert_max_num_queries
):
    counts = []
    for _round in range(2):
        people = ParticipantFactory.create_batch(15)
        Follow.objects.bulk_create([Follow(discussion=discussion, participant=person) for person in people])
        with django_assert_max_num_queries(13) as captured:
            post_comment(discussion, author=citizen.participant, text="Hello")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_ten_comments_in_ten_minutes_are_enough(citizen, resident):
    with time_machine.travel("2026-05-01 12:00", tick=False) as clock:
        for _n in range(10):
            limit_commenting(citizen.participant)
        with pytest.raises(TooManyTries):
            limit_commenting(citizen.participant)
        limit_commenting(resident.participant)

        clock.shift(600)
        limit_commenting(citizen.participant)


def test_the_author_mends_a_comment_within_half_an_hour(comment, citizen):
    edited = edit_comment(comment, author=citizen.participant, text="We would come twice a week.")

    comment.refresh_from_db()
    assert comment.text == edited.text == "We would come twice a week."
    assert comment.edited_at is not None


def test_saving_the_same_words_is_no_edit(comment, citizen):
    edit_comment(comment, author=citizen.participant, text=comment.text)

    comment.refresh_from_db()
    assert comment.edited_at is None


def test_after_half_an_hour_a_comment_stays(comment, citizen):
    Comment.objects.update(posted_at=timezone.now() - timezone.timedelta(minutes=31))

    with pytest.raises(Conflict):
        edit_comment(comment, author=citizen.participant, text="Changed")


def test_f22_two_windows_do_not_overwrite_each_other(comment, citizen):
    seen_in_both = version_of(comment)
    edit_comment(comment, author=citizen.participant, text="First window", version=seen_in_both)

    with pytest.raises(Conflict):
        edit_comment(comment, author=citizen.participant, text="Second window", version=seen_in_both)

    comment.refresh_from_db()
    assert comment.text == "First window"


@pytest.mark.parametrize("who", ["resident", "moderator", "administrator"])
def test_p11_nobody_edits_or_withdraws_for_somebody_else(comment, who, request):
    other = request.getfixturevalue(who).participant

    with pytest.raises(NotAllowed):
        edit_comment(comment, author=other, text="Changed")
    with pytest.raises(NotAllowed):
        withdraw_comment(comment, author=other)
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("We would come every week.", CommentState.VISIBLE)


def test_f29_a_comment_hidden_while_its_author_edits_stays_hidden(comment, citizen, moderator):
    as_seen_by_the_author = Comment.objects.get(pk=comment.pk)
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")

    with pytest.raises(Conflict):
        edit_comment(as_seen_by_the_author, author=citizen.participant, text="Changed")
    with pytest.raises(Conflict):
        withdraw_comment(as_seen_by_the_author, author=citizen.participant)

    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("We would come every week.", CommentState.HIDDEN)


def test_f29_hiding_a_comment_edited_meanwhile_hides_it(comment, citizen, moderator):
    as_seen_by_the_moderator = Comment.objects.get(pk=comment.pk)
    edit_comment(comment, author=citizen.participant, text="Changed")

    hidden = hide_comment(as_seen_by_the_moderator, by=moderator, reason="Insults a neighbour.")

    assert (hidden.text, hidden.state) == ("Changed", CommentState.HIDDEN)


def test_the_author_withdraws_a_comment_and_its_notices_go(comment, citizen, resident):
    Follow.objects.create(discussion=comment.discussion, participant=citizen.participant)
    mine = post_comment(comment.discussion, author=resident.participant, text="Hm")
    assert len(notices_to(citizen)) == 1

    for _twice in range(2):
        withdraw_comment(mine, author=resident.participant)

    mine.refresh_from_db()
    assert mine.state == CommentState.WITHDRAWN
    assert notices_to(citizen) == []


def test_a_withdrawn_comment_cannot_be_edited_or_hidden(comment, citizen, moderator):
    withdraw_comment(comment, author=citizen.participant)

    with pytest.raises(Conflict):
        edit_comment(comment, author=citizen.participant, text="Changed")
    with pytest.raises(Conflict):
        hide_comment(comment, by=moderator, reason="Insults a neighbour.")


def test_a_moderator_hides_a_comment_and_its_author_learns_why(comment, citizen, moderator):
    hide_comment(comment, by=moderator, reason=" Insults a\nneighbour. ")

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == (CommentState.HIDDEN, "Insults a neighbour.")
    assert comment.hidden_by == moderator.participant
    notice = Notification.objects.get(participant=citizen.participant)
    assert (notice.title, notice.text) == (
        "A moderator has hidden your comment",
        "The reason: Insults a neighbour. If you think this is wrong, you can ask somebody else to look again.",
    )
    entry = ModelLogEntry.objects.get(action="participation.comment.hide")
    assert (entry.user, entry.data) == (moderator, {"reason": "Insults a neighbour."})


def test_hiding_takes_back_the_notices_of_the_comment(comment, citizen, resident, moderator):
    Follow.objects.create(discussion=comment.discussion, participant=citizen.participant)
    spam = post_comment(comment.discussion, author=resident.participant, text="Buy gold")

    hide_comment(spam, by=moderator, reason="Advertising.")

    assert notices_to(citizen) == []


def test_hiding_twice_tells_once(comment, citizen, moderator, administrator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    again = hide_comment(comment, by=administrator, reason="Another reason.")

    assert again.hidden_reason == "Insults a neighbour."
    assert len(notices_to(citizen)) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_hiding_needs_a_reason_that_fits(comment, moderator, reason):
    with pytest.raises(Invalid) as refusal:
        hide_comment(comment, by=moderator, reason=reason)

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("who", ["stranger", "citizen", "resident", "chair", "officer", "editor"])
def test_p10_only_moderators_hide_and_restore(comment, who, request):
    user = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        hide_comment(comment, by=user, reason="Because")
    with pytest.raises(NotAllowed):
        restore_comment(comment, by=user)


def test_a_comment_is_restored_and_hidden_again_and_each_is_told(comment, citizen, moderator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    restored = restore_comment(comment, by=moderator)
    assert (restored.state, restored.hidden_reason, restored.hidden_by) == (CommentState.VISIBLE, "", None)

    hide_comment(comment, by=moderator, reason="It does after all.")

    assert [title for _kind, title in notices_to(citizen)] == [
        "A moderator has hidden your comment",
        "Your comment can be read again",
        "A moderator has hidden your comment",
    ]
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) == {
        "participation.comment.hide",
        "participation.comment.restore",
    }


def test_a_comment_of_a_former_participant_can_be_hidden(comment, moderator):
    Comment.objects.update(author=None)

    assert hide_comment(comment, by=moderator, reason="Advertising.").state == CommentState.HIDDEN
