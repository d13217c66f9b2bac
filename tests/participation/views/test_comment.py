"""The addresses of a discussion, for everybody who may call them, without JavaScript."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from participation.domain.comment import post_comment, withdraw_comment
from participation.domain.moderation import hide_comment
from participation.models import Comment, Follow
from participation.views.comment import discussion_context, place_of
from tests.factories import DiscussionFactory, ParticipantFactory
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(title="Repair café", path="/budget/1/")


@pytest.fixture
def comment(discussion, citizen):
    return post_comment(discussion, author=citizen.participant, text="We would come every week.")


def to(name, thing):
    return reverse(f"participation:{name}", args=[thing.pk])


def shown(discussion, user, rf, **query):
    """The part of a page that shows the discussion to `user`."""
    request = rf.get(discussion.path, query)
    request.user = user
    context = discussion_context(discussion, request)
    return render_to_string("participation/parts/discussion.html", context, request=request)


def test_a_comment_is_posted_and_its_author_led_to_it(client, discussion, citizen):
    client.force_login(citizen)

    answer = client.post(to("comment_post", discussion), {"text": "Good idea!"})

    comment = Comment.objects.get()
    assert (comment.text, comment.author.user, comment.discussion) == ("Good idea!", citizen, discussion)
    assert answer["Location"] == f"/budget/1/#comment-{comment.pk}"


def test_without_a_page_of_the_thing_the_form_stands_on_its_own(client, discussion, citizen):
    client.force_login(citizen)

    page = client.get(to("comment_post", discussion)).content.decode()

    assert "Repair café" in page
    assert '<textarea name="text"' in page


def test_strangers_sign_in_first_and_come_back_to_the_form(client, discussion):
    answer = client.post(to("comment_post", discussion), {"text": "Hello"})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next=/comments/discussion/{discussion.pk}/")
    assert not Comment.objects.exists()


def test_v15_posting_needs_a_token_of_ours(discussion, citizen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    assert client.post(to("comment_post", discussion), {"text": "Hello"}).status_code == 403
    assert not Comment.objects.exists()


def test_an_empty_comment_is_refused_with_words(client, discussion, citizen):
    client.force_login(citizen)

    page = client.post(to("comment_post", discussion), {"text": " \n"}).content.decode()

    assert "This field is required." in page
    assert not Comment.objects.exists()


def test_f20_a_nul_character_is_refused_with_words(client, discussion, citizen):
    client.force_login(citizen)

    answer = client.post(to("comment_post", discussion), {"text": "a\x00b"})

    assert answer.status_code == 200
    assert not Comment.objects.exists()


def test_programs_that_fill_the_hidden_field_believe_they_were_heard(client, discussion, citizen):
    client.force_login(citizen)

    answer = client.post(
        to("comment_post", discussion), {"text": "Buy gold", "website": "http://gold.example"}
    )

    assert answer["Location"] == "/budget/1/"
    assert not Comment.objects.exists()


def test_the_eleventh_comment_in_ten_minutes_waits_and_its_words_stay_in_the_form(
    client, discussion, citizen
):
    client.force_login(citizen)
    answers = [client.post(to("comment_post", discussion), {"text": f"No. {number}"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "No. 10</textarea>" in answers[10].content.decode()
    assert Comment.objects.count() == 10


ADDRESSES_OF_COMMENTS = (
    "comment",
    "comment_answer",
    "comment_edit",
    "comment_withdraw",
    "comment_hide",
    "comment_restore",
)
ADDRESSES_OF_DISCUSSIONS = ("comment_post", "follow", "unfollow")


@pytest.mark.parametrize("who", ["citizen", "resident", "officer"])
def test_p2_what_is_not_public_looks_like_what_does_not_exist(client, discussion, comment, who, request):
    type(discussion).objects.update(is_public=False)
    client.force_login(request.getfixturevalue(who))

    for names, thing in ((ADDRESSES_OF_COMMENTS, comment), (ADDRESSES_OF_DISCUSSIONS, discussion)):
        for name in names:
            nothing = client.get(reverse(f"participation:{name}", args=[thing.pk + 1000]))
            for answer in (
                client.get(to(name, thing)),
                client.post(to(name, thing), {"text": "x", "reason": "x"}),
            ):
                if answer.status_code != 405:
                    assert answer.status_code == nothing.status_code == 404, name
                    assert b"every week" not in answer.content
                    assert "Repair café".encode() not in answer.content
    assert Comment.objects.get().state == "visible"
    assert not Follow.objects.exists()


@pytest.mark.parametrize("name", ADDRESSES_OF_DISCUSSIONS)
def test_p4_not_even_a_moderator_reads_a_drafts_title_at_a_guessed_address(
    client, discussion, moderator, name
):
    client.force_login(moderator)
    assert "Repair café" in client.get(to("comment_post", discussion)).content.decode()
    type(discussion).objects.update(is_public=False)

    for answer in (client.get(to(name, discussion)), client.post(to(name, discussion), {"text": "x"})):
        assert answer.status_code == 404
        assert "Repair café" not in answer.content.decode()


def test_p2_strangers_get_no_comment_of_a_private_discussion(client, discussion, comment):
    type(discussion).objects.update(is_public=False)

    assert client.get(to("comment", comment)).status_code == 404


def test_a_closed_discussion_tells_so_and_keeps_the_words(client, discussion, citizen):
    type(discussion).objects.update(is_open=False)
    client.force_login(citizen)

    assert "Comments are closed here" in client.get(to("comment_post", discussion)).content.decode()
    answer = client.post(to("comment_post", discussion), {"text": "Hello"})
    assert answer.status_code == 409
    assert "Hello</textarea>" in answer.content.decode()


def test_an_answer_is_posted(client, comment, resident):
    client.force_login(resident)
    assert "We would come every week." in client.get(to("comment_answer", comment)).content.decode()

    answer = client.post(to("comment_answer", comment), {"text": "Me too!"})

    mine = Comment.objects.get(parent=comment)
    assert answer["Location"] == f"/budget/1/#comment-{mine.pk}"


def test_a_hidden_comment_is_not_shown_to_who_would_answer(client, comment, resident, moderator):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    client.force_login(resident)

    assert client.get(to("comment_answer", comment)).status_code == 404
    assert client.post(to("comment_answer", comment), {"text": "Hi"}).status_code == 404


def test_the_author_mends_a_comment(client, comment, citizen):
    client.force_login(citizen)
    page = client.get(to("comment_edit", comment)).content.decode()
    version = re.search(r'name="version" value="([^"]+)"', page)[1]

    client.post(to("comment_edit", comment), {"text": "Twice a week.", "version": version})
    answer = client.post(to("comment_edit", comment), {"text": "Thrice a week.", "version": version})

    comment.refresh_from_db()
    assert comment.text == "Twice a week."
    assert answer.status_code == 409
    assert "Thrice a week.</textarea>" in answer.content.decode()


def test_the_author_withdraws_a_comment_after_a_question(client, comment, citizen):
    client.force_login(citizen)
    client.get(to("comment_withdraw", comment))
    assert Comment.objects.get().state == "visible"

    client.post(to("comment_withdraw", comment))

    assert Comment.objects.get().state == "withdrawn"


@pytest.mark.parametrize("name", ["comment_edit", "comment_withdraw", "comment_hide", "comment_restore"])
def test_p11_others_are_refused(client, comment, resident, name):
    client.force_login(resident)

    for answer in (
        client.get(to(name, comment)),
        client.post(to(name, comment), {"text": "x", "reason": "x"}),
    ):
        assert answer.status_code == 403
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("We would come every week.", "visible")


def test_a_moderator_hides_with_a_reason_and_restores(client, comment, moderator):
    client.force_login(moderator)
    assert client.post(to("comment_hide", comment), {"reason": ""}).status_code == 200
    assert Comment.objects.get().state == "visible"

    client.post(to("comment_hide", comment), {"reason": "Insults a neighbour."})
    assert Comment.objects.get().state == "hidden"

    assert "Insults a neighbour." in client.get(to("comment_restore", comment)).content.decode()
    assert Comment.objects.get().state == "hidden"
    client.post(to("comment_restore", comment))
    assert Comment.objects.get().state == "visible"


def test_f29_hiding_what_was_withdrawn_meanwhile_says_so_without_its_words(
    client, comment, citizen, moderator
):
    withdraw_comment(comment, author=citizen.participant)
    client.force_login(moderator)

    answer = client.post(to("comment_hide", comment), {"reason": "Insults a neighbour."})

    assert answer.status_code == 409
    assert "every week" not in answer.content.decode()


def test_the_lasting_address_leads_to_the_right_page(client, discussion, citizen):
    first = post_comment(discussion, author=citizen.participant, text="First")
    for _n in range(20):
        last = post_comment(discussion, author=citizen.participant, text="More")

    assert client.get(to("comment", last))["Location"] == f"/budget/1/#comment-{last.pk}"
    assert client.get(to("comment", first))["Location"] == f"/budget/1/?comments=2#comment-{first.pk}"


def test_the_lasting_address_of_a_hidden_comment_leads_to_its_place_and_that_of_a_held_one_to_the_thing(
    client, comment, moderator
):
    hide_comment(comment, by=moderator, reason="Insults a neighbour.")
    assert client.get(to("comment", comment))["Location"] == f"/budget/1/#comment-{comment.pk}"

    Comment.objects.update(state="held")
    assert client.get(to("comment", comment))["Location"] == "/budget/1/"


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", ""]
)
def test_s1_nobody_is_led_away_from_this_site(path):
    assert place_of(DiscussionFactory(path=path)) == "/"


def test_people_follow_and_leave(client, discussion, citizen):
    client.force_login(citizen)
    client.get(to("follow", discussion))
    assert not Follow.objects.exists()

    for _twice in range(2):
        assert client.post(to("follow", discussion))["Location"] == "/budget/1/"
    assert Follow.objects.get().participant == citizen.participant

    client.post(to("unfollow", discussion))
    assert not Follow.objects.exists()


def test_p17_how_many_follow_is_shown_and_not_who(discussion, citizen, resident, rf):
    Follow.objects.create(discussion=discussion, participant=citizen.participant)
    request = rf.get("/budget/1/")
    request.user = resident

    context = discussion_context(discussion, request)
    part = render_to_string("participation/parts/follow.html", context, request=request)

    assert "1 person follows this" in part
    assert "Carla" not in part


def test_the_form_is_shown_only_to_who_may_write(discussion, comment, citizen, stranger, rf):
    assert "<form" in shown(discussion, citizen, rf)
    assert "<form" not in shown(discussion, stranger, rf)
    assert "Sign in to comment" in shown(discussion, stranger, rf)

    discussion.is_open = False
    part = shown(discussion, citizen, rf)
    assert "<textarea" not in part
    assert "We would come every week." in part


def test_p15_neither_address_nor_hidden_words_of_others_are_shown(
    discussion, comment, citizen, resident, moderator, rf
):
    other = post_comment(discussion, author=resident.participant, text="Canary one")
    hide_comment(other, by=moderator, reason="Insults somebody.")
    assert "Canary one" in shown(discussion, moderator, rf)

    part = shown(discussion, citizen, rf)

    assert "Canary" not in part
    assert "@" not in part.replace("Write @ and a name", "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x1_names_and_texts_are_shown_literally(discussion, rf, stranger, payload):
    author = ParticipantFactory(display_name=payload[:80])
    Comment.objects.create(discussion=discussion, author=author, text=payload)

    part = shown(discussion, stranger, rf)

    outside = re.sub(r"<(/?)(section|div|h2|article|span|strong|bdi|a|time|p|br|svg|path)\b[^<>]*>", "", part)
    assert "<" not in outside
    assert not re.search(r"<[^>]*\son\w+=", part)
    assert escape(payload.split()[-1]) in part


@pytest.mark.parametrize("name", ["comments", "order", "answers"])
@pytest.mark.parametrize("value", ["abc", "-1", "0", "999999999999", '"><svg onload=alert(1)>', "\x00"])
def test_x3_odd_parameters_show_a_page(discussion, comment, stranger, rf, name, value):
    part = shown(discussion, stranger, rf, **{name: value})

    assert "We would come every week." in part
    assert "<svg onload" not in part


def test_a_discussion_of_100_comments_takes_seven_queries_for_a_stranger(
    discussion, citizen, stranger, rf, django_assert_num_queries
):
    author = citizen.participant
    roots = Comment.objects.bulk_create(
        Comment(discussion=discussion, author=author, text="Hello") for _n in range(40)
    )
    Comment.objects.bulk_create(
        Comment(discussion=discussion, author=author, text="Hi", parent=root)
        for root in roots
        for _n in range(2)
    )

    with django_assert_num_queries(7):
        assert shown(discussion, stranger, rf).count('class="comment"') == 60


def test_s11_what_is_kept_of_a_discussion_is_shown_to_nobody_else(
    discussion, comment, citizen, moderator, stranger, rf
):
    other = post_comment(discussion, author=citizen.participant, text="Canary one")
    hide_comment(other, by=moderator, reason="Insults somebody.")
    assert "Canary one" in shown(discussion, moderator, rf)
    assert to("comment_hide", comment) in shown(discussion, moderator, rf)
    assert to("comment_edit", comment) in shown(discussion, citizen, rf)

    first, again = shown(discussion, stranger, rf), shown(discussion, stranger, rf)

    assert first == again
    assert "Canary" not in first
    assert to("comment_hide", comment) not in first
    assert to("comment_edit", comment) not in first


def test_a_changed_or_renamed_comment_is_shown_at_once(discussion, comment, citizen, stranger, rf):
    assert "We would come every week." in shown(discussion, stranger, rf)

    Comment.objects.filter(pk=comment.pk).update(text="We come on Mondays.")
    citizen.participant.display_name = "Carla the Second"
    citizen.participant.save()

    part = shown(discussion, stranger, rf)
    assert "We come on Mondays." in part
    assert "Carla the Second" in part
    assert "every week" not in part
