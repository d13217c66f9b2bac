"""Rules in words."""

import datetime as dt

import pytest
from django.utils import translation

from learning_events.calendar.recurrence import from_rrule
from learning_events.models import Recurrence
from learning_events.repetition_words import repetition_words, series_words

MONDAY = dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY", "every Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270503", "every second Monday until 3 May 2027"),
        ("FREQ=WEEKLY;INTERVAL=3;COUNT=5", "every 3 weeks on Monday, 5 times"),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1", "every Monday and Wednesday, 1 time"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every 2 weeks on Monday, Wednesday and Friday"),
        ("FREQ=MONTHLY;BYDAY=2MO", "every second Monday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every last Friday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "every 2 months on the first Tuesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15"),
        ("FREQ=MONTHLY", "every month on day 14"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=YEARLY", "every year on 14 September"),
        ("FREQ=YEARLY;BYWEEKNO=20", "repeated"),
    ],
)
def test_rules_are_said_as_people_say_them(rule, words):
    assert repetition_words(from_rrule(rule), MONDAY) == words


def test_in_the_readers_language_days_and_dates_are_theirs():
    with translation.override("de"):
        words = repetition_words(from_rrule("FREQ=WEEKLY;UNTIL=20270503"), MONDAY)

    assert "Montag" in words
    assert "3. Mai 2027" in words


def test_a_stored_rule_that_nobody_can_read_is_still_shown():
    assert series_words(Recurrence(rule="FREQ=SOMETIMES", starts_on=MONDAY)) == "repeated"
