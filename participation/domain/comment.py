"""Discussing: writing, mending and taking back one's own comments, and hiding those that break the rules."""

import datetime as dt

from django.db import transaction
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
from participation.foundation.locks import lock_for_share
from participation.foundation.text import clean_line, clean_text
from participation.models import Comment, Discussion, Participant
from participation.queries.comment import EDITING_TIME, version_of
from participation.rules import discussion_is_open, discussion_is_public, may_comment, may_moderate

MAX_LENGTH = 3000
MAX_REASON = 300
# Answers are shown with their comment, so their number bounds the page.
MAX_ANSWERS = 100
COMMENTS_IN_A_STRETCH = 10
STRETCH = dt.timedelta(minutes=10)


def limit_commenting(author: Participant) -> None:
    """Count one try to write; raises TooManyTries beyond ten in ten minutes. Call it outside of a transaction."""
    if not spend_attempt("comment", author.pk, limit=COMMENTS_IN_A_STRETCH, per=STRETCH):
        raise TooManyTries(
            _("You have written a lot in a short time. Please wait ten minutes and send it again.")
        )


@transaction.atomic
def post_comment(
    discussion: Discussion, *, author: Participant, text: str, parent: Comment | None = None
) -> Comment:
    """Add a comment, or an answer to `parent` (one level deep); tell its author and all who follow the discussion.

    Raises Missing for a discussion or comment that is not public, Conflict where comments are closed or a comment has
    a hundred answers, NotAllowed for a closed account, Invalid (field "text") for no words or more than 3000 characters.
    """
    words = _clean(text)
    lock_for_share(discussion)
    discussion.refresh_from_db()
    _refuse_who_may_not_comment(author, discussion)
    if parent is not None:
        parent = _locked(parent, discussion=discussion)
        if parent.state != CommentState.VISIBLE:
            raise Conflict(_("This comment has been removed, so it cannot be answered."))
        if parent.parent_id is not None:
            raise Invalid(
                _("You can answer a comment, but not an answer. Please answer the comment above it.")
            )
        if parent.answers.count() >= MAX_ANSWERS:
            raise Conflict(_("This comment has very many answers already. Please start a new comment."))
    comment = Comment.objects.create(discussion=discussion, author=author, text=words, parent=parent)
    _tell_about(comment)
    return comment


@transaction.atomic
def edit_comment(comment: Comment, *, author: Participant, text: str, version: str | None = None) -> Comment:
    """Change one's own comment within 30 minutes; return it as it is now.

    `version` is `version_of` the comment as the author saw it. Raises Conflict when it was changed since then, hidden,
    withdrawn or is too old, NotAllowed for somebody else's.
    """
    words = _clean(text)
    comment = _own(comment, author)
    _refuse_who_may_not_comment(author, comment.discussion)
    if comment.state != CommentState.VISIBLE:
        raise Conflict(_("This comment has been removed meanwhile, so it cannot be changed."))
    if version is not None and version != version_of(comment):
        raise Conflict(
            _("You have changed this comment in another window meanwhile. Please look at it again.")
        )
    now = database_now()
    if now - comment.posted_at > EDITING_TIME:
        raise Conflict(_("A comment can be changed for 30 minutes. You can answer it instead."))
    if words != comment.text:
        comment.text = words
        comment.edited_at = now
        comment.save(update_fields=["text", "edited_at"])
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, author: Participant) -> Comment:
    """Take one's own comment back for good; the answers to it stay. Doing it twice changes nothing."""
    comment = _own(comment, author)
    if comment.state == CommentState.HIDDEN:
        raise Conflict(_("A moderator has hidden this comment. Nobody else can read it."))
    if comment.state == CommentState.VISIBLE:
        comment.state = CommentState.WITHDRAWN
        comment.save(update_fields=["state"])
        take_back(comment.discussion, dedupe_key=_key(comment))
    return comment


