"""Running a room: prepared, opened, paused, closed; what the big screen shows; more time for an item."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.rights import locked_meeting, refuse_unless_keeper
from participation.domain.room.events import locked_room, note
from participation.domain.room.reporting import report_of
from participation.enums import MeetingState, RoomState, WallView
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_line
from participation.models import AgendaItem, Meeting, Room, RoomReport

LONGEST_EXTENSION = 60
CHANGEABLE = ("access", "check_statements", "groups_from")


def prepare_room(meeting: Meeting, *, by, prompt: str, **settings: Any) -> Room:
    """Return a new room of an announced meeting, seen by its keepers alone until it opens.

    `settings` are of `CHANGEABLE`. Raises Conflict where there is one or the meeting is not to come, Invalid (field "prompt").
    """
    refuse_unless_keeper(meeting.committee, by)
    room = Room(meeting=meeting, prompt=_cleaned(prompt), **_known(settings))
    try:
        with transaction.atomic():
            meeting = locked_meeting(meeting)
            if meeting.state not in (MeetingState.ANNOUNCED, MeetingState.RUNNING):
                raise Conflict(_("Only a meeting that is announced and not over can have a live room."))
            room.save()
            note(room, "prepared")
            record("participation.room.prepare", meeting, by=by)
    except IntegrityError:
        raise Conflict(_("This meeting has a live room already.")) from None
    return room


def change_room(room: Room, *, by, prompt: str, **settings: Any) -> Room:
    """Change what the room is about and how it works; raises Conflict once it is closed."""
    prompt, known = _cleaned(prompt), _known(settings)
    with transaction.atomic():
        room = locked_room(room, by=by)
        _refuse_closed(room)
        room.prompt = prompt
        for name, value in known.items():
            setattr(room, name, value)
        room.save(update_fields=["prompt", *known])
        note(room, "changed")
        record("participation.room.change", room.meeting, by=by, **known)
    return room


def open_room(room: Room, *, by) -> Room:
    """Open the room, or go on after a break; twice is as once. Raises Conflict once it is closed."""
    return _turn(room, RoomState.OPEN, by=by)


def pause_room(room: Room, *, by) -> Room:
    """Let nobody act for now; raises Conflict unless it is open."""
    return _turn(room, RoomState.PAUSED, by=by)


def _turn(room: Room, state: RoomState, *, by) -> Room:
    with transaction.atomic():
        room = locked_room(room, by=by)
        if room.state == state:
            return room
        _refuse_closed(room)
        if state == RoomState.PAUSED and room.state != RoomState.OPEN:
            raise Conflict(_("This room is not open yet."))
        room.state, room.opened_at = state, room.opened_at or database_now()
        room.save(update_fields=["state", "opened_at"])
        note(room, str(state))
        record(
            "participation.room.open" if state == RoomState.OPEN else "participation.room.pause",
            room.meeting,
            by=by,
        )
    return room


def close_room(room: Room, *, by) -> RoomReport:
    """Close the room for good and write its report; return that. Twice is as once.

    Who voted before is in the report, who comes later is refused: closing waits until nobody votes (`acting`).
    """
    with transaction.atomic():
        room = locked_room(room, by=by)
        if room.state == RoomState.CLOSED:
            return room.report
        if room.state == RoomState.DRAFT:
            raise Conflict(_("This room was never open, so there is nothing to report."))
        room.state, room.closed_at = RoomState.CLOSED, database_now()
        room.save(update_fields=["state", "closed_at"])
        report = RoomReport.objects.create(room=room, content=report_of(room))
        note(room, "closed")
        record("participation.room.close", room.meeting, by=by)
    return report


def show_on_wall(room: Room, view: str, *, by) -> Room:
    """Say what the big screen in the hall shows; raises Invalid for a view that there is not."""
    if view not in WallView.values:
        raise Invalid(_("Please choose what the big screen shows."), field="wall")
    with transaction.atomic():
        room = locked_room(room, by=by)
        if room.wall != view:
            room.wall = view
            room.save(update_fields=["wall"])
            note(room, "wall", view=view)
    return room


def extend_item(room: Room, item: AgendaItem, minutes: int, *, by) -> AgendaItem:
    """Give an item of the meeting more minutes than planned; raises Invalid (1 to 60), Missing for another meeting's item."""
    if not 1 <= minutes <= LONGEST_EXTENSION:
        raise Invalid(_("Please give between 1 and 60 minutes."), field="minutes")
    with transaction.atomic():
        room = locked_room(room, by=by)
        _refuse_closed(room)
        found = room.meeting.agenda_items.select_for_update().filter(pk=item.pk).first()
        if found is None:
            raise Missing
        found.extra_minutes += minutes
        found.save(update_fields=["extra_minutes"])
        note(room, "extended", item=found.pk, minutes=minutes)
        record("participation.room.extend", room.meeting, by=by, item=found.pk, minutes=minutes)
    return found


def _refuse_closed(room: Room) -> None:
    if room.state == RoomState.CLOSED:
        raise Conflict(_("This room is closed; what happened in it stays as it is."), code="closed")


def _cleaned(prompt: str) -> str:
    prompt = clean_line(prompt)
    if not prompt or len(prompt) > 200:
        raise Invalid(
            _("Please write what people think about, as one question of at most 200 characters."),
            field="prompt",
        )
    return prompt


def _known(settings: dict[str, Any]) -> dict[str, Any]:
    unknown = set(settings) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"A room has no setting {', '.join(sorted(unknown))}.")
    return settings
