"""Calendars that organisers bring along: their own, and those of all for who runs the festival."""

from tests.architecture.access.rows import Row, at

ROWS = [
    Row("festival:calendars", "login ok", at("festival", "calendars")),
    Row("festival:new_calendar", "login ok", at("festival", "new_calendar")),
    Row(
        "festival:calendar_source",
        "login none editor=ok administrator=ok",
        at("festival", "calendar_source", "calendar"),
    ),
]
SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
TAKE_PARAMETERS: list[str] = []
TAKE_PARAMETERS_OF_RESIDENTS = ["festival:calendars", "festival:new_calendar"]
