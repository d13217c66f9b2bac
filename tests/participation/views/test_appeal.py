"""Reporting, reading a decision, appealing and deciding, in the browser without JavaScript."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from participation.domain.comment import edit_comment, post_comment
from participation.domain.moderation import appeal_against, flag_comment, hide_comment
from participation.models import Appeal, Comment, CommentFlag, DiscussionSettings, ModerationDecision
from tests.factories import DiscussionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(citizen):
    discussion = DiscussionFactory(title="Repair café", path="/budget/1/")
    return post_comment(discussion, author=citizen.participant, text="We would come every week.")


@pytest.fixture
def hidden(comment, moderator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    return ModerationDecision.objects.get()


def to(name, thing):
    return reverse(f"participation:{name}", args=[thing.pk])


def test_somebody_reports_a_comment_once(client, comment, resident):
    client.force_login(resident)
    assert "We would come every week." in client.get(to("comment_flag", comment)).content.decode()

    answer = client.post(to("comment_flag", comment), {"reason": "rude", "note": "Look"})
    again = client.post(to("comment_flag", comment), {"reason": "rude"})

    assert answer["Location"] == f"/budget/1/#comment-{comment.pk}"
    assert again.status_code == 409
    assert "reported this comment already" in again.content.decode()
    assert CommentFlag.objects.get().note == "Look"


def test_a_report_without_words_is_refused_at_the_field(client, comment, resident):
    client.force_login(resident)

    page = client.post(to("comment_flag", comment), {"reason": "other"}).content.decode()

    assert "Please write what is wrong with the comment." in page
    assert not CommentFlag.objects.exists()


def test_hidden_and_held_comments_cannot_be_reported_and_are_not_shown(client, comment, resident):
    client.force_login(resident)
    for state in ("held", "hidden"):
        Comment.objects.update(state=state, hidden_reason="Because")
        for answer in (client.get(to("comment_flag", comment)), client.post(to("comment_flag", comment))):
            assert answer.status_code == 404


def test_the_author_reads_why_and_appeals(client, hidden, citizen):
    client.force_login(citizen)
    page = client.get(to("moderation", hidden)).content.decode()
    assert "Insults a neighbour." in page
    assert "We would come every week." in page

    client.post(to("moderation", hidden), {"text": "It was a joke."})

    assert Appeal.objects.get().text == "It was a joke."
    page = client.get(to("moderation", hidden)).content.decode()
    assert "It waits for somebody who has not hidden the comment." in page
    assert "<textarea" not in page
    assert client.post(to("moderation", hidden), {"text": "Again"}).status_code == 409


def test_p2_a_decision_is_for_the_author_alone(client, hidden, resident, moderator):
    for user in (resident, moderator):
        client.force_login(user)
        assert client.get(to("moderation", hidden)).status_code == 404
        assert client.post(to("moderation", hidden), {"text": "Me"}).status_code == 404
    assert not Appeal.objects.exists()


def test_another_moderator_decides_the_appeal(client, hidden, citizen, moderator, administrator):
    appeal = appeal_against(hidden, author=citizen.participant, text="It was a joke.")
    client.force_login(moderator)
    assert "You have hidden this comment yourself." in client.get(to("appeal", appeal)).content.decode()
    assert client.post(to("appeal", appeal), {"granted": "no", "answer": "No"}).status_code == 403

    client.force_login(administrator)
    page = client.get(to("appeal", appeal)).content.decode()
    assert "It was a joke." in page
    client.post(to("appeal", appeal), {"granted": "yes", "answer": "It was."})

    appeal.refresh_from_db()
    assert appeal.state == "granted"
    assert Comment.objects.get().state == "visible"
    client.force_login(citizen)
    page = client.get(to("moderation", hidden)).content.decode()
    assert "It was." in page


def test_p10_nobody_else_finds_an_appeal(client, hidden, citizen, resident, officer):
    appeal = appeal_against(hidden, author=citizen.participant, text="Canary")
    for user in (citizen, resident, officer):
        client.force_login(user)
        assert client.get(to("appeal", appeal)).status_code == 404


def test_earlier_versions_are_shown(client, comment, citizen):
    edit_comment(comment, author=citizen.participant, text="Twice a week.")

    page = client.get(to("comment_versions", comment)).content.decode()

    assert page.index("Twice a week.") < page.index("We would come every week.")
    Comment.objects.update(state="hidden", hidden_reason="Because")
    assert client.get(to("comment_versions", comment)).status_code == 404


def test_opinions_are_given_and_taken_back(client, comment, resident):
    client.force_login(resident)
    for word, counts in (("yes", (1, 0)), ("no", (0, 1)), ("none", (0, 0))):
        answer = client.post(to("comment_opinion", comment), {"agrees": word})
        assert answer["Location"] == f"/budget/1/#comment-{comment.pk}"
        comment.refresh_from_db()
        assert (comment.agree_count, comment.disagree_count) == counts


def test_what_is_held_is_said_to_who_wrote_it(client, comment, settings):
    settings.PARTICIPATION_HOLD_FIRST_COMMENTS = 1
    newcomer = ParticipantFactory()
    client.force_login(newcomer.user)

    client.post(to("comment_post", comment.discussion), {"text": "Hello"})
    page = client.get(to("comment_post", comment.discussion)).content.decode()

    assert Comment.objects.get(author=newcomer).state == "held"
    assert "a moderator looks at your comment" in page


def test_twenty_comments_an_hour_in_one_discussion_are_enough(client, comment, resident, clock):
    client.force_login(resident)
    codes = []
    for number in range(21):
        if number == 10:
            clock.shift(601)
        codes.append(
            client.post(to("comment_post", comment.discussion), {"text": f"No. {number}"}).status_code
        )
    assert codes == [302] * 20 + [429]


def test_the_code_of_conduct_is_linked_at_each_form(client, comment, resident):
    site = Site.objects.get(is_default_site=True)
    conduct = site.root_page.add_child(instance=Page(title="How we talk", slug="conduct"))
    client.force_login(resident)
    forms = [
        to("comment_post", comment.discussion),
        to("comment_answer", comment),
        to("comment_flag", comment),
    ]
    assert all(b"/conduct/" not in client.get(form).content for form in forms)

    DiscussionSettings.objects.create(site=site, code_of_conduct=conduct)
    assert all(b'href="/conduct/"' in client.get(form).content for form in forms)

    conduct.unpublish()
    assert all(b"/conduct/" not in client.get(form).content for form in forms)


def test_the_orders_are_explained(client, comment):
    assert "Wilson" in client.get(reverse("participation:comment_order")).content.decode()


def test_reports_of_a_comment_are_for_moderators(client, comment, resident, citizen, moderator):
    flag_comment(comment, participant=resident.participant, reason="other", note="Canary of the report")
    for user in (citizen, resident):
        client.force_login(user)
        page = client.get(to("comment_post", comment.discussion)).content
        assert b"Canary" not in page
    client.force_login(moderator)
    queue = client.get("/admin/comments/").content.decode()
    assert "Canary of the report" in queue
    assert "Rosa Resident" not in queue
