"""Agenda items and decisions of committees are discussed, in keeping with the committee's privacy."""

import pytest
from django.urls import reverse

from participation.domain.agenda import change_item, publish_agenda, remove_item
from participation.domain.comment import post_comment
from participation.domain.follow import follow
from participation.domain.mail import send_outgoing_mail
from participation.enums import AccessLevel, Privacy
from participation.models import (
    AgendaItem,
    Comment,
    CommitteeAccess,
    Decision,
    Discussion,
    Follow,
    Notification,
    OutgoingMail,
)
from participation.queries.comment import visible_comments
from participation.queries.notification import notices_of
from participation.rules import may_comment, may_find_discussion, may_follow, may_moderate_discussion
from tests.factories import DiscussionFactory
from tests.participation.meetings import keeper_of, let_in, make_committee, make_meeting

pytestmark = pytest.mark.django_db


def a_matter(privacy, *, published=True):
    """Return (committee, its secretary, the item of an agenda that is out, a decision)."""
    committee = make_committee(privacy)
    keeper = keeper_of(committee)
    meeting = make_meeting(committee, by=keeper)
    item = AgendaItem.objects.create(meeting=meeting, title="Paint the hall")
    if published:
        publish_agenda(meeting, by=keeper)
    decision = Decision.objects.create(
        committee=committee,
        meeting=meeting,
        item=item,
        number="2026-1",
        title="Green",
        text="It is green.",
        decided_on="2026-05-01",
    )
    return committee, keeper, item, decision


def addresses(committee, item, decision):
    return (
        committee.url_of("discuss_item", item.meeting_id, item.pk),
        committee.url_of("decision", decision.pk),
        committee.url_of("discuss_decision", decision.pk),
    )


READS, WRITES, NOTHING = 1, 2, 0


@pytest.mark.parametrize(
    ("privacy", "answers"),
    [
        (Privacy.OPEN, {"stranger": READS, "citizen": WRITES, "reader": WRITES, "member": WRITES}),
        (Privacy.TRANSPARENT, {"stranger": READS, "citizen": READS, "reader": READS, "member": WRITES}),
        (Privacy.PRIVATE, {"stranger": NOTHING, "citizen": NOTHING, "reader": READS, "member": WRITES}),
    ],
)
def test_who_reads_and_who_writes(client, citizen, moderator, stranger, privacy, answers):
    committee, _keeper, item, decision = a_matter(privacy)
    people = {
        "stranger": stranger,
        "citizen": citizen,
        "reader": let_in(committee, AccessLevel.READ).user,
        "member": let_in(committee).user,
    }
    item_url, decision_url, begin_url = addresses(committee, item, decision)
    client.force_login(people["member"])
    assert client.post(item_url, {"text": "Canary words"}).status_code == 302
    assert client.post(begin_url, {"text": "Canary words"}).status_code == 302
    assert Comment.objects.count() == 2
    item.refresh_from_db()
    discussion = item.discussion

    found = {}
    for name, person in people.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        page, other = client.get(item_url), client.get(decision_url)
        reads = (page.status_code, other.status_code) == (200, 200)
        assert reads == (b"Canary" in page.content) == (b"Canary" in other.content)
        writes = reads and b"<textarea" in page.content and b"<textarea" in other.content
        assert writes == may_comment(person, discussion)
        assert reads == may_find_discussion(person, discussion)
        assert may_follow(person, discussion) == (reads and person.is_authenticated)
        found[name] = WRITES if writes else READS if reads else NOTHING
        # Straight at the discussion and its comment the answers are the same (P2).
        straight = client.get(reverse("participation:comment", args=[discussion.comments.get().pk]))
        assert straight.status_code == (302 if reads else 404)
    assert found == answers
    # The site's moderators see what everybody sees, and no private committee.
    assert may_moderate_discussion(moderator, discussion) == (privacy != Privacy.PRIVATE)
    assert len(visible_comments(discussion, moderator)) == (privacy != Privacy.PRIVATE)


def test_reading_begins_nothing_and_the_first_follow_does(client, citizen):
    committee, _keeper, item, decision = a_matter(Privacy.OPEN)
    client.force_login(citizen)
    for address in addresses(committee, item, decision):
        client.get(address)
    assert not Discussion.objects.exists()

    client.post(addresses(committee, item, decision)[0], {"follow": "yes"})

    follow = Follow.objects.get()
    assert (follow.participant, follow.discussion.agenda_item) == (citizen.participant, item)
    assert follow.discussion.path == addresses(committee, item, decision)[0]


def test_strangers_sign_in_and_outsiders_of_a_transparent_committee_are_refused(client, citizen):
    committee, _keeper, item, decision = a_matter(Privacy.TRANSPARENT)
    item_url, _decision, begin_url = addresses(committee, item, decision)
    assert "next=" in client.post(item_url, {"text": "Hello"})["Location"]

    client.force_login(citizen)
    for address in (item_url, begin_url):
        assert client.post(address, {"text": "Hello"}).status_code == 403
    assert not Discussion.objects.exists()


