"""Which rooms a person may know of, and who they are in one."""

from django.db.models import QuerySet

from participation.enums import MeetingState, RoomState
from participation.foundation.errors import Missing
from participation.models import Committee, Meeting, Room, RoomPerson
from participation.queries.committee import public_committees
from participation.queries.meeting import meeting_for
from participation.rules import may_keep_committee, may_read_committee


def may_read_room(user, room: Room) -> bool:
    """Say whether somebody may follow the room: who may read its committee; while it is being prepared its keepers alone."""
    committee = room.meeting.committee
    if not may_read_committee(user, committee):
        return False
    is_out = room.state != RoomState.DRAFT and room.meeting.state != MeetingState.DRAFT
    return is_out or may_keep_committee(user, committee)


def room_of(user, meeting: Meeting) -> Room | None:
    """Return the meeting's room if there is one that `user` may know of."""
    room = Room.objects.filter(meeting=meeting).first()
    if room is None:
        return None
    room.meeting = meeting
    return room if may_read_room(user, room) else None


def room_for(user, committee: Committee, meeting: int) -> Room:
    """Return the room of one of the committee's meetings; raises Missing where `user` may not know of one."""
    room = room_of(user, meeting_for(user, committee, meeting))
    if room is None:
        raise Missing
    return room


def room_by_code(user, code: str) -> Room:
    """Return the room with this short code, however it was typed; raises Missing where `user` may not know of one."""
    plain = "".join(code.split()).replace("-", "").upper()
    room = Room.objects.select_related("meeting__committee").filter(code=plain).first()
    if room is None or not room.meeting.committee.live or not may_read_room(user, room):
        raise Missing
    return room


def public_rooms() -> QuerySet[Room]:
    """Return the rooms that everybody may know of, with their meetings and committees."""
    return (
        Room.objects.filter(meeting__committee__in=public_committees())
        .exclude(meeting__state=MeetingState.DRAFT)
        .exclude(state=RoomState.DRAFT)
        .select_related("meeting__committee")
    )


def person_in(room: Room, user, guest: int | None = None) -> RoomPerson | None:
    """Return who `user` is in the room, or the guest whom the session knows by this number; None for who has not come in."""
    people = RoomPerson.objects.filter(room=room)
    if user.is_authenticated:
        return people.filter(participant__user=user).first() if user.is_active else None
    return people.filter(pk=guest, is_guest=True).first() if guest is not None else None
