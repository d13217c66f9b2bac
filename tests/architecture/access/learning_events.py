"""The festival of learning: programme, events, seats, and what its organisers and editors do."""

from tests.architecture.access.rows import EDITOR, Row, at, choosers, of

ROWS = [
    Row("festival:programme", "ok", at("festival", "programme")),
    Row("festival:day", "ok", lambda w: w.festival.url_of("day", "2026-09-12")),
    Row("festival:week", "ok", at("festival", "week")),
    Row("festival:week_of", "ok", lambda w: w.festival.url_of("week_of", "2026-09-12")),
    Row("festival:list", "ok", at("festival", "list")),
    Row("festival:map", "ok", at("festival", "map")),
    Row("festival:map_points", "ok", at("festival", "map_points")),
    Row("festival:changes", "ok", at("festival", "changes")),
    Row("festival:calendar", "ok", at("festival", "calendar")),
    Row("festival:schedule_json", "ok", at("festival", "schedule_json")),
    Row("festival:schedule_xml", "ok", at("festival", "schedule_xml")),
    Row("festival:atom", "ok", at("festival", "atom")),
    Row("api-events", "ok", "/api/v1/events/"),
    Row("api-event", "ok", of("api-event", "event")),
    Row("api-event draft", "none", of("api-event", "draft_event")),
    Row("api-sessions", "ok", "/api/v1/sessions/"),
    Row("api-session", "ok", of("api-session", "session")),
    Row("festival:report", "ok", at("festival", "report")),
    Row("festival:report_file", "ok", at("festival", "report_file")),
    Row("event:event", "ok", at("event", "event")),
    Row("event:event draft", "none", at("draft_event", "event")),
    Row("event:event_calendar", "ok", at("event", "event_calendar")),
    Row("event:event_calendar draft", "none", at("draft_event", "event_calendar")),
    Row("event:session_calendar", "ok", at("event", "session_calendar", "session")),
]
SECTIONS: dict[str, set[str]] = {
    "festival": EDITOR,
    "snippets/learning_events/eventkind": EDITOR,
    "snippets/learning_events/keyfeature": EDITOR,
    "snippets/learning_events/room": EDITOR,
}
OPEN_TO_STAFF: set[str] = {
    *choosers(
        "wagtailsnippetchoosers_learning_events_eventkind",
        "wagtailsnippetchoosers_learning_events_keyfeature",
        "wagtailsnippetchoosers_learning_events_room",
    ),
}
MAY_ACT_FOR_STRANGERS: set[str] = set()
# Rows with parameters to try, as strangers and as residents.
TAKE_PARAMETERS = [
    "api-events",
    "api-sessions",
    "festival:atom",
    "festival:calendar",
    "festival:changes",
    "festival:day",
    "festival:list",
    "festival:map",
    "festival:map_points",
    "festival:schedule_json",
    "festival:week",
    "event:event",
    "festival:programme",
    "festival:report",
    "festival:report_file",
]
TAKE_PARAMETERS_OF_RESIDENTS: list[str] = []
