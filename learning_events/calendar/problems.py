"""The words for whatever is left out or changed while the rest of a programme is read."""

from dataclasses import dataclass, field

PROBLEMS = {
    "line": "The line “%(text)s” is no line of a calendar and was left out.",
    "not-closed": "The entry is not closed. It was left out, because the rest of it may be missing.",
    "end-without-begin": "“END:%(name)s” closes nothing and was passed over.",
    "encoding": "The text is not in UTF-8; it was read as Western European. Check its letters.",
    "bad-character": "A character that is not text (%(character)s) was taken out of “%(field)s”.",
    "cut": "The text of “%(field)s” is longer than %(limit)d characters; the rest was left out.",
    "no-title": "The entry has no title. The entry was brought in as “%(title)s”.",
    "no-name": "The entry has neither a title nor a description and was left out.",
    "no-start": "The entry has no start and was left out. Add the date and time.",
    "start": "The start “%(value)s” is not a date or time that exists; the entry was left out. Correct it.",
    "end": "The end “%(value)s” is not a date or time that exists and was left out. Correct it.",
    "end-before-start": "The end lies before the start and was left out. Correct one of the two.",
    "duration": "The length “%(value)s” cannot be read and was left out.",
    "moment": "The date “%(value)s” of %(field)s does not exist and was left out.",
    "zone": "The time zone “%(zone)s” is not known; the times were read in the clock of %(instead)s. Check them.",
    "rule": "The repetition “%(text)s” is not followed: %(why)s The entry was left out.",
    "series-cut": "The series goes on after %(until)s; its dates up to then were brought in.",
    "series-work": "The file repeats more than can be counted out at once; this entry was left out.",
    "no-sessions": "The entry has no date left and was passed over.",
    "no-master": "The file holds single dates of a series but not the series; the single dates were brought in.",
    "no-such-date": "The change of %(value)s belongs to no date of the series; it was brought in as a date of its own.",
    "uid-twice": "The file names this entry more than once; the newest was brought in.",
    "twice": "The entry is the same as one before it and was passed over.",
    "private": "The entry is marked as private and was left out.",
    "address": "“%(value)s” is no web address and was left out.",
    "position": "The position “%(value)s” is not a latitude and longitude and was left out.",
    "number": "“%(value)s” is no number for %(field)s and was left out.",
    "entry": "This is no entry with a title and times and was left out.",
    "id": "The number of this entry (%(value)s) is not a whole number; the entry was left out.",
    "postponed": "The source has postponed this without a new date; it was brought in as cancelled.",
    "more": "There are more problems like these; %(found)d are not listed.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out or changed: where in the file, the sentence (`message_id`) and its parameters.

    `line` counts lines of the file or its entries, as `unit` ("line" or "event") says; both from one.
    """

    code: str
    params: dict[str, object] = field(default_factory=dict)
    line: int | None = None
    uid: str = ""
    unit: str = "line"

    @property
    def message_id(self) -> str:
        return PROBLEMS[self.code]

    def __str__(self) -> str:
        words = self.message_id % self.params
        return f"{self.unit.capitalize()} {self.line}: {words}" if self.line is not None else words
