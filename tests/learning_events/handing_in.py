"""Events as organisers hand them in, for the tests of what editors do with them."""

import datetime as dt

from learning_events.domain.event import draft_event, send_event
from learning_events.domain.session import add_session
from learning_events.models import EventKind, EventPage, Festival


def hand_in(festival: Festival, organiser, *, title: str = "Mend a chair", **facts) -> EventPage:
    """Return an event with one session, on the festival's first evening, that `organiser` has written and handed in."""
    kind = EventKind.objects.get_or_create(slug="workshop", defaults={"name": "Workshop"})[0]
    facts = {"title": title, "summary": "With glue.", "kind": kind, "venue_name": "Yard", **facts}
    event = draft_event(festival, facts=facts, by=organiser)
    at = dt.datetime.combine(festival.starts_on, dt.time(18))
    times = {"starts_at": at, "ends_at": at + dt.timedelta(hours=1), "zone": "Europe/Berlin"}
    add_session(event, facts=times, by=organiser)
    return send_event(event, by=organiser, message="Please.")
