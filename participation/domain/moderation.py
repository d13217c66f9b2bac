"""Moderating: flags, decisions with a reason that their author is told, and appeals that somebody else decides."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.domain.comment import key_of, locked_comment, publish_held
from participation.domain.limits import spend_attempt
from participation.domain.notification import notify, take_back
from participation.domain.participant import TooManyTries
from participation.enums import AppealState, CommentState, FlagReason, ModerationOutcome
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line, clean_text
from participation.models import Appeal, Comment, CommentFlag, ModerationDecision, Participant
from participation.queries.moderation import open_appeal_of
from participation.rules import has_public_name, is_signed_in, may_find_discussion, may_moderate_discussion

MAX_REASON = 300
MAX_APPEAL = 1000
FLAGS_A_DAY = 30
DAY = dt.timedelta(days=1)


def limit_flagging(participant: Participant) -> None:
    """Count one try to flag; raises TooManyTries beyond thirty a day. Call it outside of a transaction."""
    if not spend_attempt("flag", participant.pk, limit=FLAGS_A_DAY, per=DAY):
        raise TooManyTries(
            _("You have reported a lot today. Moderators look at it; please wait until tomorrow.")
        )


@transaction.atomic
def flag_comment(comment: Comment, *, participant: Participant, reason: str, note: str = "") -> CommentFlag:
    """Ask moderators to look at a comment; once for each person and comment.

    Raises Missing for what this person may not read, NotAllowed for a closed account, Conflict for one's own comment, a
    removed one and a second flag, Invalid naming the field.
    """
    words = clean_line(note)
    if reason not in FlagReason.values:
        raise Invalid(_("Please choose what is wrong with the comment."), field="reason")
    if reason == FlagReason.OTHER and not words:
        raise Invalid(_("Please write what is wrong with the comment."), field="note")
    if len(words) > MAX_REASON:
        raise Invalid(_("Please shorten this to 300 characters."), field="note")
    comment = locked_comment(comment)
    if not may_find_discussion(participant.user, comment.discussion):
        raise Missing
    if not (is_signed_in & has_public_name)(participant.user):
        raise NotAllowed(_("Please sign in to report a comment."))
    if comment.state == CommentState.HELD and comment.author_id != participant.pk:
        raise Missing
    if comment.author_id == participant.pk:
        raise Conflict(_("This is your own comment. You can change or withdraw it."))
    if comment.state != CommentState.VISIBLE:
        raise Conflict(_("This comment has been removed already."))
    if CommentFlag.objects.filter(comment=comment, participant=participant).exists():
        raise Conflict(_("You have reported this comment already. Moderators look at it."))
    return CommentFlag.objects.create(comment=comment, participant=participant, reason=reason, note=words)


@transaction.atomic
def hide_comment(comment: Comment, *, by, reason: str) -> Comment:
    """Hide a comment that breaks the rules of conversation, and tell its author why; `by` is the moderator's user.

    Whatever the author changes at the same moment, the comment ends hidden. Doing it twice changes nothing. Raises Invalid
    (field "reason") without a reason of at most 300 characters, Conflict when its author has withdrawn it.
    """
    words = _clean_reason(reason)
    comment = _moderated(comment, by, _("Only moderators may hide comments."))
    if comment.state == CommentState.WITHDRAWN:
        raise Conflict(_("Its author has withdrawn this comment already."))
    if comment.state == CommentState.HIDDEN:
        return comment
    comment.state = CommentState.HIDDEN
    comment.hidden_reason = words
    comment.hidden_by = getattr(by, "participant", None)
    comment.save(update_fields=["state", "hidden_reason", "hidden_by"])
    decision = _decide(comment, ModerationOutcome.HIDE, by=by, reason=words)
    record("participation.comment.hide", comment, by=by, reason=words)
    for ending in ("", "-official"):
        take_back(comment.discussion, dedupe_key=f"{key_of(comment)}{ending}")
    _tell_author(
        comment,
        decision,
        _("A moderator has hidden your comment"),
        text=_("The reason: %(reason)s If you think this is wrong, you can ask somebody else to look again.")
        % {"reason": words if words.endswith((".", "!", "?")) else f"{words}."},
    )
    return comment


@transaction.atomic
def keep_comment(comment: Comment, *, by) -> Comment:
    """Decide that a comment stays: what people said against it is dealt with, and one that was held is published.

    Of a comment that nobody has flagged and that is not held nothing changes. Raises Conflict for a hidden or withdrawn one.
    """
    comment = _moderated(comment, by, _("Only moderators may decide this."))
    if comment.state == CommentState.WITHDRAWN:
        raise Conflict(_("Its author has withdrawn this comment already."))
    if comment.state == CommentState.HIDDEN:
        raise Conflict(_("This comment is hidden. Restore it to show it again."))
    _refuse_own(comment, by)
    was_held = comment.state == CommentState.HELD
    if not was_held and not comment.flags.filter(decision=None).exists():
        return comment
    if was_held:
        publish_held(comment)
    decision = _decide(comment, ModerationOutcome.KEEP, by=by)
    record("participation.comment.keep", comment, by=by)
    if was_held:
        _tell_author(comment, decision, _("Your comment can be read now"))
    return comment


@transaction.atomic
def restore_comment(comment: Comment, *, by) -> Comment:
    """Show a hidden comment again, and tell its author; of a comment that is not hidden nothing changes.

    An appeal that still waits is settled by it.
    """
    comment = _moderated(comment, by, _("Only moderators may restore comments."))
    if comment.state != CommentState.HIDDEN:
        return comment
    _refuse_own(comment, by)
    if appeal := open_appeal_of(comment):
        _answer(appeal, AppealState.SETTLED, by=by)
    return _restore(comment, by=by)


@transaction.atomic
def appeal_against(decision: ModerationDecision, *, author: Participant, text: str) -> Appeal:
    """Ask somebody else to look again at the hiding of one's own comment; once for each decision.

    Raises Missing for anybody else's, Conflict for a comment that is not hidden any more and for a second appeal, Invalid
    (field "text") for no words or more than 1000 characters.
    """
    words = clean_text(text)
    if not words:
        raise Invalid(_("Please write why the comment should be shown."), field="text")
    if len(words) > MAX_APPEAL:
        raise Invalid(_("Please shorten this to 1000 characters."), field="text")
    comment = locked_comment(decision.comment)
    if comment.author_id != author.pk or not author.user.is_active:
        raise Missing
    if decision.outcome != ModerationOutcome.HIDE or comment.state != CommentState.HIDDEN:
        raise Conflict(_("This comment is not hidden any more."))
    if decision.pk != _last_decision(comment).pk:
        raise Conflict(
            _("This comment has been decided on again meanwhile. Please look at the newest decision.")
        )
    if Appeal.objects.filter(decision=decision).exists():
        raise Conflict(_("You have appealed against this decision already."))
    appeal = Appeal.objects.create(decision=decision, text=words)
    record("participation.comment.appeal", comment, by=author.user)
    return appeal


@transaction.atomic
def decide_appeal(appeal: Appeal, *, by, granted: bool, answer: str) -> Appeal:
    """Decide an appeal, once and for all; its author is told. Whoever hid the comment cannot decide.

    Raises Missing, NotAllowed, Conflict for an appeal that has been decided, Invalid (field "answer") without words.
    """
    words = _clean_reason(answer, field="answer")
    comment = _moderated(appeal.decision.comment, by, _("Only moderators decide appeals."))
    found = Appeal.objects.select_for_update(of=("self",)).select_related("decision").get(pk=appeal.pk)
    if found.state != AppealState.OPEN:
        raise Conflict(_("This appeal has been decided already."))
    _refuse_own(comment, by)
    if found.decision.decided_by_id == by.pk:
        raise NotAllowed(
            _("You have hidden this comment yourself. Somebody else has to decide about the appeal.")
        )
    _answer(found, AppealState.GRANTED if granted else AppealState.REJECTED, by=by, words=words)
    record("participation.comment.decide_appeal", comment, by=by, granted=granted, reason=words)
    if granted:
        _restore(comment, by=by, words=words)
    else:
        _tell_author(comment, found.decision, _("Your comment stays hidden after your appeal"), text=words)
    return found


def _restore(comment: Comment, *, by, words: str = "") -> Comment:
    record("participation.comment.restore", comment, by=by, reason=comment.hidden_reason)
    comment.state = CommentState.VISIBLE
    comment.hidden_reason = ""
    comment.hidden_by = None
    comment.save(update_fields=["state", "hidden_reason", "hidden_by"])
    decision = _decide(comment, ModerationOutcome.RESTORE, by=by, reason=words)
    _tell_author(comment, decision, _("Your comment can be read again"), text=words)
    return comment


def _answer(appeal: Appeal, state: AppealState, *, by, words: str = "") -> None:
    appeal.state, appeal.answer, appeal.answered_by, appeal.answered_at = state, words, by, database_now()
    appeal.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _decide(comment: Comment, outcome: ModerationOutcome, *, by, reason: str = "") -> ModerationDecision:
    """Write a decision, and that it deals with all open flags."""
    decision = ModerationDecision.objects.create(
        comment=comment, outcome=outcome, reason=reason, decided_by=by
    )
    comment.flags.filter(decision=None).update(decision=decision)
    return decision


def _last_decision(comment: Comment) -> ModerationDecision:
    return comment.decisions.order_by("-decided_at", "-pk")[0]


def _moderated(comment: Comment, by, words) -> Comment:
    comment = locked_comment(comment)
    if not may_moderate_discussion(by, comment.discussion):
        raise NotAllowed(words) if may_find_discussion(by, comment.discussion) else Missing()
    return comment


def _refuse_own(comment: Comment, by) -> None:
    if comment.author is not None and comment.author.user_id == by.pk:
        raise NotAllowed(_("This is your own comment. Somebody else has to decide about it."))


def _clean_reason(reason: str, *, field: str = "reason") -> str:
    words = clean_line(reason)
    if not words:
        raise Invalid(_("Please write the reason. The author of the comment gets to read it."), field=field)
    if len(words) > MAX_REASON:
        raise Invalid(_("Please shorten the reason to 300 characters."), field=field)
    return words


def _tell_author(comment: Comment, decision: ModerationDecision, title, text="") -> None:
    if comment.author is None:
        return
    notify(
        comment.author,
        kind="participation.moderation",
        title=title,
        text=text,
        path=reverse("participation:moderation", args=[decision.pk]),
        # Each decision is told: the state changes under lock, so there is one at a time.
        dedupe_key=f"{key_of(comment)}-{comment.state}-{database_now():%Y%m%d%H%M%S%f}",
    )
