"""Repetition: a rule in an organiser's terms and in RFC 5545's, the starts it gives, and what it says in words.

Which reading is followed where the standard leaves room is written in docs/calendar.md.
"""

from learning_events.calendar.recurrence.dates import check, dates_of, local_dates, on_the_clock
from learning_events.calendar.recurrence.periods import occurrences
from learning_events.calendar.recurrence.rrule import from_rrule, to_rrule
from learning_events.calendar.recurrence.rule import (
    MOST,
    TWO_YEARS,
    WORDS,
    Frequency,
    NotRepeatable,
    Rule,
    RuleWords,
    Weekday,
)
from learning_events.calendar.recurrence.words import words_of

__all__ = [
    "MOST",
    "TWO_YEARS",
    "WORDS",
    "Frequency",
    "NotRepeatable",
    "Rule",
    "RuleWords",
    "Weekday",
    "check",
    "dates_of",
    "from_rrule",
    "local_dates",
    "occurrences",
    "on_the_clock",
    "to_rrule",
    "words_of",
]
