"""What comes back by itself: open action items, motions that were put off, minutes that nobody has approved yet.

All of it stands on the committee's next meeting, and on no other one: when a meeting is put before the next, or the next
one is cancelled, what returns moves along.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from participation.enums import (
    ActionState,
    AgendaItemKind,
    AgendaItemState,
    MeetingState,
    MinutesState,
    MotionState,
)
from participation.models import ActionItem, AgendaItem, Committee, Meeting, Minutes, Motion
from participation.queries.meeting import next_meeting

MOST_ACTIONS = 50


def bring_back(committee: Committee) -> Meeting | None:
    """Put what is open on the agenda of the next meeting and take it off later ones; return that meeting, if any.

    Doing it twice is as doing it once: the database knows an action, a motion and minutes once a meeting.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        # One at a time for a committee, or two would each put the same motion on the agenda.
        Committee.objects.select_for_update(of=("self",)).only("pk").get(pk=committee.pk)
        meeting = next_meeting(committee)
        _take_off(committee, meeting)
        if meeting is not None:
            _bring_minutes(committee, meeting)
            _bring_actions(committee, meeting)
            _bring_motions(committee, meeting)
    return meeting


def _take_off(committee: Committee, meeting: Meeting | None) -> None:
    """Clear meetings to come of what returned to them and is done by now, and later ones of actions."""
    waiting = _waiting(committee)
    done = (
        (Q(from_action__isnull=False) & ~Q(from_action__state=ActionState.OPEN))
        | (Q(from_motion__isnull=False) & ~Q(from_motion__state=MotionState.TABLED))
        | Q(approves_minutes__state__in=(MinutesState.APPROVED, MinutesState.PUBLISHED))
    )
    waiting.filter(done).delete()
    if meeting is not None:
        waiting.filter(from_action__isnull=False).exclude(meeting=meeting).delete()
    # The heading of actions goes with the last of them.
    waiting.filter(is_heading_of_actions=True, parts=None).delete()


def _waiting(committee: Committee) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(
        meeting__committee=committee, meeting__state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED)
    )


def _move_here(meeting: Meeting, returned: Q) -> None:
    """Move items from later meetings, with what people have written to them already: amendments, documents."""
    elsewhere = _waiting(meeting.committee).exclude(meeting=meeting).filter(returned)
    _add(meeting, elsewhere.order_by("position", "pk"))


def _bring_minutes(committee: Committee, meeting: Meeting) -> None:
    _move_here(meeting, Q(approves_minutes__isnull=False))
    there = set(meeting.agenda_items.values_list("approves_minutes", flat=True))
    open_minutes = Minutes.objects.filter(
        meeting__committee=committee, state__in=(MinutesState.DRAFT, MinutesState.CHECKED)
    ).select_related("meeting")
    _add(
        meeting,
        [
            AgendaItem(
                title=_cut(_("Approval of the minutes: %(title)s") % {"title": minutes.meeting.title}),
                kind=AgendaItemKind.MINUTES,
                minutes=5,
                approves_minutes=minutes,
            )
            for minutes in open_minutes.order_by("meeting__starts_at")
            if minutes.pk not in there
        ],
    )


def _bring_actions(committee: Committee, meeting: Meeting) -> None:
    there = set(meeting.agenda_items.values_list("from_action", flat=True))
    actions = ActionItem.objects.filter(committee=committee, state=ActionState.OPEN)
    new = [action for action in actions.order_by("due_on", "pk")[:MOST_ACTIONS] if action.pk not in there]
    if not new:
        return
    heading = meeting.agenda_items.filter(is_heading_of_actions=True).first()
    if heading is None:
        heading = AgendaItem(
            title=_("What was to be done"),
            kind=AgendaItemKind.INFORMATION,
            minutes=10,
            is_heading_of_actions=True,
        )
        _add(meeting, [heading])
    _add(
        meeting,
        [
            AgendaItem(
                title=_cut(f"{action.text} ({action.who})"),
                kind=AgendaItemKind.INFORMATION,
                minutes=0,
                from_action=action,
                parent=heading,
            )
            for action in new
        ],
    )


def _bring_motions(committee: Committee, meeting: Meeting) -> None:
    """Let each motion that was put off stand again, as a copy: what happened to the old one stays as it was."""
    _move_here(meeting, Q(from_motion__isnull=False))
    there = set(meeting.agenda_items.values_list("from_motion", flat=True))
    put_off = Motion.objects.filter(
        item__meeting__committee=committee, state=MotionState.TABLED, amends=None
    ).exclude(returns__meeting__state__in=(MeetingState.RUNNING, MeetingState.ENDED))
    for motion in put_off.order_by("pk"):
        if motion.pk in there:
            continue
        (item,) = _add(
            meeting,
            [
                AgendaItem(
                    title=motion.title,
                    text=_("This motion was put off at an earlier meeting."),
                    kind=AgendaItemKind.DECISION,
                    minutes=10,
                    from_motion=motion,
                )
            ],
        )
        Motion.objects.create(
            item=item,
            title=motion.title,
            text=motion.text,
            moved_by=motion.moved_by,
            seconded_by=motion.seconded_by,
            elects_seat=motion.elects_seat,
            candidate=motion.candidate,
            method=motion.method,
            majority=motion.majority,
        )


def _add(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    last = meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
    added = []
    for position, item in enumerate(items, start=last + 1):
        item.meeting, item.position, item.state = meeting, position, AgendaItemState.ON_AGENDA
        item.save()
        added.append(item)
    return added


def _cut(title: str) -> str:
    return title if len(title) <= 160 else f"{title[:159]}…"
