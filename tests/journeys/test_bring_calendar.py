"""An organiser brings a calendar along on a phone, without JavaScript, and sees what the next one changes."""

import pytest
from django.core.cache import cache

from learning_events.models import EventPage
from tests.factories import ParticipantFactory
from tests.journeys.signing_in import signed_in
from tests.learning_events.calendar.files import event
from tests.learning_events.domain.calendars.test_bring_in import START, calendar
from tests.learning_events.festivals import make_festival

pytestmark = pytest.mark.django_db(transaction=True)


def file_of(content: bytes) -> dict:
    return {"name": "club.ics", "mimeType": "text/calendar", "buffer": content}


def test_a_calendar_becomes_drafts_and_the_next_file_shows_what_differs(
    new_page, axe, no_sideways_scroll, roles
):
    cache.clear()
    make_festival()
    organiser = ParticipantFactory(display_name="Olu Organiser").user
    page = signed_in(new_page(width=320, height=700, java_script_enabled=False), organiser)
    broken = event(uid="b", title="Never", start="DTSTART:20269999T000000")

    page.goto("/festival/calendars/")
    page.get_by_role("link", name="Bring a calendar along").click()
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("Please give the address of a calendar, or choose a file.").first.wait_for()
    axe(page)
    page.get_by_label("Or a file").set_input_files(file_of(calendar(event(uid="a", start=START), broken)))
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("Nothing is brought in yet").wait_for()
    page.get_by_text("“20269999T000000” is not a date").wait_for()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_text("1 event is a draft of yours now.").wait_for()

    page.get_by_label("The file as it is now").set_input_files(
        file_of(calendar(event(uid="a", title="Tea and cake", start=START)))
    )
    page.get_by_role("button", name="Look at this file").click()
    page.get_by_text("Title: “Tea and talk” becomes “Tea and cake”.").wait_for()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_text("The calendar is brought in; no event is new.").wait_for()
    axe(page)
    no_sideways_scroll(page)

    assert EventPage.objects.get().title == "Tea and cake"
