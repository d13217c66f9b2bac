"""Reads of discussions: which comments this viewer sees, in what words, and what the viewer may do with each."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Mod, RowNumber
from django.utils import timezone
from django.utils.translation import gettext

from participation.enums import CommentState
from participation.foundation.errors import Missing
from participation.foundation.fair_order import multiplier_of
from participation.models import Comment, CommentOpinion, CommentVersion, Discussion
from participation.models.discussion import LOTS
from participation.rules import (
    may_answer_officially,
    may_comment,
    may_moderate_discussion,
    may_read_discussion,
)

PER_PAGE = 20
EDITING_TIME = dt.timedelta(minutes=30)
NEWEST, OLDEST, FAIR = "newest", "oldest", "fair"
ORDERS = (NEWEST, OLDEST, FAIR)
# A comment counts as judged once so many people have said what they think of it.
JUDGED = 5
# Of how many places in the fair order one goes to a comment that few have judged.
LOT_EVERY = 3
# Of the answers to a comment so many are shown at first; the others on request.
ANSWERS_SHOWN = 2


@dataclass(frozen=True)
class ShownComment:
    """A comment as one viewer sees it: without the text or the author that are not for these eyes.

    Why a comment is hidden is told to everybody. `my_opinion` is what the viewer thinks of it, None for nothing.
    """

    pk: int
    state: str
    author_name: str
    text: str
    reason: str
    posted_at: dt.datetime
    edited_at: dt.datetime | None
    agree_count: int
    disagree_count: int
    my_opinion: bool | None
    is_official: bool
    is_mine: bool
    may_answer: bool
    may_edit: bool
    may_withdraw: bool
    may_hide: bool
    may_restore: bool
    may_keep: bool
    may_flag: bool
    may_judge: bool
    may_mark: bool
    answers: "list[ShownComment]" = field(default_factory=list)
    more_answers: int = 0

    @property
    def has_actions(self) -> bool:
        return (
            self.may_answer
            or self.may_edit
            or self.may_withdraw
            or self.may_hide
            or self.may_restore
            or self.may_keep
            or self.may_flag
            or self.may_mark
        )

    @property
    def is_visible(self) -> bool:
        return self.state == CommentState.VISIBLE

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CommentState.WITHDRAWN

    @property
    def is_held(self) -> bool:
        return self.state == CommentState.HELD

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN


def visible_comments(
    discussion: Discussion,
    viewer,
    *,
    order: str = NEWEST,
    page: str | int | None = 1,
    opened: int | None = None,
) -> Page:
    """Return one page of at most 20 `ShownComment` with their answers, in three queries (four for who is signed in).

    Of each comment the first two answers are there, of the one with the key `opened` all.

    Everybody sees that a comment is hidden, and why; its words are for its author and for moderators, and so are comments
    that still wait to be looked at. A withdrawn one appears without its words where an answer to it is still visible. A
    discussion that `viewer` may not read has no comments.
    """
    mode = _Mode.of(discussion, viewer)
    readable = may_read_discussion(viewer, discussion)
    roots = _shown_roots(discussion, mode) if readable else Comment.objects.none()
    shown_page = Paginator(_rows(_ordered(roots, order)), PER_PAGE).get_page(page)
    shown = list(shown_page.object_list)
    answers: dict[int, list[ShownComment]] = {comment.pk: [] for comment in shown}
    totals: dict[int, int] = {}
    if shown:
        found = (
            Comment.objects.filter(mode.sees, parent__in=answers)
            .annotate(
                place=Window(
                    RowNumber(), partition_by=F("parent"), order_by=[F("posted_at").asc(), F("pk").asc()]
                ),
                total=Window(Count("pk"), partition_by=F("parent")),
            )
            .filter(Q(place__lte=ANSWERS_SHOWN) | Q(parent=opened))
            .order_by("posted_at", "pk")
        )
        below = list(_rows(found, "total"))
        totals = {row.parent_id: row.total for row in below}
        mode = mode.knowing_opinions([row.pk for row in (*shown, *below)])
        for answer in below:
            answers[answer.parent_id].append(mode.show(answer))
    contributions = [
        mode.show(comment, answers[comment.pk], total=totals.get(comment.pk, 0)) for comment in shown
    ]
    return Page(contributions, shown_page.number, shown_page.paginator)


def official_answer(discussion: Discussion, viewer) -> ShownComment | None:
    """Return the committee's answer, for who may read the discussion; one that is hidden meanwhile is none."""
    if discussion.official_answer_id is None or not may_read_discussion(viewer, discussion):
        return None
    found = Comment.objects.filter(pk=discussion.official_answer_id, state=CommentState.VISIBLE)
    row = _rows(found).first()
    return _Mode.of(discussion, viewer).show(row) if row is not None else None


def reads_comment(viewer, comment: Comment) -> bool:
    """Say whether `viewer` reads the words of this comment."""
    if not may_read_discussion(viewer, comment.discussion):
        return False
    mode = _Mode.of(comment.discussion, viewer)
    return Comment.objects.filter(mode.reads, pk=comment.pk).exists()


def versions_of(comment: Comment, viewer) -> list[CommentVersion]:
    """Return how a comment read before, the oldest first, then as it reads now; raises Missing for who may not read it."""
    if not reads_comment(viewer, comment):
        raise Missing
    now = CommentVersion(
        comment=comment, text=comment.text, written_at=comment.edited_at or comment.posted_at
    )
    return [*comment.versions.all(), now]


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
    if order == FAIR:
        standing = list(_ordered(roots, order).values_list("pk", flat=True))
        return standing.index(root.pk) // PER_PAGE + 1
    after = Q(posted_at__gt=root.posted_at) | Q(posted_at=root.posted_at, pk__gt=root.pk)
    before = Q(posted_at__lt=root.posted_at) | Q(posted_at=root.posted_at, pk__lt=root.pk)
    return roots.filter(before if order == OLDEST else after).count() // PER_PAGE + 1


