"""What a rule of repetition is made of, and why one may not be followed."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MOST = 1_000
TWO_YEARS = dt.timedelta(days=731)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

WORDS = {
    "text": "The rule “%(text)s” cannot be read. It looks like FREQ=WEEKLY;BYDAY=MO;COUNT=10.",
    "part": "“%(part)s” is no part of a rule that can be followed. Take it out.",
    "value": "The value of %(part)s (%(value)s) is not possible. Correct it.",
    "too-often": "Something cannot repeat every hour, minute or second. Choose days, weeks, months or years.",
    "too-many": "The rule gives more than %(limit)d dates. Give an earlier end, or split it.",
    "too-long": "The rule reaches further than two years ahead. Give an earlier end.",
    "both-ends": "Give either a last day or a number of times, not both.",
    "no-dates": "The rule gives no date at all. Check its days and its end.",
    "start": "The first date (%(value)s) is too early or too late. Correct the year.",
}


class NotRepeatable(ValueError):
    """A rule that is not followed: a code, the sentence for it and its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.message_id = WORDS[code]
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return self.message_id % self.params


class Frequency(StrEnum):
    YEARLY = "YEARLY"
    MONTHLY = "MONTHLY"
    WEEKLY = "WEEKLY"
    DAILY = "DAILY"
    HOURLY = "HOURLY"
    MINUTELY = "MINUTELY"
    SECONDLY = "SECONDLY"
    DATES = "DATES"
    """Only the dates written by hand."""


UNITS = {
    Frequency.HOURLY: dt.timedelta(hours=1),
    Frequency.MINUTELY: dt.timedelta(minutes=1),
    Frequency.SECONDLY: dt.timedelta(seconds=1),
}


class Weekday(NamedTuple):
    """A day of the week (Monday is 0), and which one of the month or year: 1 the first, -1 the last, 0 every one."""

    day: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """When something repeats.

    `until` is a date (that day included), a naive time of the place's clock or an aware one. `dates` are added by hand,
    naive in the place's clock; `without` are taken out: a naive time one start, a date every start of that day.
    """

    frequency: Frequency = Frequency.DATES
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: dt.date | dt.datetime | None = None
    dates: tuple[dt.datetime, ...] = ()
    without: tuple[dt.date | dt.datetime, ...] = ()


class RuleWords(NamedTuple):
    """A rule said in a code and its parameters, so that whoever shows it finds the words of a language."""

    code: str
    params: dict[str, object]


def day_of(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
