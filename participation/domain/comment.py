"""Discussing: writing, mending and taking back comments, saying what one thinks of others', and the committee's answer."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.limits import spend_attempt
from participation.domain.notification import notify, notify_followers, take_back
from participation.domain.participant import TooManyTries
from participation.enums import CommentState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.fair_order import wilson_lower_bound
from participation.foundation.locks import lock_for_share
from participation.foundation.text import clean_text
from participation.models import Comment, CommentOpinion, CommentVersion, Discussion, Participant
from participation.queries.comment import EDITING_TIME, version_of
from participation.queries.mention import mentioned_in
from participation.queries.newcomer import links_in, most_links_of, waits_for_moderators
from participation.rules import discussion_is_open, may_answer_officially, may_comment, may_find_discussion

MAX_LENGTH = 3000
# Answers are shown with their comment, so their number bounds the page.
MAX_ANSWERS = 100
COMMENTS_IN_A_STRETCH = 10
STRETCH = dt.timedelta(minutes=10)
COMMENTS_IN_A_DISCUSSION = 20
LONG_STRETCH = dt.timedelta(hours=1)
READ_BY_ITS_AUTHOR = (CommentState.VISIBLE, CommentState.HELD)


def limit_commenting(author: Participant, discussion: Discussion | None = None) -> None:
    """Count one try to write; raises TooManyTries beyond ten in ten minutes, or twenty an hour in one discussion.

    Call it outside of a transaction.
    """
    if discussion is not None and not spend_attempt(
        "comment-in", f"{author.pk}-{discussion.pk}", limit=COMMENTS_IN_A_DISCUSSION, per=LONG_STRETCH
    ):
        raise TooManyTries(
            _("You have written a lot here. Please let others have a word, and come back in an hour.")
        )
    if not spend_attempt("comment", author.pk, limit=COMMENTS_IN_A_STRETCH, per=STRETCH):
        raise TooManyTries(
            _("You have written a lot in a short time. Please wait ten minutes and send it again.")
        )


@transaction.atomic
def post_comment(
    discussion: Discussion, *, author: Participant, text: str, parent: Comment | None = None
) -> Comment:
    """Add a comment, or an answer to `parent` (one level deep); tell its author, who is mentioned, and all who follow.

    The first comments of somebody new are held: nobody hears of them until a moderator has looked. Raises Missing for a
    discussion or comment that `author` may not read, Conflict where comments are closed or a comment has a hundred answers,
    NotAllowed for a closed account and for who takes no part in the committee, Invalid (field "text") for no words, more than
    3000 characters, or more links than newcomers may write.
    """
    words = _clean(text)
    lock_for_share(discussion)
    discussion.refresh_from_db()
    _refuse_who_may_not_comment(author, discussion)
    if parent is not None:
        parent = locked_comment(parent, discussion=discussion)
        if parent.state != CommentState.VISIBLE:
            raise Conflict(_("This comment has been removed, so it cannot be answered."))
        if parent.parent_id is not None:
            raise Invalid(
                _("You can answer a comment, but not an answer. Please answer the comment above it.")
            )
        if parent.answers.count() >= MAX_ANSWERS:
            raise Conflict(_("This comment has very many answers already. Please start a new comment."))
    _refuse_too_many_links(words, author)
    is_held = waits_for_moderators(author)
    comment = Comment.objects.create(
        discussion=discussion,
        author=author,
        text=words,
        parent=parent,
        state=CommentState.HELD if is_held else CommentState.VISIBLE,
    )
    if not is_held:
        _tell_about(comment)
    return comment


@transaction.atomic
def edit_comment(comment: Comment, *, author: Participant, text: str, version: str | None = None) -> Comment:
    """Change one's own comment within 30 minutes, and keep how it read before; return it as it is now.

    `version` is `version_of` the comment as the author saw it. Raises Conflict when it was changed since then, hidden,
    withdrawn or is too old, NotAllowed for somebody else's.
    """
    words = _clean(text)
    comment = _own(comment, author)
    _refuse_who_may_not_comment(author, comment.discussion)
    if comment.state not in READ_BY_ITS_AUTHOR:
        raise Conflict(_("This comment has been removed meanwhile, so it cannot be changed."))
    if version is not None and version != version_of(comment):
        raise Conflict(
            _("You have changed this comment in another window meanwhile. Please look at it again.")
        )
    now = database_now()
    if now - comment.posted_at > EDITING_TIME:
        raise Conflict(_("A comment can be changed for 30 minutes. You can answer it instead."))
    if words != comment.text:
        _refuse_too_many_links(words, author)
        CommentVersion.objects.create(
            comment=comment, text=comment.text, written_at=comment.edited_at or comment.posted_at
        )
        comment.text = words
        comment.edited_at = now
        comment.save(update_fields=["text", "edited_at"])
        if comment.state == CommentState.VISIBLE:
            _tell_mentioned(comment)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, author: Participant) -> Comment:
    """Take one's own comment back for good; the answers to it stay. Doing it twice changes nothing."""
    comment = _own(comment, author)
    if comment.state == CommentState.HIDDEN:
        raise Conflict(_("A moderator has hidden this comment. Nobody else can read it."))
    if comment.state in READ_BY_ITS_AUTHOR:
        comment.state = CommentState.WITHDRAWN
        comment.save(update_fields=["state"])
        take_back(comment.discussion, dedupe_key=key_of(comment))
    return comment


