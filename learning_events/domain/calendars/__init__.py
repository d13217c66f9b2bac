"""Calendars that organisers bring along: read, compared with what they said last, and brought into the festival."""

from learning_events.domain.calendars.carrying import take_over
from learning_events.domain.calendars.plan import Line, LineState, Plan
from learning_events.domain.calendars.source import (
    MAX_BYTES,
    add_source,
    bring_in,
    calendars_due,
    forget_keeper,
    hand_in_drafts,
    look_again,
    may_keep_source,
    preview,
    stop_source,
    sync_due,
    sync_source,
    throw_away,
)
from learning_events.domain.calendars.words import problem_words, sentences

__all__ = [
    "MAX_BYTES",
    "Line",
    "LineState",
    "Plan",
    "add_source",
    "bring_in",
    "calendars_due",
    "forget_keeper",
    "hand_in_drafts",
    "look_again",
    "may_keep_source",
    "preview",
    "problem_words",
    "sentences",
    "stop_source",
    "sync_due",
    "sync_source",
    "take_over",
    "throw_away",
]
