"""Whom one can mention, and that this tells nothing which is not public."""

import pytest

from participation.domain.comment import edit_comment, post_comment
from participation.domain.moderation import hide_comment
from participation.enums import AccessLevel, Privacy
from participation.models import Comment, Notification
from participation.queries.mention import mentioned_in, people_to_mention
from tests.factories import DiscussionFactory, ParticipantFactory
from tests.participation.meetings import let_in, make_committee, seat

pytestmark = pytest.mark.django_db


def write(discussion, name, **fields):
    person = ParticipantFactory(display_name=name, **fields)
    return Comment.objects.create(discussion=discussion, author=person, text="Hello")


def test_who_is_mentioned_is_told_once(citizen, resident):
    discussion = DiscussionFactory(title="Repair café")
    write(discussion, "Ann")
    ann_marie = write(discussion, "Ann Marie").author
    text = "@ann marie, (@Rosa Resident) and @Ann: what do you say? me@Ann.example"
    post_comment(discussion, author=resident.participant, text="I am here")

    comment = post_comment(discussion, author=citizen.participant, text=text)
    edit_comment(comment, author=citizen.participant, text=text + " @Ann")

    told = Notification.objects.filter(kind="participation.mention")
    assert sorted(told.values_list("participant__display_name", flat=True)) == [
        "Ann",
        "Ann Marie",
        "Rosa Resident",
    ]
    assert told.get(participant=ann_marie).title == "Carla Citizen mentions you on “Repair café”"


def test_at_most_five_are_mentioned_and_nobody_by_a_piece_of_a_name():
    discussion = DiscussionFactory()
    for number in range(7):
        write(discussion, f"Ann {number}")

    assert len(mentioned_in(" ".join(f"@Ann {number}" for number in range(7)), discussion)) == 5
    assert mentioned_in("@Ann @Ann 44 @ @@ @\n", discussion) == []


def test_names_of_private_committees_closed_accounts_and_hidden_comments_stay_secret(moderator):
    discussion = DiscussionFactory()
    seen = write(discussion, "Canary of the thread").author
    seat(make_committee(Privacy.TRANSPARENT, slug="open"), "Canary of a public seat")
    seat(make_committee(Privacy.PRIVATE, slug="secret"), "Canary of a private seat")
    ParticipantFactory(display_name="Canary who never wrote")
    write(discussion, "Canary who left", user__is_active=False)
    hide_comment(write(discussion, "Canary hidden"), by=moderator, reason="Advertising.")
    Comment.objects.filter(pk=write(discussion, "Canary held").pk).update(state="held")
    write(DiscussionFactory(), "Canary elsewhere")

    names = people_to_mention(discussion, "canary")

    assert names == ["Canary of a public seat", "Canary of the thread"]
    assert mentioned_in("@Canary of a private seat @Canary who left @Canary hidden", discussion) == []
    assert mentioned_in("@Canary of the thread", discussion) == [seen]


def test_in_a_private_committee_only_its_own_people_are_mentioned():
    committee = make_committee(Privacy.PRIVATE)
    discussion = DiscussionFactory(committee=committee)
    member = seat(committee, "Canary member").participant
    let_in(committee, AccessLevel.READ, "Canary without a seat")
    seat(make_committee(slug="other"), "Canary of another committee")
    former = write(discussion, "Canary who left the committee")

    assert people_to_mention(discussion, "Canary") == ["Canary member"]
    assert mentioned_in("@Canary who left the committee @Canary member", discussion) == [member]
    assert former.author.user.is_active


@pytest.mark.parametrize("count", [3, 60])
def test_the_names_take_two_queries(count, django_assert_num_queries):
    discussion = DiscussionFactory()
    for number in range(count):
        write(discussion, f"Ann {number}")

    with django_assert_num_queries(2):
        assert len(people_to_mention(discussion, "ann")) == min(count, 8)
    with django_assert_num_queries(2):
        mentioned_in("@Ann 1 and @Ann 2", discussion)