@transaction.atomic
def give_opinion(comment: Comment, *, participant: Participant, agrees: bool | None) -> Comment:
    """Say that one agrees with a comment, disagrees (False), or has no opinion any more (None); the last word counts.

    Raises Missing, NotAllowed as for writing, Conflict for one's own comment, a removed one, or where comments are closed.
    """
    comment = locked_comment(comment)
    _refuse_who_may_not_comment(participant, comment.discussion)
    if comment.state != CommentState.VISIBLE:
        raise Conflict(_("This comment has been removed meanwhile."))
    if comment.author_id == participant.pk:
        raise Conflict(_("This is your own comment. Others say whether they agree."))
    mine = CommentOpinion.objects.filter(comment=comment, participant=participant)
    if agrees is None:
        mine.delete()
    elif not mine.update(agrees=agrees):
        CommentOpinion.objects.create(comment=comment, participant=participant, agrees=agrees)
    _count_opinions(comment)
    return comment


@transaction.atomic
def withdraw_opinion(opinion: CommentOpinion) -> None:
    """Take an opinion out of the counts, whatever has become of the comment."""
    comment = locked_comment(opinion.comment)
    opinion.delete()
    _count_opinions(comment)


def _count_opinions(comment: Comment) -> None:
    counts = comment.opinions.aggregate(all=Count("pk"), agree=Count("pk", filter=Q(agrees=True)))
    comment.agree_count, comment.disagree_count = counts["agree"], counts["all"] - counts["agree"]
    comment.score = wilson_lower_bound(comment.agree_count, counts["all"])
    comment.save(update_fields=["agree_count", "disagree_count", "score"])


@transaction.atomic
def mark_official(comment: Comment, *, by, official: bool = True) -> Comment:
    """Make a comment the answer of the committee whose matter is discussed, shown on top; or take that back.

    Raises Missing, NotAllowed unless `by` keeps the committee, Conflict for a comment that nobody reads.
    """
    comment = locked_comment(comment)
    discussion = comment.discussion
    if not may_find_discussion(by, discussion):
        raise Missing
    if not may_answer_officially(by, discussion):
        raise NotAllowed(_("Only the chair and the secretary of the committee say what its answer is."))
    if official and comment.state != CommentState.VISIBLE:
        raise Conflict(_("This comment cannot be read, so it cannot be the committee's answer."))
    if official == (discussion.official_answer_id == comment.pk):
        return comment
    discussion.official_answer = comment if official else None
    discussion.save(update_fields=["official_answer"])
    record("participation.comment.official", comment, by=by, is_official=official)
    if official:
        notify_followers(
            discussion,
            kind="participation.comment",
            title=format_lazy(_("The committee has answered about “{title}”"), title=discussion.title),
            path=_place(comment),
            dedupe_key=f"{key_of(comment)}-official",
            except_for=getattr(by, "participant", None),
        )
    return comment


