"""Opening hours: from how people write them to OSM notation, and from there to "open now".

A pure room: no Django. ``understand`` reads what people paste, ``check`` reads OSM notation, ``Timetable`` answers
questions about moments and weeks, ``open_at`` answers one question about many places.
"""

from mapping.opening_hours.notation import MAX_LENGTH, check
from mapping.opening_hours.reading import Understood, understand
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.timetable import Day, Span, Timetable, open_at

__all__ = [
    "MAX_LENGTH",
    "Day",
    "NotUnderstood",
    "Span",
    "Timetable",
    "Understood",
    "check",
    "open_at",
    "understand",
]
