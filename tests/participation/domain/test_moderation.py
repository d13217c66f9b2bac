"""Flags, what moderators decide, appeals, and the first comments of new people."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from participation.domain.comment import edit_comment, give_opinion, mark_official, post_comment
from participation.domain.moderation import (
    FLAGS_A_DAY,
    appeal_against,
    decide_appeal,
    flag_comment,
    hide_comment,
    keep_comment,
    limit_flagging,
    restore_comment,
)
from participation.domain.participant import TooManyTries
from participation.enums import AccessLevel, AppealState, CommentState, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Comment, CommentFlag, Follow, ModerationDecision, Notification
from participation.queries.comment import versions_of
from tests.factories import DiscussionFactory, ParticipantFactory
from tests.participation.meetings import let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(title="Repair café", path="/budget/1/")


@pytest.fixture
def comment(discussion, citizen):
    return post_comment(discussion, author=citizen.participant, text="We would come every week.")


@pytest.fixture
def another(roles):
    """A second moderator."""
    return ParticipantFactory(display_name="Milo Moderator", user__is_superuser=True).user


def titles_to(user):
    return list(
        Notification.objects.filter(participant__user=user).values_list("title", flat=True).order_by("pk")
    )


def test_somebody_flags_a_comment_and_the_moderator_keeps_it(comment, citizen, resident, moderator):
    flag = flag_comment(comment, participant=resident.participant, reason="rude", note=" Shouts\nat us ")
    assert (flag.reason, flag.note, flag.decision) == ("rude", "Shouts at us", None)

    keep_comment(comment, by=moderator)

    flag.refresh_from_db()
    assert (flag.decision.outcome, flag.decision.decided_by) == ("keep", moderator)
    comment.refresh_from_db()
    assert comment.state == CommentState.VISIBLE
    # Nothing has changed for its author, who is not told that somebody complained.
    assert titles_to(citizen) == titles_to(resident) == []


def test_v1_one_flag_for_each_person_and_comment(comment, resident):
    flag_comment(comment, participant=resident.participant, reason="spam")

    with pytest.raises(Conflict):
        flag_comment(comment, participant=resident.participant, reason="rude")
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFlag.objects.create(comment=comment, participant=resident.participant, reason="spam")
    assert CommentFlag.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [("unicorn", "", "reason"), ("other", " ", "note"), ("rude", "x" * 301, "note")],
)
def test_a_flag_says_what_is_wrong(comment, resident, reason, note, field):
    with pytest.raises(Invalid) as refusal:
        flag_comment(comment, participant=resident.participant, reason=reason, note=note)

    assert refusal.value.field == field


def test_what_cannot_be_flagged(comment, citizen, resident, moderator):
    with pytest.raises(Conflict):
        flag_comment(comment, participant=citizen.participant, reason="rude")
    type(comment.discussion).objects.update(is_public=False)
    with pytest.raises(Missing):
        flag_comment(comment, participant=resident.participant, reason="rude")
    type(comment.discussion).objects.update(is_public=True)
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    with pytest.raises(Conflict):
        flag_comment(comment, participant=resident.participant, reason="rude")
    assert not CommentFlag.objects.exists()


def test_thirty_flags_a_day_are_enough(resident):
    for _n in range(FLAGS_A_DAY):
        limit_flagging(resident.participant)
    with pytest.raises(TooManyTries):
        limit_flagging(resident.participant)


def test_flagged_hidden_appealed_and_restored(comment, citizen, resident, moderator, another):
    flag_comment(comment, participant=resident.participant, reason="rude")
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    decision = ModerationDecision.objects.get()
    assert CommentFlag.objects.get().decision == decision
    notice = Notification.objects.get(participant=citizen.participant)
    assert notice.path == f"/comments/decisions/{decision.pk}/"

    appeal = appeal_against(decision, author=citizen.participant, text="It was a joke of ours.")
    decide_appeal(appeal, by=another, granted=True, answer="It was a joke.")

    appeal.refresh_from_db()
    comment.refresh_from_db()
    assert (appeal.state, appeal.answer, appeal.answered_by) == ("granted", "It was a joke.", another)
    assert (comment.state, comment.hidden_reason) == (CommentState.VISIBLE, "")
    assert [each.outcome for each in comment.decisions.all()] == ["hide", "restore"]
    assert titles_to(citizen) == ["A moderator has hidden your comment", "Your comment can be read again"]
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) == {
        "participation.comment.hide",
        "participation.comment.appeal",
        "participation.comment.decide_appeal",
        "participation.comment.restore",
    }


def test_a_rejected_appeal_is_the_last_word(comment, citizen, moderator, another):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    appeal = appeal_against(ModerationDecision.objects.get(), author=citizen.participant, text="No!")
    decide_appeal(appeal, by=another, granted=False, answer="It does insult her.")

    comment.refresh_from_db()
    assert comment.state == CommentState.HIDDEN
    assert titles_to(citizen)[-1] == "Your comment stays hidden after your appeal"
    with pytest.raises(Conflict):
        decide_appeal(appeal, by=another, granted=True, answer="After all")
    with pytest.raises(Conflict):
        appeal_against(ModerationDecision.objects.get(), author=citizen.participant, text="Again")


def test_who_hid_a_comment_and_who_wrote_it_do_not_decide_its_appeal(
    comment, citizen, moderator, another, resident
):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    appeal = appeal_against(ModerationDecision.objects.get(), author=citizen.participant, text="No!")

    for by in (moderator, resident):
        with pytest.raises(NotAllowed):
            decide_appeal(appeal, by=by, granted=False, answer="So it stays")
    Comment.objects.update(author=another.participant)
    with pytest.raises(NotAllowed):
        decide_appeal(appeal, by=another, granted=True, answer="Mine")
    appeal.refresh_from_db()
    assert appeal.state == AppealState.OPEN


def test_only_the_author_appeals_against_a_decision_that_hides(comment, citizen, resident, moderator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    hidden = ModerationDecision.objects.get()

    with pytest.raises(Missing):
        appeal_against(hidden, author=resident.participant, text="For her")
    with pytest.raises(Invalid):
        appeal_against(hidden, author=citizen.participant, text=" ")
    restore_comment(comment, by=moderator)
    with pytest.raises(Conflict):
        appeal_against(hidden, author=citizen.participant, text="Too late")
    hide_comment(comment, by=moderator, reason="It does after all.")
    with pytest.raises(Conflict):
        appeal_against(hidden, author=citizen.participant, text="Against the old decision")


def test_restoring_settles_the_appeal(comment, citizen, moderator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    appeal = appeal_against(ModerationDecision.objects.get(), author=citizen.participant, text="No!")

    restore_comment(comment, by=moderator)

    appeal.refresh_from_db()
    assert appeal.state == AppealState.SETTLED


# First comments


@pytest.fixture
def _held(settings):
    settings.PARTICIPATION_HOLD_FIRST_COMMENTS = 1


@pytest.mark.usefixtures("_held")
def test_the_first_comment_of_somebody_new_waits_and_nobody_hears_of_it(
    discussion, citizen, resident, moderator
):
    Follow.objects.create(discussion=discussion, participant=resident.participant)
    first = post_comment(discussion, author=citizen.participant, text="Hello @Mona Moderator")
    again = post_comment(discussion, author=citizen.participant, text="Hello?")
    assert (first.state, again.state) == (CommentState.HELD, CommentState.HELD)
    assert titles_to(resident) == titles_to(citizen) == []

    keep_comment(first, by=moderator)

    assert titles_to(resident) == ["Carla Citizen wrote about “Repair café”"]
    assert titles_to(citizen) == ["Your comment can be read now"]
    assert post_comment(discussion, author=citizen.participant, text="At last").state == CommentState.VISIBLE
    again.refresh_from_db()
    assert again.state == CommentState.HELD


@pytest.mark.usefixtures("_held")
def test_known_people_write_at_once(discussion, resident, moderator):
    member = let_in(make_committee(), AccessLevel.TAKE_PART)
    for person in (resident.participant, moderator.participant, member):
        assert post_comment(discussion, author=person, text="Hello").state == CommentState.VISIBLE


@pytest.mark.usefixtures("_held")
def test_a_held_comment_is_hidden_with_a_reason_or_kept_by_somebody_else(discussion, citizen, moderator):
    comment = post_comment(discussion, author=citizen.participant, text="Buy gold")

    with pytest.raises(NotAllowed):
        keep_comment(comment, by=citizen)
    hide_comment(comment, by=moderator, reason="Advertising.")
    with pytest.raises(Conflict):
        keep_comment(comment, by=moderator)

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == (CommentState.HIDDEN, "Advertising.")


def test_newcomers_write_one_link_also_when_they_change_a_comment(discussion, citizen, resident):
    links = "See https://a.example and www.b.example"
    with pytest.raises(Invalid) as refusal:
        post_comment(discussion, author=citizen.participant, text=links)
    assert refusal.value.field == "text"
    comment = post_comment(discussion, author=citizen.participant, text="See https://a.example")
    with pytest.raises(Invalid):
        edit_comment(comment, author=citizen.participant, text=links)
    post_comment(discussion, author=resident.participant, text=links)

    for _n in range(2):
        post_comment(discussion, author=citizen.participant, text="Hello")
    assert post_comment(discussion, author=citizen.participant, text=links).text == links


# Versions, opinions, the committee's answer


def test_every_version_is_kept(comment, citizen, stranger, moderator):
    for text in ("Twice a week.", "Thrice a week."):
        edit_comment(comment, author=citizen.participant, text=text)
    comment.refresh_from_db()

    told = [version.text for version in versions_of(comment, stranger)]
    assert told == ["We would come every week.", "Twice a week.", "Thrice a week."]

    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    comment.refresh_from_db()
    with pytest.raises(Missing):
        versions_of(comment, stranger)
    assert len(versions_of(comment, moderator)) == len(versions_of(comment, citizen)) == 3


def test_the_last_opinion_counts(comment, citizen, resident, moderator):
    for agrees in (True, True, False):
        give_opinion(comment, participant=resident.participant, agrees=agrees)
    judged = give_opinion(comment, participant=moderator.participant, agrees=True)
    assert (judged.agree_count, judged.disagree_count) == (1, 1)
    assert judged.score == pytest.approx(0.0945, abs=0.001)

    judged = give_opinion(comment, participant=resident.participant, agrees=None)

    assert (judged.agree_count, judged.disagree_count) == (1, 0)
    with pytest.raises(Conflict):
        give_opinion(comment, participant=citizen.participant, agrees=True)


def test_the_secretary_marks_the_committees_answer(citizen, resident):
    committee = make_committee(Privacy.OPEN)
    discussion = DiscussionFactory(committee=committee, title="Paint the hall")
    comment = post_comment(discussion, author=citizen.participant, text="Green.")
    keeper = let_in(committee, AccessLevel.KEEP)
    member = let_in(committee)
    Follow.objects.create(discussion=discussion, participant=resident.participant)

    for nobody in (resident, member.user, citizen):
        with pytest.raises(NotAllowed):
            mark_official(comment, by=nobody)
    mark_official(comment, by=keeper.user)

    discussion.refresh_from_db()
    assert discussion.official_answer == comment
    assert titles_to(resident) == ["The committee has answered about “Paint the hall”"]
    mark_official(comment, by=keeper.user, official=False)
    discussion.refresh_from_db()
    assert discussion.official_answer is None


def test_no_committee_no_official_answer(comment, administrator):
    with pytest.raises(NotAllowed):
        mark_official(comment, by=administrator)


def test_who_leads_a_private_committee_moderates_there_and_the_sites_moderators_know_nothing(
    citizen, moderator
):
    committee = make_committee(Privacy.PRIVATE)
    lead, other_lead, member = (
        let_in(committee, AccessLevel.LEAD),
        let_in(committee, AccessLevel.LEAD),
        let_in(committee),
    )
    discussion = DiscussionFactory(committee=committee)
    comment = post_comment(discussion, author=member, text="Canary")

    for by in (moderator, citizen):
        with pytest.raises(Missing):
            hide_comment(comment, by=by, reason="Because")
    hide_comment(comment, by=lead.user, reason="Insults a neighbour.")
    appeal = appeal_against(ModerationDecision.objects.get(), author=member, text="No!")
    with pytest.raises(NotAllowed):
        decide_appeal(appeal, by=lead.user, granted=True, answer="Well")
    decide_appeal(appeal, by=other_lead.user, granted=True, answer="Well")
    comment.refresh_from_db()
    assert comment.state == CommentState.VISIBLE
