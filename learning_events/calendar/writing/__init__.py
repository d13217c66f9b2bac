"""Our programme for other programs: iCalendar, frab-compatible schedules, events of schema.org."""

from learning_events.calendar.writing.ics import calendar_of
from learning_events.calendar.writing.jsonld import json_ld_of
from learning_events.calendar.writing.schedule import Conference, schedule_json, schedule_xml

__all__ = ["Conference", "calendar_of", "json_ld_of", "schedule_json", "schedule_xml"]
