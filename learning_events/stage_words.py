"""The tone in which an event's stage is shown; the words say the same."""

from learning_events.enums import EventStage
from learning_events.queries.event import Standing

_TONES = {
    EventStage.SUBMITTED: "info",
    EventStage.IN_REVIEW: "info",
    EventStage.RETURNED: "warn",
    EventStage.ACCEPTED: "good",
    EventStage.PUBLISHED: "good",
    EventStage.DECLINED: "bad",
}


def tone_of(standing: Standing) -> str:
    """Return a tone of the design system."""
    return _TONES.get(standing.stage, "quiet")
