"""Getting a seat, and the bookings that only organisers and the desk see."""

from collections.abc import Callable

from tests.architecture.access.rows import Row, at
from tests.architecture.world import World

STAFF = "login none officer=ok editor=ok administrator=ok"


def ticket(name: str, registration: str = "registration") -> Callable[[World], str]:
    """The path of a page of a registration, which its key opens."""
    return lambda world: world.festival.url_of(name, getattr(world, registration).key)


ROWS = [
    Row("festival:book", "ok", at("festival", "book", "seats_session")),
    Row("festival:book without registration", "none", at("festival", "book", "session")),
    # The key of 128 bits lets in whoever holds it.
    Row("festival:registration", "ok", ticket("registration")),
    Row("festival:registration held", "ok", ticket("registration", "held_registration")),
    Row("festival:registration wrong key", "none", lambda w: w.festival.url_of("registration", "0" * 32)),
    Row("festival:change_registration", "ok", ticket("change_registration")),
    Row("festival:cancel_registration", "ok", ticket("cancel_registration")),
    Row("festival:registration_calendar", "ok", ticket("registration_calendar")),
    Row("festival:registration_code", "ok", ticket("registration_code")),
    Row("festival:desk", STAFF, at("festival", "desk")),
    Row("festival:bookings", STAFF, at("festival", "bookings", "seats_session")),
    Row(
        "festival:bookings_file",
        "post",
        at("festival", "bookings_file", "seats_session"),
    ),
    Row("festival:book_for", STAFF, at("festival", "book_for", "seats_session")),
    Row("festival:write_to_booked", STAFF, at("festival", "write_to_booked", "seats_session")),
    Row(
        "festival:questions",
        "login none editor=ok administrator=ok",
        at("festival", "questions", "seats_session"),
    ),
    Row("festival:door", STAFF, at("festival", "door", "seats_session")),
    Row("festival:door_taps", "post", at("festival", "door_taps", "seats_session")),
    Row("festival:draw", "ok", at("festival", "draw", "lot_session")),
    Row("festival:draw of no lot", "none", at("festival", "draw", "seats_session")),
]
SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
MAY_ACT_FOR_STRANGERS = {
    # Nobody needs an account for a seat; who holds the key of a registration changes and cancels it.
    "festival:book",
    "festival:registration",
    "festival:change_registration",
    "festival:cancel_registration",
}
TAKE_PARAMETERS = ["festival:book", "festival:registration", "festival:draw"]
TAKE_PARAMETERS_OF_RESIDENTS = ["festival:registration"]
