"""Reads of moderation: what waits for a decision, who may decide it, and what its author gets to read."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from participation.enums import AppealState, CommentState, Privacy
from participation.foundation.errors import Missing
from participation.models import Appeal, Comment, CommentFlag, ModerationDecision, Participant
from participation.queries.committee import readable_committees
from participation.rules import may_moderate_discussion

WAITS = {
    "flagged": Q(is_flagged=True),
    "held": Q(state=CommentState.HELD),
    "appealed": Q(is_appealed=True),
}


def comments_for_moderation(user) -> QuerySet[Comment]:
    """Return the comments that this moderator may judge, with flags and appeal: what waits first, then the newest.

    What is said in a private committee is not among them unless the moderator may read that committee.
    """
    open_flags = CommentFlag.objects.filter(decision=None)
    found = judged_by(user).annotate(
        is_flagged=Exists(open_flags.filter(comment=OuterRef("pk"))),
        is_appealed=Exists(Appeal.objects.filter(decision__comment=OuterRef("pk"), state=AppealState.OPEN)),
    )
    return (
        found.annotate(waits=Q(is_flagged=True) | Q(is_appealed=True) | Q(state=CommentState.HELD))
        .select_related("author", "discussion__committee", "hidden_by")
        .prefetch_related(
            Prefetch("flags", open_flags, to_attr="open_flags"),
            Prefetch(
                "decisions",
                ModerationDecision.objects.filter(appeal__state=AppealState.OPEN).select_related("appeal"),
                to_attr="appealed_decisions",
            ),
        )
        .order_by("-waits", "-posted_at", "-pk")
    )


def judged_by(user) -> QuerySet[Comment]:
    """Return the comments outside of committees that `user` may not read."""
    committees = readable_committees(user)
    return Comment.objects.filter(
        Q(discussion__committee=None)
        | ~Q(discussion__committee__privacy=Privacy.PRIVATE)
        | Q(discussion__committee__in=committees)
    )


@dataclass(frozen=True)
class Waiting:
    """How many comments wait for a moderator, and why."""

    flagged: int
    held: int
    appealed: int


def waiting_for(user) -> Waiting:
    """Count what waits for this moderator, in one query."""
    counts = (
        comments_for_moderation(user)
        .order_by()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in WAITS.items()})
    )
    return Waiting(**counts)


def open_appeal_of(comment: Comment) -> Appeal | None:
    """Return the appeal about a comment that waits for an answer."""
    return Appeal.objects.filter(decision__comment=comment, state=AppealState.OPEN).first()


def own_decision(participant: Participant, pk: int) -> ModerationDecision:
    """Return a decision about a comment of this person, with its appeal; raises Missing for anybody else's."""
    found = (
        ModerationDecision.objects.select_related("comment__discussion__committee", "appeal")
        .filter(pk=pk, comment__author=participant)
        .first()
        if pk < 2**63
        else None
    )
    if found is None:
        raise Missing
    return found


def appeal_for(user, pk: int) -> Appeal:
    """Return an appeal that `user` may read as a moderator; raises Missing."""
    found = (
        Appeal.objects.select_related(
            "decision__comment__discussion__committee", "decision__comment__author", "decision__decided_by"
        )
        .filter(pk=pk)
        .first()
        if pk < 2**63
        else None
    )
    if found is None or not may_moderate_discussion(user, found.decision.comment.discussion):
        raise Missing
    return found
