"""Organisers' pages below a festival: everybody signed in writes events of their own, editors help with any."""

from collections.abc import Callable

from tests.architecture.access.rows import Row
from tests.architecture.world import World

OWN = "login none editor=ok administrator=ok"


def own(name: str, *more: str) -> Callable[[World], str]:
    """The path of a page of an event that somebody else is writing."""
    things = [] if name == "event_step" else more
    words = more if name == "event_step" else ()

    def path(world: World) -> str:
        pks = [getattr(world, thing).pk for thing in ("own_draft", *things)]
        return world.festival.url_of(name, *pks, *words)

    return path


ROWS = [
    Row("festival:submit", "login ok", lambda world: world.festival.url_of("submit")),
    Row("festival:my_events", "login ok", lambda world: world.festival.url_of("my_events")),
    Row("festival:own_event", OWN, own("own_event")),
    Row("festival:event_step", OWN, own("event_step", "where")),
    Row("festival:event_step nonsense", "login none", own("event_step", "nonsense")),
    Row("festival:event_check", OWN, own("event_check")),
    Row("festival:event_sessions", OWN, own("event_sessions")),
    Row("festival:event_ask", OWN, own("event_ask")),
    Row("festival:event_withdraw", OWN, own("event_withdraw")),
    Row("festival:event_discard", OWN, own("event_discard")),
    Row("festival:event_delete", OWN, own("event_delete")),
    Row("festival:event_call_off", OWN, own("event_call_off")),
    Row("festival:event_copy", OWN, own("event_copy")),
    Row("festival:session_change", OWN, own("session_change", "own_session")),
    Row("festival:session_cancel", OWN, own("session_cancel", "own_session")),
    Row("festival:event_seats", "post", own("event_seats")),
    Row("festival:session_restore", "post", own("session_restore", "own_session")),
    Row("festival:session_remove", "post", own("session_remove", "own_session")),
    Row("festival:series_remove", "post", own("series_remove", "own_series")),
]
SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
MAY_ACT_FOR_STRANGERS: set[str] = set()
TAKE_PARAMETERS: list[str] = []
TAKE_PARAMETERS_OF_RESIDENTS = ["festival:my_events", "festival:submit"]
