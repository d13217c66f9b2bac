"""Minutes on their way: drafted, edited by two, checked, approved at the next meeting, published, corrected."""

import pytest
from wagtail.models import Revision, TaskState

from participation.domain.attendance import close_meeting, open_meeting, recuse, save_notes
from participation.domain.decision import give_action
from participation.domain.minutes import (
    approve_minutes,
    check_minutes,
    correct_minutes,
    draft_minutes,
    publish_minutes,
    return_minutes,
    save_minutes,
)
from participation.domain.motion import cast_vote, close_vote, open_vote
from participation.enums import AccessLevel, MinutesState, VoteMethod
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.rich_text import html_from, notation_of
from participation.models import Minutes
from participation.queries.minutes import minutes_for, text_of, version_of, versions_of
from tests.participation.meetings import (
    a_motion,
    in_session,
    keeper_of,
    let_in,
    make_committee,
    make_meeting,
    the_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


@pytest.fixture
def chair(committee):
    return let_in(committee, AccessLevel.LEAD, "Chen Chair").user


@pytest.fixture
def minutes(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    close_meeting(meeting, by=keeper)
    return draft_minutes(meeting, by=keeper)


def approved(minutes, keeper, chair):
    """Return the minutes as the next meeting approves them."""
    check_minutes(minutes, by=chair)
    following = open_meeting(make_meeting(minutes.meeting.committee, by=keeper, days=0.1), by=keeper)
    item = following.agenda_items.select_related("meeting__committee").get(approves_minutes=minutes)
    return approve_minutes(item, by=keeper)


def test_the_draft_says_who_was_there_what_was_decided_and_what_is_to_be_done(committee, keeper):
    meeting, members = in_session(committee, by=keeper, present=4)
    item = the_item(meeting)
    save_notes(item, by=keeper, text="We looked at **colours**.\n- green\n- <script>", version=0)
    recuse(item, members[3], by=keeper, reason="Sells paint")
    secret = open_vote(a_motion(meeting, by=keeper, method=VoteMethod.SECRET), by=keeper)
    for member in members[:3]:
        cast_vote(secret, member, choice="yes", by=member.participant.user)
    close_vote(secret, by=keeper)
    named = open_vote(a_motion(meeting, by=keeper, title="Door", method=VoteMethod.ROLL_CALL), by=keeper)
    cast_vote(named, members[0], choice="no", by=keeper)
    close_vote(named, by=keeper)
    give_action(committee, by=keeper, text="Buy paint", who="Mia", item=item)

    told = notation_of(draft_minutes(meeting, by=keeper).body)

    for words in (
        "**Present:** Member 1, Member 2, Member 3, Member 4",
        "**Absent:** Member 5",
        "4 of 5 members with a vote came; the quorum is 3.",
        "## 1. Paint the hall",
        "Member 4 declared a conflict of interest and stayed out: Sells paint",
        "We looked at **colours**.",
        "- green\n- <script>",
        "adopted: 3 yes, 0 no, 0 abstained, of 3 with a vote, by secret ballot.",
        "This is decision 2026-1.",
        "**no:** Member 1",
        "- **To do:** Buy paint (Mia)",
    ):
        assert words in told, words
    assert "**yes:**" not in told, "a secret ballot names nobody"
    assert html_from(told) == text_of(Minutes.objects.get())


def test_two_editors_do_not_overwrite_each_other(minutes, keeper):
    seen = version_of(minutes)
    save_minutes(minutes, by=keeper, body="<p>First</p>", version=seen)

    with pytest.raises(Conflict) as refusal:
        save_minutes(minutes, by=keeper, body="<p>Second</p>", version=seen)

    minutes.refresh_from_db()
    assert refusal.value.details == {"text": "<p>First</p>", "version": version_of(minutes)}
    assert text_of(minutes) == "<p>First</p>"
    assert len(versions_of(minutes)) == 2
    save_minutes(minutes, by=keeper, body="<p>First</p>", version=seen)  # sent twice: no conflict, no version
    assert Revision.objects.for_instance(minutes).count() == 2


def test_from_the_draft_to_published_minutes_with_a_visible_correction(
    minutes, keeper, chair, committee, citizen
):
    reader = let_in(committee, AccessLevel.READ).user
    for person in (citizen, reader):
        with pytest.raises(Missing):
            minutes_for(person, minutes.meeting)
    save_minutes(
        minutes, by=keeper, body="<p>All went well.<script>x</script></p>", version=version_of(minutes)
    )
    with pytest.raises(NotAllowed):
        check_minutes(minutes, by=keeper)  # who wrote them
    check_minutes(minutes, by=chair)
    assert minutes_for(reader, minutes.meeting).state == MinutesState.CHECKED
    with pytest.raises(Conflict):
        save_minutes(minutes, by=keeper, body="<p>Else</p>", version=0)
    with pytest.raises(Conflict):
        publish_minutes(minutes, by=keeper)

    following = open_meeting(make_meeting(committee, by=keeper, days=0.1), by=keeper)
    item = following.agenda_items.select_related("meeting__committee").get(approves_minutes=minutes)
    approve_minutes(item, by=keeper)
    with pytest.raises(Missing):
        minutes_for(citizen, minutes.meeting)
    published = publish_minutes(minutes, by=keeper)

    assert minutes_for(citizen, minutes.meeting).body == "<p>All went well.</p>"
    assert (published.state, published.approved_at_meeting, published.live) == ("published", following, True)
    assert list(TaskState.objects.order_by("pk").values_list("status", flat=True)) == ["approved", "approved"]
    with pytest.raises(NotAllowed):
        correct_minutes(minutes, by=keeper, body="<p>x</p>", text="y", version=version_of(published))
    for wrong, field in (({"text": " "}, "text"), ({"body": "<p>All went well.</p>"}, "body")):
        with pytest.raises(Invalid) as refusal:
            correct_minutes(
                minutes,
                by=chair,
                **{"body": "<p>x</p>", "text": "y", "version": version_of(published), **wrong},
            )
        assert refusal.value.field == field
    correct_minutes(
        minutes, by=chair, body="<p>All went quite well.</p>", text="A word", version=version_of(published)
    )
    again = minutes_for(citizen, minutes.meeting)
    assert (again.body, [each.text for each in again.corrections.all()]) == (
        "<p>All went quite well.</p>",
        ["A word"],
    )


def test_checked_minutes_sent_back_are_a_draft_and_can_be_checked_again(minutes, keeper, chair):
    check_minutes(minutes, by=chair)

    return_minutes(minutes, by=keeper)
    save_minutes(minutes, by=keeper, body="<p>Better</p>", version=version_of(Minutes.objects.get()))
    approved_minutes = approved(minutes, keeper, chair)

    assert approved_minutes.state == MinutesState.APPROVED
    assert approved_minutes.body == "<p>Better</p>"
    with pytest.raises(Conflict):
        return_minutes(minutes, by=keeper)


def test_unchecked_minutes_are_not_approved_and_wait_on_the_next_agenda(minutes, keeper):
    following = open_meeting(make_meeting(minutes.meeting.committee, by=keeper, days=0.1), by=keeper)
    item = following.agenda_items.select_related("meeting__committee").get(approves_minutes=minutes)

    with pytest.raises(Conflict):
        approve_minutes(item, by=keeper)
    close_meeting(following, by=keeper)

    later = make_meeting(minutes.meeting.committee, by=keeper, days=9)
    assert later.agenda_items.filter(approves_minutes=minutes).exists()
