"""How a meeting looks on a card."""

from django.utils.text import capfirst

from participation.enums import MeetingState
from participation.models import Meeting
from participation.queries.meeting import when_words, where_words

TONES = {
    MeetingState.DRAFT: "quiet",
    MeetingState.ANNOUNCED: "info",
    MeetingState.RUNNING: "good",
    MeetingState.ENDED: "quiet",
    MeetingState.CANCELLED: "bad",
}


def card_of(meeting: Meeting) -> dict:
    """Return what a card of a meeting shows; its committee has to be there."""
    return {
        "title": meeting.title,
        "url": meeting.committee.url_of("meeting", meeting.pk),
        "status": capfirst(meeting.get_state_display()),
        "tone": TONES[MeetingState(meeting.state)],
        "text": meeting.cancelled_because,
        "meta": [
            (icon, words)
            for icon, words in (("calendar", when_words(meeting)), ("map", where_words(meeting)))
            if words
        ],
    }
