"""Live rooms: one of a meeting to come, one that is closed; those of a private committee are nowhere."""

from django.urls import reverse

from tests.architecture.access.rows import Row, at, of

_KEEPS = "login no chair=ok administrator=ok"
_INSIDE = "none chair=ok administrator=ok"
_READING = ("room", "room_state", "room_stream", "room_mine", "room_hall")
_KEEPING = ("run_room", "room_settings")
_POSTS = ("act_in_room", "room_guest")

ROWS = [
    *(Row(f"committee:{name}", "ok", at("committee", name, "meeting")) for name in _READING),
    *(Row(f"committee:{name}", _KEEPS, at("committee", name, "meeting")) for name in _KEEPING),
    *(Row(f"committee:{name}", "post", at("committee", name, "meeting")) for name in _POSTS),
    *(
        Row(f"committee:{name} private", _INSIDE, at("hidden_committee", name, "hidden_meeting"))
        for name in (*_READING, *_KEEPING)
    ),
    Row("committee:room_report open", "none", at("committee", "room_report", "meeting")),
    Row("committee:room_report", "ok", at("committee", "room_report", "held_meeting")),
    Row(
        "committee:room_report private", _INSIDE, at("hidden_committee", "room_report", "hidden_held_meeting")
    ),
    Row("committee:room_file", "ok", lambda w: w.committee.url_of("room_file", w.held_meeting.pk, "votes")),
    Row(
        "committee:room_file private",
        _INSIDE,
        lambda w: w.hidden_committee.url_of("room_file", w.hidden_held_meeting.pk, "votes"),
    ),
    Row("participation:enter_room", "ok", "/r/"),
    Row(
        "participation:room_by_code",
        "away",
        lambda w: reverse("participation:room_by_code", args=[w.room.code]),
    ),
    Row(
        "participation:room_by_code private",
        "none chair=away administrator=away",
        lambda w: reverse("participation:room_by_code", args=[w.hidden_room.code]),
    ),
    Row("api-rooms", "ok", "/api/v1/rooms/"),
    Row("api-room", "ok", of("api-room", "room")),
    Row("api-room private", "none", of("api-room", "hidden_room")),
]

SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
TAKE_PARAMETERS = ["api-rooms", "participation:enter_room"]
TAKE_PARAMETERS_OF_RESIDENTS: list[str] = []
