"""An event that an organiser is writing, with a session of a repetition."""

import datetime as dt

from learning_events.calendar.recurrence import Frequency, Rule
from learning_events.domain.event import draft_event
from learning_events.domain.session import repeat_sessions
from tests.architecture.world.city import World


def build(world: World) -> None:
    """What the organisers' pages are about; `author` writes it."""
    draft = draft_event(world.festival, facts={"title": "Not handed in"}, by=world.author.user)
    session, *_more = repeat_sessions(
        draft,
        rule=Rule(Frequency.WEEKLY, count=2),
        starts_at=dt.datetime(2027, 1, 4, 18),
        minutes=60,
        facts={"zone": "Europe/Berlin"},
        by=world.author.user,
    )
    world.things |= {"own_draft": draft, "own_session": session, "own_series": session.recurrence}
