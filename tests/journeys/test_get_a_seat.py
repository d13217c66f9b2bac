"""A visitor books on a narrow phone without JavaScript, a second waits and moves up by mail, and is checked in at the door."""

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from learning_events.enums import Booking
from learning_events.models import Registration
from participation.domain.mail import send_outgoing_mail
from tests.journeys.signing_in import signed_in
from tests.learning_events.festivals import an_editor, make_event, make_festival, with_seats

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(roles):
    """One seat, in six hours by the real clock."""
    cache.clear()
    today = timezone.localdate()
    festival = make_festival(
        starts_on=today,
        ends_on=today + dt.timedelta(days=1),
        offers_end_hours=1,
        contact_phone="040 12 34 56",
    )
    starts_at = (timezone.now() + dt.timedelta(hours=6)).replace(microsecond=0)
    event = make_event(festival, booking=Booking.SEATS)
    return with_seats(event, 1, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2))


def link_in_mail(to: str) -> str:
    send_outgoing_mail()
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [to])
    line = next(line for line in letter.body.splitlines() if "/registration/" in line)
    return "/festival/" + line.split("/festival/")[1].strip()


def test_a_seat_is_booked_waited_for_given_on_and_taken(session, new_page, axe, no_sideways_scroll):
    book = f"/festival/book/{session.pk}/"

    def look(page):
        axe(page)
        no_sideways_scroll(page)

    first = new_page(width=320, java_script_enabled=False)
    first.goto(book)
    first.get_by_role("button", name="Keep a seat for me").click()
    first.get_by_label("Your name").fill("Ada")
    first.get_by_label("Your e-mail address").fill("ada@example.org")
    first.get_by_role("button", name="Book this seat").click()
    first.get_by_text("You have a seat").wait_for()

    second = new_page(width=320)
    second.goto(book)
    second.get_by_role("heading", name="Join the waiting list").wait_for()
    look(second)
    second.get_by_label("Your name").fill("Bert")
    second.get_by_label("Your e-mail address").fill("bert@example.org")
    second.get_by_role("button", name="Join the waiting list").click()
    second.get_by_text("You are number 1 in line").wait_for()
    look(second)

    first.goto(link_in_mail("ada@example.org"))
    first.get_by_role("link", name="Cancel the registration").click()
    first.get_by_role("button", name="Cancel the registration").click()
    first.get_by_text("This registration is cancelled").wait_for()

    second.goto(link_in_mail("bert@example.org"))
    look(second)
    second.get_by_role("button", name="I take it").click()
    second.get_by_text("You have a seat").wait_for()
    assert (
        second.locator(".ticket img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    )
    look(second)
    third = new_page(width=320, java_script_enabled=False)
    third.goto(book)
    expect(third.get_by_role("heading", name="Join the waiting list")).to_be_visible()

    door = signed_in(new_page(width=320), an_editor())
    door.goto(f"/festival/door/{session.pk}/")
    look(door)
    door.context.set_offline(True)
    door.get_by_role("button", name="Check in – Bert").click()
    door.get_by_text("as soon as possible: 1").wait_for()
    assert Registration.objects.get(name="Bert").checked_in_at is None
    door.context.set_offline(False)
    door.get_by_text("as soon as possible: 1").wait_for(state="hidden")
    door.goto(second.url)
    look(door)
    door.get_by_role("button", name="Undo the check-in").wait_for()
    assert Registration.objects.get(name="Bert").checked_in_at is not None
    for name in ("bookings", "bookings/{}/book", "bookings/{}/write", "bookings/{}/questions", "desk"):
        address = (
            name.format(session.pk)
            if "{}" in name
            else name + (f"/{session.pk}" if name == "bookings" else "")
        )
        door.goto(f"/festival/{address}/")
        look(door)
