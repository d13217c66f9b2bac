"""A festival in September with one event that takes registrations; it is the first of the month."""

import pytest

from learning_events.enums import Booking
from tests.learning_events.domain.registration.seats import NOW
from tests.learning_events.festivals import make_event, make_festival


@pytest.fixture
def clock(clock):
    """The first of September; `clock.move_to` and `clock.shift` go on from there."""
    clock.move_to(NOW)
    return clock


@pytest.fixture
def festival(db, clock):
    return make_festival(contact_phone="040 12 34 56")


@pytest.fixture
def event(festival):
    return make_event(festival, booking=Booking.SEATS)
