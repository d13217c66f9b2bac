"""Getting a seat: never oversold, nothing lost, in order.

The session's row is locked first, then its registrations are counted and changed (`seats`). Single registrations go their
way in `booking`; `desk` and `door` are for organisers and staff, `draw` gives seats by lot, `keeping` does what time and
changes of the session bring, `telling` writes the mails.
"""

from learning_events.domain.registration.booking import (
    accept_offer,
    cancel_registration,
    change_registration,
    confirm_registration,
    decline_offer,
    hold_seats,
    join_waiting_list,
)
from learning_events.domain.registration.desk import (
    ask_question,
    book_at_desk,
    record_export,
    remove_question,
    write_to_booked,
)
from learning_events.domain.registration.door import Tap, check_in, free_all_no_shows, free_no_shows
from learning_events.domain.registration.draw import draw_all_due, draw_seats, order_of, plan_draw
from learning_events.domain.registration.keeping import (
    after_session_cancelled,
    after_session_change,
    after_session_restored,
    expire_holds_and_offers,
    forget_booked,
    forget_bookings_of,
    promote_from_waiting_list,
    remind_booked,
)

__all__ = [
    "Tap",
    "accept_offer",
    "after_session_cancelled",
    "after_session_change",
    "after_session_restored",
    "ask_question",
    "book_at_desk",
    "cancel_registration",
    "change_registration",
    "check_in",
    "confirm_registration",
    "decline_offer",
    "draw_all_due",
    "draw_seats",
    "expire_holds_and_offers",
    "forget_booked",
    "forget_bookings_of",
    "free_all_no_shows",
    "free_no_shows",
    "hold_seats",
    "join_waiting_list",
    "order_of",
    "plan_draw",
    "promote_from_waiting_list",
    "record_export",
    "remind_booked",
    "remove_question",
    "write_to_booked",
]
