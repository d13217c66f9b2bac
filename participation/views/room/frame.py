"""What all pages of a room share."""

import json

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.enums import RoomState
from participation.live.admission import guest_number
from participation.live.board import board_of
from participation.models import Committee, Room, RoomPerson
from participation.queries.room import person_in
from participation.rules import may_keep_committee
from participation.views.committee_page import around

TONES = {
    RoomState.DRAFT: "quiet",
    RoomState.OPEN: "good",
    RoomState.PAUSED: "warn",
    RoomState.CLOSED: "quiet",
}
PAGES = (
    "room", "act_in_room", "room_guest", "room_state", "room_stream", "room_mine", "room_hall", "run_room",
    "room_settings", "room_report", "run_meeting", "meeting",
)  # fmt: skip


def person_of_request(request, room: Room) -> RoomPerson | None:
    """Return who asks, as somebody in the room."""
    return person_in(room, request.user, guest_number(request.session, room))


def room_context(page: Committee, request, room: Room, title: str = "") -> dict:
    """Return the room with its sections as everybody sees them, and its addresses."""
    frame = board_of(room.pk).at(room)
    meeting = room.meeting
    above = [(page.url_of("meetings"), _("Meetings")), (page.url_of("meeting", meeting.pk), meeting.title)]
    here = (
        [("", _("Live room"))]
        if not title
        else [(page.url_of("room", meeting.pk), _("Live room")), ("", title)]
    )
    return {
        **around(page, request, "meetings", *above, *here),
        "room": room,
        "meeting": meeting,
        "tone": TONES[RoomState(room.state)],
        "version": frame.version,
        "live": {name: json.loads(text) for name, text in frame.sections.items()},
        "urls": {name: page.url_of(name, meeting.pk) for name in PAGES},
        "runs": may_keep_committee(request.user, page),
        "socket": f"/ws/rooms/{room.pk}/",
    }


def code_context(request, room: Room) -> dict:
    """Return the short address of a room, and its square code as a picture."""
    address = request.build_absolute_uri(reverse("participation:room_by_code", args=[room.code]))
    picture = segno.make(address, error="m").svg_data_uri(scale=8, border=2, omitsize=True)
    return {"short_address": address.split("://", 1)[-1].rstrip("/"), "square_code": picture}