def test_an_agenda_that_is_not_out_is_not_discussed(client, citizen):
    committee, keeper, item, _decision = a_matter(Privacy.OPEN, published=False)
    address = committee.url_of("discuss_item", item.meeting_id, item.pk)
    client.force_login(citizen)
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "Hello"}).status_code == 404

    client.force_login(keeper)
    assert b"as soon as the agenda is published" in client.get(address).content
    assert client.post(address, {"text": "Hello"}).status_code == 409
    assert not Discussion.objects.exists()


def test_the_meeting_and_the_list_of_decisions_say_how_much_is_said(client, citizen):
    committee, _keeper, item, decision = a_matter(Privacy.OPEN)
    client.force_login(citizen)
    for address in (addresses(committee, item, decision)[0], addresses(committee, item, decision)[2]):
        for _twice in range(2):
            client.post(address, {"text": "Hello"})

    meeting = client.get(committee.url_of("meeting", item.meeting_id)).content.decode()
    decisions = client.get(committee.url_of("decisions")).content.decode()

    assert "2 comments" in meeting
    assert "2 comments" in decisions


def test_the_title_follows_the_item_and_what_leaves_the_agenda_is_out_of_sight(client, citizen):
    committee, keeper, item, _decision = a_matter(Privacy.OPEN)
    Decision.objects.all().delete()
    client.force_login(citizen)
    client.post(committee.url_of("discuss_item", item.meeting_id, item.pk), {"text": "Hello"})
    item.refresh_from_db()

    change_item(item, by=keeper, title="Paint it blue", text="", kind="discussion", minutes=10)
    assert Discussion.objects.get().title == "Paint it blue"

    remove_item(item, by=keeper)
    comment = Comment.objects.get()
    assert not Discussion.objects.get().is_public
    assert client.get(reverse("participation:comment", args=[comment.pk])).status_code == 404


def test_addresses_follow_a_committee_whose_page_moves(client, citizen, django_capture_on_commit_callbacks):
    committee, _keeper, item, _decision = a_matter(Privacy.OPEN)
    client.force_login(citizen)
    client.post(committee.url_of("discuss_item", item.meeting_id, item.pk), {"text": "Hello"})

    committee.slug = "elsewhere"
    with django_capture_on_commit_callbacks(execute=True):
        committee.save_revision().publish()

    comment = Comment.objects.get()
    place = client.get(reverse("participation:comment", args=[comment.pk]))["Location"]
    assert place == f"/elsewhere/meetings/{item.meeting_id}/items/{item.pk}/#comment-{comment.pk}"


def test_p16_who_has_left_a_private_committee_hears_no_more(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    committee = make_committee(Privacy.PRIVATE)
    author, stays, leaves = (
        let_in(committee, name=name) for name in ("Ann", "Canary Stays", "Canary Leaves")
    )
    discussion = DiscussionFactory(committee=committee, title="Canary title")
    root = post_comment(discussion, author=leaves, text="I go")
    for person in (stays, leaves):
        follow(discussion, participant=person)
    before = post_comment(discussion, author=author, text="Farewell", parent=root)
    assert notices_of(leaves).count() == 1

    CommitteeAccess.objects.filter(participant=leaves).delete()
    post_comment(discussion, author=author, text="Canary: @Canary Leaves is gone", parent=root)

    assert Notification.objects.filter(participant=leaves).count() == 1
    assert notices_of(leaves).count() == 0
    assert notices_of(stays).count() == 2
    send_outgoing_mail()
    mail = OutgoingMail.objects.get(notification__participant=leaves)
    assert (mail.sent_at, mail.dropped_because != "") == (None, True)
    assert before.author == author


def test_the_names_to_mention_are_for_who_may_write(client, citizen, resident):
    committee, _keeper, _item, _decision = a_matter(Privacy.TRANSPARENT)
    member = let_in(committee, name="Canary Member")
    discussion = DiscussionFactory(committee=committee)
    post_comment(discussion, author=member, text="Hello")
    address = reverse("participation:discussion_people", args=[discussion.pk])

    client.force_login(resident)
    assert client.get(address, {"q": "can"}).status_code == 403
    client.force_login(member.user)
    assert client.get(address, {"q": "can"}).json() == {"names": ["Canary Member"]}
    assert (
        client.get(address, {"q": " "}).json() == client.get(address, {"q": "\x00"}).json() == {"names": []}
    )
    committee.privacy = Privacy.PRIVATE
    committee.save()
    client.force_login(citizen)
    assert client.get(address, {"q": "can"}).status_code == 404
