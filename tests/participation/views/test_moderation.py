"""The moderators' queue in the Wagtail admin."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from participation.domain.comment import post_comment, withdraw_comment
from participation.domain.moderation import appeal_against, flag_comment, hide_comment
from participation.enums import Privacy
from participation.models import Comment
from tests.factories import DiscussionFactory, ParticipantFactory
from tests.participation.meetings import let_in, make_committee
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

QUEUE = "/admin/comments/"


@pytest.fixture
def comment(citizen):
    discussion = DiscussionFactory(title="Repair café", path="/budget/1/")
    return post_comment(discussion, author=citizen.participant, text="We would come every week.")


def action(name, *comments):
    address = reverse("wagtail_bulk_action", args=["participation", "comment", name])
    return address + "?" + "&".join([f"id={comment.pk}" for comment in comments] + [f"next={QUEUE}"])


def test_moderators_see_the_newest_comments_and_what_to_do_with_them(client, comment, moderator):
    client.force_login(moderator)

    page = client.get(QUEUE).content.decode()

    for words in (
        "We would come every week.",
        "Carla Citizen",
        "Repair café",
        action("hide", comment).split("?")[0],
    ):
        assert words in page


def test_the_queue_is_filtered_by_state(client, comment, citizen, moderator):
    hidden = post_comment(comment.discussion, author=citizen.participant, text="Buy gold")
    hide_comment(hidden, by=moderator, reason="Advertising.")
    client.force_login(moderator)

    page = client.get(QUEUE, {"state": "hidden"}).content.decode()

    assert "Buy gold" in page
    assert "Advertising." in page
    assert "every week" not in page


def test_what_was_withdrawn_is_not_read_by_moderators_either(client, comment, citizen, moderator):
    withdraw_comment(comment, author=citizen.participant)
    client.force_login(moderator)

    page = client.get(QUEUE).content.decode()

    assert "(withdrawn by its author)" in page
    assert "every week" not in page


def test_several_comments_are_hidden_with_one_reason_and_restored(client, comment, citizen, moderator):
    other = post_comment(comment.discussion, author=citizen.participant, text="Buy gold")
    client.force_login(moderator)
    assert "Buy gold" in client.get(action("hide", comment, other)).content.decode()
    client.post(action("hide", comment, other), {"reason": ""})
    assert not Comment.objects.filter(state="hidden").exists()

    answer = client.post(action("hide", comment, other), {"reason": "Advertising."})

    assert answer["Location"] == QUEUE
    assert list(Comment.objects.values_list("state", "hidden_reason")) == [("hidden", "Advertising.")] * 2
    assert ModelLogEntry.objects.filter(action="participation.comment.hide", user=moderator).count() == 2

    client.post(action("restore", comment, other))
    assert not Comment.objects.filter(state="hidden").exists()


def test_f29_one_withdrawn_meanwhile_does_not_stop_the_others(client, comment, citizen, moderator):
    other = post_comment(comment.discussion, author=citizen.participant, text="Buy gold")
    withdraw_comment(comment, author=citizen.participant)
    client.force_login(moderator)

    answer = client.post(action("hide", comment, other), {"reason": "Advertising."}, follow=True)

    assert "1 comment is hidden." in answer.content.decode()
    assert list(Comment.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "hidden"]


@pytest.mark.parametrize("who", ["officer", "editor"])
def test_p10_p18_staff_without_the_right_get_nothing_and_learn_nothing(client, comment, who, request):
    client.force_login(request.getfixturevalue(who))

    for name in ("hide", "restore"):
        for answer in (
            client.get(action(name, comment)),
            client.post(action(name, comment), {"reason": "x"}),
        ):
            assert answer.status_code in (302, 403)
            assert b"every week" not in answer.content
    assert b"every week" not in client.get(QUEUE).content
    comment.refresh_from_db()
    assert comment.state == "visible"


@pytest.mark.parametrize("who", ["moderator", "administrator"])
def test_nobody_edits_adds_or_deletes_comments_of_others(client, comment, who, request):
    client.force_login(request.getfixturevalue(who))

    for path in ("new/", f"edit/{comment.pk}/", f"delete/{comment.pk}/"):
        answer = client.post(f"{QUEUE}{path}", {"state": "hidden", "text": "x"})
        assert answer.status_code in (302, 403, 404)
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("We would come every week.", "visible")


@pytest.mark.parametrize("ids", ["id=all", "id=abc", "id=", "id=99999999999999999999", "id=%00", "id=٣"])
def test_odd_choices_are_not_found(client, comment, moderator, ids):
    client.force_login(moderator)
    address = reverse("wagtail_bulk_action", args=["participation", "comment", "hide"])

    assert client.post(f"{address}?{ids}", {"reason": "x"}).status_code == 404
    assert Comment.objects.get().state == "visible"


def test_the_queue_takes_the_same_number_of_queries_for_1_and_40(
    client, comment, moderator, django_assert_max_num_queries
):
    client.force_login(moderator)
    client.get(QUEUE)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(20) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
        for _n in range(39):
            author = ParticipantFactory()
            Comment.objects.create(discussion=DiscussionFactory(), author=author, text="Hello")

    assert counts[0] == counts[1]


@pytest.mark.parametrize("payload", PAYLOADS[:12])
def test_x5_payloads_are_shown_literally_in_queue_and_audit_log(client, moderator, administrator, payload):
    author = ParticipantFactory(display_name=payload[:80])
    comment = Comment.objects.create(discussion=DiscussionFactory(title=payload), author=author, text=payload)
    hide_comment(comment, by=moderator, reason=payload)
    client.force_login(administrator)

    for path in (QUEUE, action("restore", comment), "/admin/reports/site-history/"):
        page = client.get(path).content.decode()
        if "<" in payload:
            assert payload not in page
        if path != "/admin/reports/site-history/":
            assert escape(payload) in page


def test_what_waits_comes_first_with_its_counts_and_filters(client, comment, citizen, resident, moderator):
    flagged = post_comment(comment.discussion, author=citizen.participant, text="Flagged words")
    held = post_comment(comment.discussion, author=citizen.participant, text="Held words")
    Comment.objects.filter(pk=held.pk).update(state="held")
    hidden = post_comment(comment.discussion, author=citizen.participant, text="Appealed words")
    newest = post_comment(comment.discussion, author=citizen.participant, text="Newest words")
    flag_comment(flagged, participant=resident.participant, reason="spam")
    hide_comment(hidden, by=moderator, reason="Advertising.")
    appeal = appeal_against(hidden.decisions.get(), author=citizen.participant, text="No!")
    client.force_login(moderator)

    page = client.get(QUEUE).content.decode()
    found = {
        waits: client.get(QUEUE, {"waits": waits}).content.decode()
        for waits in ("any", "flagged", "held", "appealed")
    }

    order = [page.index(words) for words in ("Appealed words", "Held words", "Flagged words", newest.text)]
    assert order == sorted(order)
    assert "Reported by people</a>: <strong>1<" in page
    assert "First comments of new people</a>: <strong>1<" in page
    assert "Appeals</a>: <strong>1<" in page
    assert f"/comments/appeals/{appeal.pk}/" in found["appealed"]
    for waits, words in (("flagged", "Flagged"), ("held", "Held"), ("appealed", "Appealed")):
        shown = {
            each for each in ("Flagged", "Held", "Appealed", "Newest") if f"{each} words" in found[waits]
        }
        assert shown == {words}
    assert "Newest words" not in found["any"]
    assert client.get(QUEUE, {"waits": "unicorn"}).status_code == 200


def test_several_are_kept_at_once(client, comment, citizen, resident, moderator):
    held = post_comment(comment.discussion, author=citizen.participant, text="Held words")
    Comment.objects.filter(pk=held.pk).update(state="held")
    flag_comment(comment, participant=resident.participant, reason="spam")
    client.force_login(moderator)

    answer = client.post(action("keep", comment, held), follow=True)

    assert "2 comments stay." in answer.content.decode()
    assert set(Comment.objects.values_list("state", flat=True)) == {"visible"}
    assert not comment.flags.filter(decision=None).exists()


def test_what_is_said_in_a_private_committee_is_not_in_the_queue(client, moderator, administrator):
    committee = make_committee(Privacy.PRIVATE)
    discussion = DiscussionFactory(committee=committee, title="Canary title")
    comment = post_comment(discussion, author=let_in(committee), text="Canary words")
    client.force_login(administrator)
    assert b"Canary words" in client.get(QUEUE).content

    client.force_login(moderator)
    assert b"Canary" not in client.get(QUEUE).content
    for name in ("hide", "keep", "restore"):
        assert client.get(action(name, comment)).status_code == 404
        assert client.post(action(name, comment), {"reason": "x"}).status_code == 404


def test_other_queues_are_named_with_their_numbers(client, moderator, officer, comment):
    client.force_login(moderator)
    page = client.get(QUEUE).content.decode()

    assert "Reported errors of places" in page
    assert "Registrations of places" in page
    assert "Hidden proposals" not in page
