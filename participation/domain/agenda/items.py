"""Items of an agenda: keepers put them on it, who takes part suggests some, and keepers decide with a reason."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from participation.domain.discussing import end_discussion, rename_discussion
from participation.domain.notification import notify, notify_many
from participation.domain.rights import (
    locked_meeting,
    person_of,
    refuse_unless_keeper,
    refuse_unless_taking_part,
)
from participation.enums import AgendaItemKind, AgendaItemState, MeetingState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, invalid_from
from participation.foundation.text import clean_line, clean_text
from participation.models import AgendaItem, Meeting
from participation.queries.attendance import people_of
from participation.queries.meeting import path_of

MOST_ITEMS = 100
MOST_SUGGESTIONS = 10
LONGEST_MINUTES = 600
OPEN = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.RUNNING)


def add_item(
    meeting: Meeting,
    *,
    by,
    title: str,
    text: str = "",
    kind: str = AgendaItemKind.DISCUSSION,
    minutes: int = 10,
    parent: AgendaItem | None = None,
) -> AgendaItem:
    """Put an item at the end of the agenda, or below `parent` (one level deep).

    Raises NotAllowed, Missing, Conflict for a meeting that is over, Invalid naming the field.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = _open_for_items(meeting)
        item = _new(meeting, title=title, text=text, kind=kind, minutes=minutes, parent=parent)
        item.position = _last_position(meeting) + 1
        item.save(force_insert=True)
        record("participation.agenda.add", meeting, by=by, item=item.pk)
    return item