@transaction.atomic
def hide_comment(comment: Comment, *, by, reason: str) -> Comment:
    """Hide a comment that breaks the rules of conversation, and tell its author why; `by` is the moderator's user.

    Whatever the author changes at the same moment, the comment ends hidden. Doing it twice changes nothing. Raises Invalid
    (field "reason") without a reason of at most 300 characters, Conflict when its author has withdrawn it.
    """
    if not may_moderate(by):
        raise NotAllowed(_("Only moderators may hide comments."))
    words = clean_line(reason)
    if not words:
        raise Invalid(
            _("Please write the reason. The author of the comment gets to read it."), field="reason"
        )
    if len(words) > MAX_REASON:
        raise Invalid(_("Please shorten the reason to 300 characters."), field="reason")
    comment = _locked(comment)
    if comment.state == CommentState.WITHDRAWN:
        raise Conflict(_("Its author has withdrawn this comment already."))
    if comment.state == CommentState.HIDDEN:
        return comment
    comment.state = CommentState.HIDDEN
    comment.hidden_reason = words
    comment.hidden_by = getattr(by, "participant", None)
    comment.save(update_fields=["state", "hidden_reason", "hidden_by"])
    record("participation.comment.hide", comment, by=by, reason=words)
    take_back(comment.discussion, dedupe_key=_key(comment))
    _tell_author(comment, _("A moderator has hidden your comment"), text=words)
    return comment


@transaction.atomic
def restore_comment(comment: Comment, *, by) -> Comment:
    """Show a hidden comment again, and tell its author; of a comment that is not hidden nothing changes."""
    if not may_moderate(by):
        raise NotAllowed(_("Only moderators may restore comments."))
    comment = _locked(comment)
    if comment.state != CommentState.HIDDEN:
        return comment
    record("participation.comment.restore", comment, by=by, reason=comment.hidden_reason)
    comment.state = CommentState.VISIBLE
    comment.hidden_reason = ""
    comment.hidden_by = None
    comment.save(update_fields=["state", "hidden_reason", "hidden_by"])
    _tell_author(comment, _("Your comment can be read again"))
    return comment


def _clean(text: str) -> str:
    words = clean_text(text)
    if not words:
        raise Invalid(_("Please write something."), field="text")
    if len(words) > MAX_LENGTH:
        raise Invalid(_("Please shorten your comment to 3000 characters."), field="text")
    return words


def _refuse_who_may_not_comment(author: Participant, discussion: Discussion) -> None:
    user = author.user
    if not discussion_is_public(user, discussion):
        raise Missing
    if not discussion_is_open(user, discussion):
        raise Conflict(_("Comments are closed here."), code="closed")
    if not may_comment(user, discussion):
        raise NotAllowed(_("Please sign in to write."))


def _locked(comment: Comment, **where) -> Comment:
    """Lock the row and read it anew; what happens to one comment happens one after the other (F29)."""
    locked = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("discussion", "author__user")
        .filter(pk=comment.pk, **where)
        .first()
    )
    if locked is None:
        raise Missing
    return locked


def _own(comment: Comment, author: Participant) -> Comment:
    comment = _locked(comment)
    if comment.author_id != author.pk:
        raise (
            NotAllowed(_("You can change only your own comments."))
            if comment.discussion.is_public
            else Missing()
        )
    return comment


def _key(comment: Comment) -> str:
    return f"comment-{comment.pk}"


def _place(comment: Comment) -> str:
    return reverse("participation:comment", args=[comment.pk])


def _tell_about(comment: Comment) -> None:
    """Tell whom it answers first: who also follows the discussion is then told once only (same key)."""
    discussion, author = comment.discussion, comment.author
    if author is None:
        return
    names = {"name": author.display_name, "title": discussion.title}
    place, key = _place(comment), _key(comment)
    answered = comment.parent.author if comment.parent else None
    if answered is not None and answered.pk != comment.author_id:
        title = format_lazy(_("{name} answered your comment on “{title}”"), **names)
        notify(
            answered,
            kind="participation.answer",
            title=title,
            path=place,
            dedupe_key=key,
            discussion=discussion,
        )
    notify_followers(
        discussion,
        kind="participation.comment",
        title=format_lazy(_("{name} wrote about “{title}”"), **names),
        path=place,
        dedupe_key=key,
        except_for=author,
    )


def _tell_author(comment: Comment, title, text: str = "") -> None:
    if comment.author is None:
        return
    notify(
        comment.author,
        kind="participation.moderation",
        title=title,
        text=text,
        path=_place(comment),
        # Each decision is told: the state changes under lock, so there is one at a time.
        dedupe_key=f"{_key(comment)}-{comment.state}-{database_now():%Y%m%d%H%M%S%f}",
    )
