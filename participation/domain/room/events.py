"""The one way in which a room's version rises: with an event of the same number, in the transaction that changes something."""

from typing import Any

from django.db.models import F

from participation.domain.rights import refuse_unless_keeper
from participation.foundation.bell import ring_after_commit
from participation.foundation.errors import Missing
from participation.foundation.locks import stand_in_line
from participation.models import Meeting, Room, RoomEvent, RoomPerson


def note(room: Room, kind: str, *, by: RoomPerson | None = None, **facts: Any) -> int:
    """Raise the room's version, write the event, and ring after the commit; return the new version.

    The UPDATE holds the row until the commit, so versions are given in the order of commits and none is left out. Call it
    last in a transaction: others who change the room wait from here on.
    """
    Room.objects.filter(pk=room.pk).update(version=F("version") + 1)
    room.version = Room.objects.values_list("version", flat=True).get(pk=room.pk)
    RoomEvent.objects.create(room=room, seq=room.version, kind=kind, person=by, facts=facts)
    ring_after_commit(room.pk)
    return room.version


def note_meeting(meeting: Meeting, kind: str, **facts: Any) -> None:
    """Tell the meeting's room, if it has one, that something about the meeting itself has changed."""
    room = Room.objects.filter(meeting=meeting).first()
    if room is not None:
        note(room, kind, **facts)


def locked_room(room: Room, *, by) -> Room:
    """Wait until nobody votes, lock the room and return it as it is then; for those who run it. Raises Missing, NotAllowed."""
    stand_in_line(Room, room.pk, alone=True)
    found = (
        Room.objects.select_for_update(of=("self",))
        .select_related("meeting__committee")
        .filter(pk=room.pk)
        .first()
    )
    if found is None:
        raise Missing
    refuse_unless_keeper(found.meeting.committee, by)
    return found
