"""What people may see of a live room."""

from participation.queries.room.finding import (
    may_read_room,
    person_in,
    public_rooms,
    room_by_code,
    room_for,
    room_of,
)
from participation.queries.room.sections import sections_of

__all__ = [
    "may_read_room",
    "person_in",
    "public_rooms",
    "room_by_code",
    "room_for",
    "room_of",
    "sections_of",
]
