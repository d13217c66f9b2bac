"""What editors decide about an event that was handed in: publish it, send it back with a question, or not accept it.

Where a workflow of Wagtail is under way, they decide in it, so that the page's own editor and history say the same.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from learning_events.domain.event import call_off_event, festival_of, locked
from learning_events.domain.event_news import tell_declined
from learning_events.domain.version import raise_programme_version
from learning_events.domain.workflow import ensure_workflow
from learning_events.models import EventPage, EventSubmission
from learning_events.queries.session import sessions_of
from learning_events.rules import may_run_festival
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, NotAllowed

LONGEST_ANSWER = 2000

__all__ = ["call_off_event", "decline_event", "publish_event", "return_event"]


def publish_event(event: EventPage, *, by, comment: str = "") -> EventPage:
    """Accept the event as it was last written: it is public now, or on the day for which its page is scheduled.

    In a workflow of several steps this approves the present one. Raises NotAllowed, Conflict (nothing waits) or Invalid
    (there is no session).
    """
    with transaction.atomic():
        event = _to_decide(event, by)
        state = event.current_workflow_task_state
        if event.live and not event.has_unpublished_changes and state is None:
            raise Conflict(_("This event is already published."))
        if not sessions_of(event).exists():
            raise Invalid(
                _("This event has no session yet, so nobody would know when to come."), field="sessions"
            )
        revision = event.get_latest_revision() or event.save_revision(user=by, log_action=False)
        if state is not None and _may_decide_in(state, event, by):
            state.task.specific.on_action(state, by, "approve", comment=comment.strip()[:LONGEST_ANSWER])
        elif event.permissions_for_user(by).can_publish():
            revision.publish(user=by)
        else:
            raise _not_yours(state)
        EventSubmission.objects.filter(event=event).update(declined_at=None, withdrawn_at=None)
        raise_programme_version()
        record("learning_events.accept_event", event, by=by, comment=comment.strip())
    event = EventPage.objects.get(pk=event.pk)
    return event


def return_event(event: EventPage, *, question: str, by) -> EventPage:
    """Send the event, or the change of a published one, back to who writes it, with a question.

    Where the page has no workflow yet it gets that of the festival, because the question lives in it. Raises NotAllowed,
    Conflict (nothing was handed in) or Invalid (no question).
    """
    question = _said(question, "question", _("Please write what the organiser shall answer or change."))
    with transaction.atomic():
        event = _to_decide(event, by)
        state = event.current_workflow_task_state or _state_begun(event, by)
        if not _may_decide_in(state, event, by):
            raise _not_yours(state)
        state.task.specific.on_action(state, by, "reject", comment=question)
        EventSubmission.objects.filter(event=event).update(answer=question, declined_at=None)
        record("learning_events.return_event", event, by=by, question=question)
    return EventPage.objects.get(pk=event.pk)


def decline_event(event: EventPage, *, reason: str, by) -> EventPage:
    """Leave the event out of the festival and say why; it stays a draft that its writer can read and copy.

    Raises NotAllowed, Invalid (no reason) or Conflict: a public event is called off instead, so that people hear of it.
    """
    reason = _said(reason, "reason", _("Please say why, in a sentence that the organiser may read."))
    with transaction.atomic():
        event = _to_decide(event, by)
        if event.live:
            raise Conflict(_("The event is public. Please call it off, so that people hear of it."))
        submission = EventSubmission.objects.filter(event=event).first()
        if submission is None or submission.sent_at is None:
            raise Conflict(_("This event has not been handed in."))
        state = event.current_workflow_state
        if state is not None:
            state.cancel(user=by)
        # What is scheduled would else be published by itself.
        event.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        submission.declined_at, submission.answer = database_now(), reason
        submission.save(update_fields=["declined_at", "answer"])
        record("learning_events.decline_event", event, by=by, reason=reason)
        tell_declined(event, reason, submission.declined_at.isoformat())
    return EventPage.objects.get(pk=event.pk)


def _to_decide(event: EventPage, by) -> EventPage:
    if not may_run_festival(by):
        raise NotAllowed(_("Only the people who run the festival decide about its events."))
    return locked(event, by)


def _state_begun(event: EventPage, by) -> TaskState:
    """Begin or take up the workflow of an event that was handed in; raises Conflict for one that was not."""
    submission = EventSubmission.objects.filter(event=event).first()
    if event.live or submission is None or submission.sent_at is None or submission.withdrawn_at is not None:
        raise Conflict(_("Nothing waits for an answer here: the event has not been handed in."))
    returned = event.current_workflow_state
    if returned is not None and returned.status == WorkflowState.STATUS_NEEDS_CHANGES:
        raise Conflict(_("This event has already been sent back. It waits for the organiser."))
    if event.get_latest_revision() is None:
        event.save_revision(user=by, log_action=False)
    ensure_workflow(festival_of(event)).start(event, by)
    begun = EventPage.objects.get(pk=event.pk).current_workflow_task_state
    if begun is None:
        raise Conflict(
            _("The workflow of this festival has no step. Please mend it under Settings, Workflows.")
        )
    return begun


def _may_decide_in(state: TaskState, event: EventPage, by) -> bool:
    return any(name == "approve" for name, *_rest in state.task.specific.get_actions(event, by))


def _not_yours(state: TaskState | None) -> NotAllowed:
    if state is None:
        return NotAllowed(_("You may not publish pages here. Please ask somebody who may."))
    return NotAllowed(
        _("In this step of the workflow others decide: %(step)s.") % {"step": state.task.name}, code="others"
    )


def _said(text: str, field: str, words) -> str:
    text = text.strip()
    if not text:
        raise Invalid(words, field=field)
    if len(text) > LONGEST_ANSWER:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": LONGEST_ANSWER}, field=field)
    return text
