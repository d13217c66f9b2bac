"""Meetings, agendas, votes, minutes, decisions and actions of a committee that the chair leads; a private one is nowhere."""

from tests.architecture.access.rows import Row, at, of

_KEEPS = "login no chair=ok administrator=ok"
_INSIDE = "none chair=ok administrator=ok"
_KEEPING = {
    "new_meeting": (),
    "change_meeting": ("meeting",),
    "cancel_meeting": ("meeting",),
    "agenda": ("meeting",),
    "agenda_item": ("meeting", "agenda_item"),
    "decide_item": ("meeting", "suggestion"),
    "new_date_poll": (),
    "run_meeting": ("meeting",),
    "edit_minutes": ("held_meeting",),
    "minutes_versions": ("held_meeting",),
    "due": (),
}
_READING = {
    "meetings": (),
    "meetings_calendar": (),
    "meeting": ("meeting",),
    "meeting_calendar": ("meeting",),
    "date_poll": ("date_poll",),
    "decisions": (),
    "decision": ("decision",),
    "discuss_item": ("held_meeting", "held_item"),
    "actions": (),
}
_POSTS = {
    "announce_meeting": ("draft_meeting",),
    "register_for_meeting": ("meeting",),
    "unregister_from_meeting": ("meeting",),
    "publish_agenda": ("meeting",),
    "remove_item": ("meeting", "agenda_item"),
    "add_document": ("meeting", "agenda_item"),
    "remove_document": ("meeting", "agenda_document"),
    "settle_date": ("date_poll", "date_option"),
    "meeting_notes": ("meeting", "agenda_item"),
    "cast_vote": ("held_meeting", "motion"),
    "draft_minutes": ("held_meeting",),
}

ROWS = [
    *(Row(f"committee:{name}", "ok", at("committee", name, *things)) for name, things in _READING.items()),
    *(Row(f"committee:{name}", _KEEPS, at("committee", name, *things)) for name, things in _KEEPING.items()),
    *(Row(f"committee:{name}", "post", at("committee", name, *things)) for name, things in _POSTS.items()),
    *(
        Row(
            f"committee:{name} private",
            _INSIDE,
            at("hidden_committee", name, *(f"hidden_{thing}" for thing in things)),
        )
        for name, things in {**_READING, **_KEEPING}.items()
    ),
    Row("committee:meeting draft", _INSIDE, at("committee", "meeting", "draft_meeting")),
    # The agenda of a meeting to come is its keepers' until they publish it.
    Row("committee:agenda_print", _INSIDE, at("committee", "agenda_print", "meeting")),
    Row(
        "committee:discuss_item of an agenda to come",
        _INSIDE,
        at("committee", "discuss_item", "meeting", "agenda_item"),
    ),
    Row("committee:discuss_decision", "login away", at("committee", "discuss_decision", "decision")),
    Row(
        "committee:discuss_decision private",
        "none chair=away administrator=away",
        at("hidden_committee", "discuss_decision", "hidden_decision"),
    ),
    Row("committee:agenda_print held", "ok", at("committee", "agenda_print", "held_meeting")),
    Row("committee:agenda_pdf", _INSIDE, at("committee", "agenda_pdf", "meeting")),
    Row(
        "committee:agenda_document", _INSIDE, at("committee", "agenda_document", "meeting", "agenda_document")
    ),
    Row(
        "committee:suggest_item",
        "login no chair=ok administrator=ok",
        at("committee", "suggest_item", "meeting"),
    ),
    Row("committee:action", "login ok", at("committee", "action", "action")),
    Row(
        "committee:move_item",
        "post",
        lambda w: w.committee.url_of("move_item", w.meeting.pk, w.agenda_item.pk, "up"),
    ),
    Row("committee:minutes", _INSIDE, at("committee", "minutes", "held_meeting")),
    Row("committee:minutes_pdf", _INSIDE, at("committee", "minutes_pdf", "held_meeting")),
    # A draft is written, not corrected.
    Row(
        "committee:correct_minutes",
        "login no chair=closed administrator=closed",
        at("committee", "correct_minutes", "held_meeting"),
    ),
    Row(
        "committee:minutes_step",
        "post",
        lambda w: w.committee.url_of("minutes_step", w.held_meeting.pk, "check"),
    ),
    Row("committee:decisions_file", "ok", lambda w: w.committee.url_of("decisions_file", "csv")),
    Row("committee:attendance_file", "ok", lambda w: w.committee.url_of("attendance_file", "csv")),
    Row("api-meetings", "ok", "/api/v1/meetings/"),
    Row("api-meeting", "ok", of("api-meeting", "meeting")),
    Row("api-meeting draft", "none", of("api-meeting", "draft_meeting")),
    Row("api-meeting private", "none", of("api-meeting", "hidden_meeting")),
    Row("api-decisions", "ok", "/api/v1/decisions/"),
    Row("api-decision", "ok", of("api-decision", "decision")),
    Row("api-decision private", "none", of("api-decision", "hidden_decision")),
    Row("api-action-items", "ok", "/api/v1/action-items/"),
    Row("api-action-item", "ok", of("api-action-item", "action")),
    Row("api-action-item private", "none", of("api-action-item", "hidden_action")),
]

SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
TAKE_PARAMETERS = [
    "committee:meetings",
    "committee:decisions",
    "committee:actions",
    "api-meetings",
    "api-decisions",
    "api-action-items",
]
TAKE_PARAMETERS_OF_RESIDENTS: list[str] = []
