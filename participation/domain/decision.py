"""What was decided, numbered by the year, and what is to be done, by whom and until when."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.returning import bring_back
from participation.domain.notification import notify
from participation.domain.rights import locked_meeting, person_of, refuse_unless, refuse_unless_keeper
from participation.enums import ActionState, MeetingState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.rules import Rule
from participation.foundation.text import clean_line, clean_text
from participation.models import ActionItem, AgendaItem, Committee, Decision, Meeting, Motion, Participant
from participation.queries.meeting import local
from participation.rules import may_keep_committee

MOST_OPEN = 200
HELD = (MeetingState.RUNNING, MeetingState.ENDED)


def decide(motion: Motion, meeting: Meeting) -> Decision:
    """Make an adopted motion a decision; for the vote that adopts it, inside its transaction."""
    return _numbered(
        meeting, title=motion.title, text=motion.text, item=motion.item, motion=motion, replaces=None
    )


def record_decision(
    item: AgendaItem, *, by, title: str, text: str, replaces: Decision | None = None
) -> Decision:
    """Record what was decided without a vote, by consensus; it may take the place of an earlier decision.

    Raises NotAllowed, Missing, Conflict for a meeting that is not in session or over, Invalid naming the field.
    """
    refuse_unless_keeper(item.meeting.committee, by)
    title, text = clean_line(title), clean_text(text)
    if not title or len(title) > 160:
        raise Invalid(_("Please give the decision a title of at most 160 characters."), field="title")
    if not text or len(text) > 5000:
        raise Invalid(_("Please write what was decided, in at most 5,000 characters."), field="text")
    with transaction.atomic():
        meeting = locked_meeting(item.meeting)
        if meeting.state not in HELD:
            raise Conflict(_("Something is decided in a meeting. Open it first."))
        if replaces is not None and replaces.committee_id != meeting.committee_id:
            raise Missing
        decision = _numbered(meeting, title=title, text=text, item=item, motion=None, replaces=replaces)
        record("participation.decision.record", meeting, by=by, decision=decision.pk, number=decision.number)
    return decision


def _numbered(meeting: Meeting, *, title, text, item, motion, replaces) -> Decision:
    """Give a decision the next number of its year; the committee's row is held, so that no number comes twice."""
    Committee.objects.select_for_update(of=("self",)).only("pk").get(pk=meeting.committee_id)
    decided_on = local(database_now(), meeting.zone).date()
    prefix = f"{decided_on.year}-"
    numbers = Decision.objects.filter(committee=meeting.committee_id, number__startswith=prefix)
    last = max(
        (int(number.removeprefix(prefix)) for number in numbers.values_list("number", flat=True)), default=0
    )
    decision = Decision.objects.create(
        committee_id=meeting.committee_id,
        meeting=meeting,
        item=item,
        motion=motion,
        number=f"{prefix}{last + 1}",
        title=title,
        text=text,
        decided_on=decided_on,
    )
    if replaces is not None:
        Decision.objects.filter(pk=replaces.pk).update(replaced_by=decision)
    return decision


def give_action(
    committee: Committee,
    *,
    by,
    text: str,
    who: str = "",
    participant: Participant | None = None,
    due_on: dt.date | None = None,
    item: AgendaItem | None = None,
) -> ActionItem:
    """Note what is to be done, by whom and until when; while it is open it returns on the next agenda.

    `who` is a name; with a `participant` it may stay empty, and the person is told. Raises Invalid naming the field.
    """
    refuse_unless_keeper(committee, by)
    text, who = clean_line(text), clean_line(who) or (participant.display_name if participant else "")
    if not text or len(text) > 300:
        raise Invalid(_("Please write what is to be done, in at most 300 characters."), field="text")
    if not who or len(who) > 80:
        raise Invalid(_("Please say by whom, in at most 80 characters."), field="who")
    if due_on is not None and not 1990 <= due_on.year <= 2200:
        raise Invalid(_("Please choose a day that people can keep."), field="due_on")
    if item is not None and item.meeting.committee_id != committee.pk:
        raise Missing
    with transaction.atomic():
        if committee.actions.filter(state=ActionState.OPEN).count() >= MOST_OPEN:
            raise Conflict(_("There are too many open action items. Please close some first."))
        action = ActionItem.objects.create(
            committee=committee,
            meeting=item.meeting if item is not None else None,
            item=item,
            text=text,
            participant=participant,
            who=who,
            due_on=due_on,
        )
        record("participation.action.give", committee, by=by, action_item=action.pk)
        bring_back(committee)
        if participant is not None and participant != person_of(by):
            notify(
                participant,
                kind="participation.action",
                title=_("Something for you to do: %(text)s") % {"text": text},
                text=committee.title,
                path=committee.url_of("actions"),
                dedupe_key=f"action-{action.pk}",
            )
    return action


def _may_report(action: ActionItem) -> Rule:
    """Keepers, and the person who has it to do."""
    is_theirs = Rule(
        lambda user, _committee: action.participant is not None and action.participant == person_of(user),
        "has it to do",
    )
    return may_keep_committee | is_theirs


def close_action(action: ActionItem, *, by, state: str, report: str = "") -> ActionItem:
    """Say that something is done, dropped, or after all still open (`state`), and what became of it.

    The person who has it to do may say so, too. Raises NotAllowed, Missing, Invalid naming the field.
    """
    refuse_unless(
        _may_report(action),
        action.committee,
        by,
        _("Only who has it to do, or who keeps the committee's meetings, can say so."),
    )
    report = clean_line(report)
    if state not in ActionState.values:
        raise Invalid(_("Please choose one of the states."), field="state")
    if len(report) > 300:
        raise Invalid(_("Please write at most 300 characters."), field="report")
    with transaction.atomic():
        found = ActionItem.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
        if found is None:
            raise Missing
        found.committee = action.committee
        found.state, found.report = state, report
        found.closed_on = None if state == ActionState.OPEN else database_now().date()
        found.save(update_fields=["state", "report", "closed_on"])
        record("participation.action.change", action.committee, by=by, action_item=action.pk, state=state)
        bring_back(action.committee)
    return found