def is_folded(answer: Comment) -> bool:
    """Say whether an answer stands behind those that are shown at first."""
    before = Q(posted_at__lt=answer.posted_at) | Q(posted_at=answer.posted_at, pk__lt=answer.pk)
    return (
        answer.parent_id is not None
        and Comment.objects.filter(before, parent=answer.parent_id)
        .exclude(state=CommentState.WITHDRAWN)
        .count()
        >= ANSWERS_SHOWN
    )


def version_of(comment: Comment) -> str:
    """Return what changes with every edit, so that two windows cannot overwrite each other."""
    return (comment.edited_at or comment.posted_at).isoformat()


def _ordered(roots: QuerySet[Comment], order: str) -> QuerySet[Comment]:
    if order == FAIR:
        return _fairly(roots)
    return roots.order_by("posted_at", "pk") if order == OLDEST else roots.order_by("-posted_at", "-pk")


def _fairly(roots: QuerySet[Comment]) -> QuerySet[Comment]:
    """Order by agreement, with every third place for one that few have judged, drawn by a lot that changes every day."""
    lot = Mod(Cast("lot", BigIntegerField()) * Value(multiplier_of(timezone.localdate(), LOTS)), Value(LOTS))
    few = Case(
        When(agree_count__lt=JUDGED - F("disagree_count"), then=True),
        default=False,
        output_field=BooleanField(),
    )
    rank = Window(
        RowNumber(), partition_by=few, order_by=[F("worth").desc(), F("drawn").asc(), F("pk").asc()]
    )
    ranked = roots.annotate(drawn=lot, few=few, worth=Case(When(few=True, then=0.0), default=F("score")))
    place = Case(
        When(few=True, then=F("rank") * LOT_EVERY * (LOT_EVERY - 1)),
        default=F("rank") * LOT_EVERY,
    )
    return ranked.annotate(rank=rank).annotate(place=place).order_by("place", "few", "pk")


def _rows(comments: QuerySet[Comment], *more: str) -> QuerySet[Any]:
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
        "agree_count",
        "disagree_count",
        *more,
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
    answers_officially: bool
    official_id: int | None
    editable_since: dt.datetime
    opinions: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, discussion: Discussion, viewer) -> "_Mode":
        participant = getattr(viewer, "participant", None) if viewer.is_authenticated else None
        return cls(
            participant_id=participant.pk if participant else None,
            moderates=may_moderate_discussion(viewer, discussion),
            takes_part=may_comment(viewer, discussion),
            answers_officially=may_answer_officially(viewer, discussion),
            official_id=discussion.official_answer_id,
            editable_since=timezone.now() - EDITING_TIME,
        )

    def knowing_opinions(self, pks: list[int]) -> "_Mode":
        """Return this with what the viewer thinks of these comments."""
        if self.participant_id is None or not pks:
            return self
        mine = CommentOpinion.objects.filter(participant=self.participant_id, comment__in=pks)
        return replace(self, opinions=dict(mine.values_list("comment", "agrees")))

    @property
    def reads(self) -> Q:
        """The comments whose words this viewer reads."""
        inside = Q(state__in=(CommentState.HIDDEN, CommentState.HELD))
        seen = Q(state=CommentState.VISIBLE)
        if self.moderates:
            return seen | inside
        return seen | (inside & Q(author=self.participant_id)) if self.participant_id else seen

    @property
    def sees(self) -> Q:
        """The comments this viewer is told of, with their words or with the reason why not."""
        return self.reads | Q(state=CommentState.HIDDEN)

    def show(
        self, comment: Any, answers: list[ShownComment] | None = None, *, total: int = 0
    ) -> ShownComment:
        is_mine = self.participant_id is not None and comment.author_id == self.participant_id
        is_visible = comment.state == CommentState.VISIBLE
        is_hidden, is_held = comment.state == CommentState.HIDDEN, comment.state == CommentState.HELD
        reads = is_visible or ((is_hidden or is_held) and (is_mine or self.moderates))
        is_official = comment.pk == self.official_id and is_visible
        return ShownComment(
            pk=comment.pk,
            state=comment.state,
            author_name=(comment.author__display_name or gettext("former participant")) if reads else "",
            text=comment.text if reads else "",
            reason=comment.hidden_reason if is_hidden else "",
            posted_at=comment.posted_at,
            edited_at=comment.edited_at if reads else None,
            agree_count=comment.agree_count if is_visible else 0,
            disagree_count=comment.disagree_count if is_visible else 0,
            my_opinion=self.opinions.get(comment.pk),
            is_official=is_official,
            is_mine=is_mine,
            may_answer=is_visible and comment.parent_id is None and self.takes_part,
            may_edit=is_mine
            and (is_visible or is_held)
            and self.takes_part
            and comment.posted_at > self.editable_since,
            may_withdraw=is_mine and (is_visible or is_held),
            may_hide=(is_visible or is_held) and self.moderates,
            may_restore=is_hidden and self.moderates and not is_mine,
            may_keep=is_held and self.moderates and not is_mine,
            may_flag=is_visible and self.participant_id is not None and not is_mine,
            may_judge=is_visible and self.takes_part and not is_mine,
            may_mark=is_visible and self.answers_officially,
            answers=answers or [],
            more_answers=total - len(answers or []) if total else 0,
        )
