"""An editor finds on the board what was handed in, sends one event back, publishes another, and sees what clashes."""

import datetime as dt
import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learning_events.domain.workflow import ensure_workflow
from learning_events.models import EventPage
from tests.factories import AudienceFactory, NeighbourhoodFactory, PlaceFactory, VerifiedParticipantFactory
from tests.journeys.signing_in import signed_in
from tests.learning_events.festivals import make_event, make_festival, make_session
from tests.learning_events.handing_in import hand_in

pytestmark = pytest.mark.django_db(transaction=True)
# Where to leave pictures of the pages, for looking at them.
PICTURES = os.environ.get("JOURNEY_PICTURES")


def festival_to_come():
    """Nine days from a Saturday on, next week or the one after by the real clock."""
    today = timezone.localdate()
    saturday = today + dt.timedelta(days=7 + (5 - today.weekday()) % 7)
    return make_festival(starts_on=saturday, ends_on=saturday + dt.timedelta(days=8))


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_from_the_board_to_the_programme(new_page, axe, no_sideways_scroll, roles, editor):
    festival = festival_to_come()
    ensure_workflow(festival)
    organiser = VerifiedParticipantFactory(display_name="Oda Organiser").user
    place = PlaceFactory(name="Mill", neighbourhood=NeighbourhoodFactory(name="Harbour"))
    known = make_event(
        festival, title="Known already", place=place, audiences=[AudienceFactory(name="Families")]
    )
    make_session(known, room="Hall", seats=20)
    ready = hand_in(festival, organiser, title="Mend a chair", place=place, venue_name="")
    hand_in(festival, organiser, title="Nobody knows")
    page = signed_in(new_page(), editor)

    page.goto("/admin/festival/board/")
    expect(page.get_by_role("link", name="being looked at 2")).to_be_visible()
    axe(page)
    picture(page, "board")
    page.get_by_role("link", name="Nobody knows").click()
    expect(page.get_by_role("heading", level=2, name="Nobody knows")).to_be_visible()
    axe(page)
    page.get_by_label("Question or reason").fill("Who leads it?")
    page.get_by_role("button", name="Send back with a question").click()
    expect(page.get_by_role("link", name="sent back with a question 1")).to_be_visible()

    page.get_by_role("link", name="Mend a chair").click()
    expect(page.get_by_text("same place at once")).to_be_visible()
    picture(page, "review")
    page.goto("/admin/festival/clashes/")
    axe(page)
    picture(page, "clashes")
    page.get_by_role("link", name="Mend a chair").click()
    page.get_by_role("link", name="Change sessions").click()
    expect(page.get_by_role("heading", name="One more session")).to_be_visible()
    axe(page)
    picture(page, "sessions")
    page.get_by_role("link", name="Change Sat").click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    axe(page)
    page.get_by_label("Room").fill("Cellar")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The session is changed.")).to_be_visible()
    page.goto(f"/admin/festival/events/{ready.pk}/")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("“Mend a chair” is accepted.")).to_be_visible()
    assert EventPage.objects.get(pk=ready.pk).live

    phone = new_page(width=320)
    assert phone.goto(ready.url).status == 200
    phone.goto(festival.url_of("report"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("The festival in figures")
    axe(phone)
    no_sideways_scroll(phone)
    picture(phone, "report-phone")


def test_many_events_are_published_at_once(new_page, axe, roles, editor):
    festival = festival_to_come()
    ensure_workflow(festival)
    organiser = VerifiedParticipantFactory(display_name="Oda Organiser").user
    events = [hand_in(festival, organiser, title=title) for title in ("First", "Second")]
    page = signed_in(new_page(), editor)

    page.goto("/admin/festival/board/?stage=review")
    page.locator("thead").get_by_role("checkbox").check()
    page.get_by_role("link", name="Publish the chosen events").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 events")
    axe(page)
    picture(page, "bulk")
    page.get_by_role("button", name="Publish").click()
    picture(page, "after-bulk")
    expect(page.get_by_text("Done for 2 events.")).to_be_visible()

    assert EventPage.objects.live().filter(pk__in=[event.pk for event in events]).count() == 2
