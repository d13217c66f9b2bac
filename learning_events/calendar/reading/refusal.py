"""How much of a programme is read, and the words for every way in which it cannot be read at all."""

from dataclasses import dataclass

from mapping.spatial.reading import refusal as tables


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an uploaded programme is read: bytes, letters and counts."""

    max_bytes: int = 10_000_000
    max_events: int = 5_000
    max_sessions: int = 20_000
    max_parts: int = 300_000
    """Lines of a calendar, elements of XML."""
    max_components: int = 50_000
    max_nesting: int = 8
    max_depth: int = 24
    max_title: int = 250
    max_text: int = 10_000
    max_list: int = 50
    max_problems: int = 500
    max_days: int = 1_000_000
    """Days that all series of a file together may be counted through."""


LIMITS = Limits()

WORDS = {
    "empty": "The file is empty. Choose the file again and check that it holds your programme.",
    "too-large": "The file is larger than %(limit)d MB. Export a shorter time, or split it.",
    "too-many-events": "The file has more than %(limit)d events. Export a shorter time, or split it.",
    "too-many-sessions": "The file has more than %(limit)d dates in all. Export a shorter time, or split it.",
    "too-many-parts": "The file has more than %(limit)d parts. Export a shorter time, or split it.",
    "too-deep": "The file nests its contents more than %(limit)d levels deep. Export it again from your program.",
    "unknown-format": (
        "This is no programme that can be read here. Give an iCalendar file (.ics), JSON-LD with events of schema.org, a"
        " schedule of frab or pretalx (JSON or XML), or courses in XCRI-CAP."
    ),
    "html": "This is a web page. Give the address of its calendar, which often ends in .ics, or of its data.",
    "encoding": "This line is not in UTF-8. Save the file again in UTF-8.",
    "json": "This is not valid JSON (%(why)s). Export the file again from your program.",
    "not-a-number": "A number is not a finite number (%(value)s). Correct it.",
    "xml": "The XML is damaged (%(why)s). Export the file again from your program.",
    "xml-entities": "The file holds a document type or entities, which are not accepted. Save it again without them.",
    "xml-form": "This XML (“%(root)s”) is neither a schedule of frab or pretalx nor courses in XCRI-CAP.",
    "no-events": "The file holds no event.",
    "no-event-left": "None of the %(found)d events of the file can be brought in. The first problem: %(first)s",
    "frab-draft": (
        "This schedule is written in a draft of version 2, which still changes. Export it as schedule.json or schedule.xml"
        " of version 1."
    ),
    "frab-form": "This is no schedule of frab or pretalx: %(part)s is missing or not what the form asks for.",
}


class Unreadable(tables.Unreadable):
    """A programme that cannot be read: a code, its sentence with parameters, and where it went wrong.

    `line` is a line of the file or the number of an event, as `unit` ("line" or "event") says; both count from one.
    """

    words = WORDS
