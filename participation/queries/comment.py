"""Reads of discussions: which comments this viewer sees, in what words, and what the viewer may do with each."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from participation.enums import CommentState
from participation.models import Comment, Discussion
from participation.rules import may_comment, may_moderate, may_read_discussion

PER_PAGE = 20
EDITING_TIME = dt.timedelta(minutes=30)
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True)
class ShownComment:
    """A comment as one viewer sees it: without the text, the author or the reason that are not for these eyes."""

    pk: int
    state: str
    author_name: str
    text: str
    reason: str
    posted_at: dt.datetime
    edited_at: dt.datetime | None
    may_answer: bool
    may_edit: bool
    may_withdraw: bool
    may_hide: bool
    may_restore: bool
    answers: "list[ShownComment]" = field(default_factory=list)

    @property
    def has_actions(self) -> bool:
        return self.may_answer or self.may_edit or self.may_withdraw or self.may_hide or self.may_restore

    @property
    def is_visible(self) -> bool:
        return self.state == CommentState.VISIBLE

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CommentState.WITHDRAWN


def visible_comments(
    discussion: Discussion, viewer, *, order: str = NEWEST, page: str | int | None = 1
) -> Page:
    """Return one page of at most 20 `ShownComment` with their answers, in three queries.

    Hidden and withdrawn comments appear without their words, and only where an answer to them is still visible; their
    author sees a hidden one with the reason, and so do moderators. A discussion that `viewer` may not read has no comments.
    """
    mode = _Mode.of(discussion, viewer)
    readable = may_read_discussion(viewer, discussion)
    roots = _shown_roots(discussion, mode) if readable else Comment.objects.none()
    shown_page = Paginator(_rows(_ordered(roots, order)), PER_PAGE).get_page(page)
    shown = list(shown_page.object_list)
    answers: dict[int, list[ShownComment]] = {comment.pk: [] for comment in shown}
    if shown:
        found = Comment.objects.filter(mode.sees, parent__in=answers).order_by("posted_at", "pk")
        for answer in _rows(found):
            answers[answer.parent_id].append(mode.show(answer))
    contributions = [mode.show(comment, answers[comment.pk]) for comment in shown]
    return Page(contributions, shown_page.number, shown_page.paginator)


def comment_count(discussion: Discussion) -> int:
    """Count the comments and answers that everybody may read."""
    return discussion.comments.filter(state=CommentState.VISIBLE).count()


def comment_counts(discussion_ids: Collection[int]) -> dict[int, int]:
    """Count for many discussions at once, in one query: `{discussion id: number}` without those that have none."""
    rows = Comment.objects.filter(discussion__in=discussion_ids, state=CommentState.VISIBLE).order_by()
    return dict(rows.values_list("discussion").annotate(Count("pk")))


def page_of(comment: Comment, viewer, *, order: str = NEWEST) -> int | None:
    """Return on which page of the discussion `viewer` finds this comment or answer; None where it is not shown."""
    discussion = comment.discussion
    if not may_read_discussion(viewer, discussion):
        return None
    mode = _Mode.of(discussion, viewer)
    roots = _shown_roots(discussion, mode)
    root = roots.filter(pk=comment.parent_id or comment.pk).first()
    if root is None or (comment.parent_id and not Comment.objects.filter(mode.sees, pk=comment.pk).exists()):
        return None
    after = Q(posted_at__gt=root.posted_at) | Q(posted_at=root.posted_at, pk__gt=root.pk)
    before = Q(posted_at__lt=root.posted_at) | Q(posted_at=root.posted_at, pk__lt=root.pk)
    return roots.filter(before if order == OLDEST else after).count() // PER_PAGE + 1


def version_of(comment: Comment) -> str:
    """Return what changes with every edit, so that two windows cannot overwrite each other."""
    return (comment.edited_at or comment.posted_at).isoformat()


def comments_for_moderation() -> QuerySet[Comment]:
    """Return all comments with what a moderator needs to judge them, newest first."""
    return Comment.objects.select_related("author", "discussion", "hidden_by").order_by("-posted_at", "-pk")


def _ordered(roots: QuerySet[Comment], order: str) -> QuerySet[Comment]:
    return roots.order_by("posted_at", "pk") if order == OLDEST else roots.order_by("-posted_at", "-pk")


def _rows(comments: QuerySet[Comment]) -> QuerySet[Any]:
    """Read what is shown, as plain rows: models of comments and authors would cost more than the rest of a page."""
    return comments.values_list(
        "pk",
        "parent_id",
        "author_id",
        "author__display_name",
        "state",
        "text",
        "hidden_reason",
        "posted_at",
        "edited_at",
        named=True,
    )


def _shown_roots(discussion: Discussion, mode: "_Mode") -> QuerySet[Comment]:
    answered = Exists(Comment.objects.filter(mode.sees, parent=OuterRef("pk")))
    return discussion.comments.filter(mode.sees | Q(answered), parent=None)


@dataclass(frozen=True)
class _Mode:
    """What one viewer sees and may do in one discussion, asked once for all its comments."""

    participant_id: int | None
    moderates: bool
    takes_part: bool
    editable_since: dt.datetime

    @classmethod
    def of(cls, discussion: Discussion, viewer) -> "_Mode":
        participant = getattr(viewer, "participant", None) if viewer.is_authenticated else None
        return cls(
            participant_id=participant.pk if participant else None,
            moderates=may_moderate(viewer),
            takes_part=may_comment(viewer, discussion),
            editable_since=timezone.now() - EDITING_TIME,
        )

    @property
    def sees(self) -> Q:
        """The comments whose words this viewer reads."""
        seen = Q(state=CommentState.VISIBLE)
        if self.moderates:
            return seen | Q(state=CommentState.HIDDEN)
        if self.participant_id:
            return seen | Q(state=CommentState.HIDDEN, author=self.participant_id)
        return seen

    def show(self, comment: Any, answers: list[ShownComment] | None = None) -> ShownComment:
        is_mine = self.participant_id is not None and comment.author_id == self.participant_id
        is_visible = comment.state == CommentState.VISIBLE
        is_hidden = comment.state == CommentState.HIDDEN
        reads = is_visible or (is_hidden and (is_mine or self.moderates))
        return ShownComment(
            pk=comment.pk,
            state=comment.state,
            author_name=(comment.author__display_name or gettext("former participant")) if reads else "",
            text=comment.text if reads else "",
            reason=comment.hidden_reason if reads and is_hidden else "",
            posted_at=comment.posted_at,
            edited_at=comment.edited_at if reads else None,
            may_answer=is_visible and comment.parent_id is None and self.takes_part,
            may_edit=is_mine and is_visible and self.takes_part and comment.posted_at > self.editable_since,
            may_withdraw=is_mine and is_visible,
            may_hide=is_visible and self.moderates,
            may_restore=is_hidden and self.moderates,
            answers=answers or [],
        )