def publish_held(comment: Comment) -> None:
    """Show a comment that waited for a moderator, and tell whom it concerns; call it with the row locked."""
    comment.state = CommentState.VISIBLE
    comment.save(update_fields=["state"])
    _tell_about(comment)


def _clean(text: str) -> str:
    words = clean_text(text)
    if not words:
        raise Invalid(_("Please write something."), field="text")
    if len(words) > MAX_LENGTH:
        raise Invalid(_("Please shorten your comment to 3000 characters."), field="text")
    return words


def _refuse_who_may_not_comment(author: Participant, discussion: Discussion) -> None:
    user = author.user
    if not may_find_discussion(user, discussion):
        raise Missing
    if not discussion_is_open(user, discussion):
        raise Conflict(_("Comments are closed here."), code="closed")
    if not may_comment(user, discussion):
        raise NotAllowed(
            _("Please sign in to write.")
            if discussion.committee_id is None
            else _("Only who takes part in the committee writes here. You can ask to join on its page.")
        )


def _refuse_too_many_links(words: str, author: Participant) -> None:
    most = most_links_of(author)
    if most is not None and links_in(words) > most:
        raise Invalid(
            _("You are new here: please write at most one link in a comment. Later you may write more."),
            field="text",
        )


def locked_comment(comment: Comment, **where) -> Comment:
    """Lock the row and read it anew; what happens to one comment happens one after the other (F29)."""
    locked = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("discussion__committee", "author__user")
        .filter(pk=comment.pk, **where)
        .first()
    )
    if locked is None:
        raise Missing
    return locked


def _own(comment: Comment, author: Participant) -> Comment:
    comment = locked_comment(comment)
    if comment.author_id != author.pk:
        raise (
            NotAllowed(_("You can change only your own comments."))
            if may_find_discussion(author.user, comment.discussion)
            else Missing()
        )
    return comment


def key_of(comment: Comment) -> str:
    """Return the key under which people are told of a comment, so that it can be taken back."""
    return f"comment-{comment.pk}"


def _place(comment: Comment) -> str:
    return reverse("participation:comment", args=[comment.pk])


def _tell_about(comment: Comment) -> None:
    """Tell whom it answers first: who also follows the discussion is then told once only (same key)."""
    discussion, author = comment.discussion, comment.author
    if author is None:
        return
    names = {"name": author.display_name, "title": discussion.title}
    place, key = _place(comment), key_of(comment)
    answered = comment.parent.author if comment.parent else None
    if answered is not None and answered.pk != comment.author_id:
        _tell_one(
            answered,
            discussion,
            kind="participation.answer",
            title=format_lazy(_("{name} answered your comment on “{title}”"), **names),
            path=place,
            dedupe_key=key,
        )
    _tell_mentioned(comment)
    notify_followers(
        discussion,
        kind="participation.comment",
        title=format_lazy(_("{name} wrote about “{title}”"), **names),
        path=place,
        dedupe_key=key,
        except_for=author,
    )


def _tell_mentioned(comment: Comment) -> None:
    author, discussion = comment.author, comment.discussion
    if author is None:
        return
    for person in mentioned_in(comment.text, discussion):
        if person.pk != author.pk:
            _tell_one(
                person,
                discussion,
                kind="participation.mention",
                title=format_lazy(
                    _("{name} mentions you on “{title}”"), name=author.display_name, title=discussion.title
                ),
                path=_place(comment),
                dedupe_key=key_of(comment),
            )


def _tell_one(person: Participant, discussion: Discussion, **words) -> None:
    """Tell one person, unless they may not read the discussion (any more)."""
    if may_find_discussion(person.user, discussion):
        notify(person, discussion=discussion, **words)