def suggest_item(
    meeting: Meeting,
    *,
    by,
    title: str,
    text: str = "",
    kind: str = AgendaItemKind.DISCUSSION,
    minutes: int = 10,
) -> AgendaItem:
    """Suggest an item to those who keep the meeting, until the agenda closes.

    Raises NotAllowed, Missing, Conflict after the deadline or with too many suggestions, Invalid naming the field.
    """
    refuse_unless_taking_part(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state == MeetingState.DRAFT:
            raise Missing
        if not takes_suggestions(meeting, database_now()):
            raise Conflict(
                _("Items for this meeting can no longer be suggested. Please suggest it for the next one.")
            )
        person = person_of(by)
        mine = meeting.agenda_items.filter(suggested_by=person, state=AgendaItemState.SUGGESTED)
        if mine.count() >= MOST_SUGGESTIONS:
            raise Conflict(_("You have suggested enough for one meeting. Please wait for the answers."))
        item = _new(meeting, title=title, text=text, kind=kind, minutes=minutes, parent=None)
        item.state, item.suggested_by = AgendaItemState.SUGGESTED, person
        item.position = _last_position(meeting) + 1
        item.save(force_insert=True)
        record("participation.agenda.suggest", meeting, by=by, item=item.pk)
    return item


def takes_suggestions(meeting: Meeting, now: dt.datetime) -> bool:
    """Say whether items can be suggested: for an announced meeting, until its agenda closes or it begins."""
    return meeting.state == MeetingState.ANNOUNCED and now < (meeting.agenda_closes_at or meeting.starts_at)


def accept_item(item: AgendaItem, *, by, minutes: int | None = None) -> AgendaItem:
    """Put a suggestion on the agenda; who suggested it hears of it."""
    return _decide(item, by=by, state=AgendaItemState.ON_AGENDA, answer="", minutes=minutes)


def decline_item(item: AgendaItem, *, by, answer: str) -> AgendaItem:
    """Decline a suggestion with a reason; who suggested it hears of it. Raises Invalid (field "answer") without one."""
    answer = clean_line(answer)
    if not answer:
        raise Invalid(_("Please say why: the person reads it."), field="answer")
    if len(answer) > 300:
        raise Invalid(_("Please write at most 300 characters."), field="answer")
    return _decide(item, by=by, state=AgendaItemState.DECLINED, answer=answer)


def _decide(item: AgendaItem, *, by, state: str, answer: str, minutes: int | None = None) -> AgendaItem:
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open_for_items(item.meeting)
        item = _fresh(item, meeting)
        if item.state == state:
            return item
        if item.state != AgendaItemState.SUGGESTED:
            raise Conflict(_("This suggestion has been decided on already."))
        item.state, item.answer = state, answer
        if minutes is not None:
            item.minutes = minutes
        item.position = _last_position(meeting) + 1
        _check(item)
        item.save()
        record("participation.agenda.decide", meeting, by=by, item=item.pk, state=state)
        if item.suggested_by is not None:
            subject = (
                _("Your item is on the agenda: %(title)s")
                if state == AgendaItemState.ON_AGENDA
                else _("Your item is not on the agenda: %(title)s")
            )
            notify(
                item.suggested_by,
                kind="participation.agenda",
                title=subject % {"title": item.title},
                text=answer or meeting.title,
                path=path_of(meeting),
                dedupe_key=f"item-{item.pk}-{state}",
            )
    return item


def change_item(
    item: AgendaItem, *, by, title: str, text: str, kind: str, minutes: int, parent: AgendaItem | None = None
) -> AgendaItem:
    """Change an item that is on the agenda; raises Conflict for a meeting that is over, Invalid naming the field."""
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open_for_items(item.meeting)
        item = _fresh(item, meeting)
        item.title, item.text = clean_line(title), clean_text(text)
        item.kind, item.minutes, item.parent = kind, minutes, parent
        _check(item)
        item.save(update_fields=["title", "text", "kind", "minutes", "parent"])
        rename_discussion(item)
        record("participation.agenda.change", meeting, by=by, item=item.pk)
    return item


def move_item(item: AgendaItem, *, by, up: bool) -> None:
    """Let an item change places with the one before it (`up`) or after it, among those beside it."""
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open_for_items(item.meeting)
        item = _fresh(item, meeting)
        beside = list(
            meeting.agenda_items.filter(state=AgendaItemState.ON_AGENDA, parent=item.parent).order_by(
                "position", "pk"
            )
        )
        at = next((number for number, each in enumerate(beside) if each.pk == item.pk), None)
        if at is None:
            raise Conflict(_("Only what is on the agenda has a place there."))
        to = at - 1 if up else at + 1
        if not 0 <= to < len(beside):
            return
        beside[at], beside[to] = beside[to], beside[at]
        for number, each in enumerate(beside, start=1):
            each.position = number
        AgendaItem.objects.bulk_update(beside, ["position"])


def remove_item(item: AgendaItem, *, by) -> None:
    """Take an item off the agenda; raises Conflict for one that has been dealt with, or that returned by itself."""
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open_for_items(item.meeting)
        item = _fresh(item, meeting)
        if item.motions.exclude(vote_opened_at=None).exists() or item.decisions.exists() or item.opened_at:
            raise Conflict(_("This item has been dealt with; it stays on the agenda."))
        if item.from_action_id or item.from_motion_id or item.approves_minutes_id:
            raise Conflict(
                _("This came back because it is still open. It leaves the agenda by itself when it is done.")
            )
        record("participation.agenda.remove", meeting, by=by, title=item.title)
        end_discussion(item)
        item.delete()


def publish_agenda(meeting: Meeting, *, by) -> Meeting:
    """Let everybody who may read the committee see the agenda, and tell its people; twice is as once."""
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.agenda_published_at is not None:
            return meeting
        if meeting.state not in (MeetingState.ANNOUNCED, MeetingState.RUNNING):
            raise Conflict(_("Please announce the meeting first; its agenda can be published then."))
        if not meeting.agenda_items.filter(state=AgendaItemState.ON_AGENDA).exists():
            raise Conflict(_("There is nothing on the agenda yet."))
        meeting.agenda_published_at = database_now()
        meeting.save(update_fields=["agenda_published_at", "changed_at"])
        record("participation.agenda.publish", meeting, by=by)
        notify_many(
            people_of(meeting.committee, meeting.starts_at.date()),
            kind="participation.meeting",
            title=_("The agenda is there: %(title)s") % {"title": meeting.title},
            text=meeting.committee.title,
            path=path_of(meeting),
            dedupe_key=f"meeting-{meeting.pk}-agenda",
        )
    return meeting


def _open_for_items(meeting: Meeting) -> Meeting:
    meeting = locked_meeting(meeting)
    if meeting.state not in OPEN:
        raise Conflict(_("This meeting is over or cancelled; its agenda stays as it is."))
    return meeting


def _fresh(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    found = meeting.agenda_items.select_related("suggested_by", "parent").filter(pk=item.pk).first()
    if found is None:
        raise Missing
    found.meeting = meeting
    return found


def _new(meeting: Meeting, *, title: str, text: str, kind: str, minutes: int, parent) -> AgendaItem:
    if meeting.agenda_items.count() >= MOST_ITEMS:
        raise Conflict(_("An agenda has at most %(most)d items.") % {"most": MOST_ITEMS})
    item = AgendaItem(
        meeting=meeting,
        title=clean_line(title),
        text=clean_text(text),
        kind=kind,
        minutes=minutes,
        parent=parent,
    )
    _check(item)
    return item


def _check(item: AgendaItem) -> None:
    if not item.title:
        raise Invalid(_("Please give the item a title."), field="title")
    if not 0 <= item.minutes <= LONGEST_MINUTES:
        raise Invalid(_("Please plan between 0 and 600 minutes."), field="minutes")
    parent = item.parent
    if parent is not None:
        is_below = parent.parent_id is not None
        has_parts = item.pk is not None and item.parts.exists()
        if parent.meeting_id != item.meeting_id or parent.pk == item.pk or is_below or has_parts:
            raise Invalid(
                _("An item can stand below an item of the same agenda, one level deep."), field="parent"
            )
    try:
        item.clean_fields(exclude=["meeting", "parent"])
    except ValidationError as error:
        raise invalid_from(error) from None


def _last_position(meeting: Meeting) -> int:
    return meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
