"""Sessions that people register for: one with a registration and a held seat, one whose seats are drawn."""

import datetime as dt

from learning_events.domain.registration import hold_seats, plan_draw
from learning_events.enums import Booking, RegistrationState
from learning_events.models import Registration
from participation.foundation.clock import database_now
from tests.architecture.world.city import World
from tests.learning_events.festivals import an_editor, make_event, with_seats

# The festival's days lie wherever the clock says; these sessions are always still to come.
FAR = 36500


def build(world: World) -> None:
    event = make_event(world.festival, title="An event with seats", booking=Booking.SEATS)
    session = with_seats(event, 20, day=FAR)
    lot = with_seats(make_event(world.festival, title="An event by lot", booking=Booking.DRAW), 20, day=FAR)
    world.things |= {
        "seats_event": event,
        "seats_session": session,
        "registration": Registration.objects.create(
            session=session,
            key="a1" * 16,
            name="Betty Booked",
            email="betty@example.org",
            phone="040 11 22 33",
            state=RegistrationState.CONFIRMED,
            confirmed_at=database_now(),
        ),
        "lot_session": lot,
        "draw": plan_draw(lot, closes_at=database_now() + dt.timedelta(days=1), by=an_editor()),
    }
    world.things["held_registration"] = hold_seats(session, 1)
