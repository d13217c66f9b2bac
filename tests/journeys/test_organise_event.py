"""An organiser submits an event on a phone; an editor publishes it in the page's own editor."""

import os

import pytest
from playwright.sync_api import expect

from learning_events.domain.workflow import ensure_workflow
from learning_events.models import EventKind, EventPage
from tests.factories import AudienceFactory, ParticipantFactory, PlaceFactory
from tests.journeys.signing_in import signed_in
from tests.learning_events.festivals import make_festival

pytestmark = pytest.mark.django_db(transaction=True)
# Where to leave pictures of the pages, for looking at them.
PICTURES = os.environ.get("JOURNEY_PICTURES")


def look(page, name: str, axe, no_sideways_scroll) -> None:
    axe(page)
    no_sideways_scroll(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/organise-{name}.png", full_page=True)


def go_on(page) -> None:
    page.get_by_role("button", name="Save and go on", exact=True).click()


def test_from_a_phone_into_the_programme(new_page, axe, no_sideways_scroll, roles, editor):
    ensure_workflow(make_festival())
    EventKind.objects.create(name="Workshop", slug="workshop")
    AudienceFactory(name="Families")
    PlaceFactory(name="Harbour bakery", street="Quay 3")
    organiser = ParticipantFactory(display_name="Olga Organiser").user
    phone = signed_in(new_page(width=320, height=640), organiser)

    phone.goto("/festival/my-events/")
    look(phone, "nothing-yet", axe, no_sideways_scroll)
    phone.get_by_role("link", name="Submit an event").first.click()
    look(phone, "submit", axe, no_sideways_scroll)
    phone.get_by_role("button", name="Begin").click()
    expect(phone.get_by_role("link", name="Please give the event a title.")).to_be_visible()
    phone.get_by_label("What is the event called?").fill("Bake your first loaf")
    phone.get_by_label("What kind of event is it?").select_option(label="Workshop")
    phone.get_by_label("What happens, in one sentence?").fill("Flour, water, salt and patience.")
    phone.get_by_role("button", name="Begin").click()

    phone.get_by_label("What happens there?").fill("We knead, wait and bake.")
    look(phone, "about", axe, no_sideways_scroll)
    go_on(phone)
    phone.get_by_label("Families").check()
    look(phone, "people", axe, no_sideways_scroll)
    go_on(phone)
    phone.get_by_label("Look for a place on the map").fill("bakery")
    phone.get_by_role("button", name="Search the map").click()
    phone.get_by_label("Harbour bakery, Quay 3").check()
    look(phone, "where", axe, no_sideways_scroll)
    go_on(phone)
    phone.get_by_label("Can one get there without steps?").select_option("yes")
    look(phone, "access", axe, no_sideways_scroll)
    go_on(phone)
    phone.get_by_label("Register for a seat").check()
    look(phone, "booking", axe, no_sideways_scroll)
    go_on(phone)

    phone.get_by_label("Day", exact=True).fill("2027-09-13")
    phone.get_by_label("Every week, or every few weeks").check()
    phone.get_by_label("Every how many weeks or months?").fill("2")
    phone.get_by_label("Until when?").fill("2027-10-31")
    phone.get_by_label("How many seats are there?").fill("12")
    look(phone, "sessions", axe, no_sideways_scroll)
    phone.get_by_role("button", name="Add", exact=True).click()
    expect(phone.get_by_text("4 sessions: every second Monday until")).to_be_visible()
    phone.get_by_label("27 September 2027").check()
    look(phone, "dates", axe, no_sideways_scroll)
    phone.get_by_role("button", name="Add these sessions").first.click()
    expect(phone.get_by_role("heading", name="3 sessions")).to_be_visible()
    look(phone, "sessions-added", axe, no_sideways_scroll)
    phone.get_by_role("link", name="Go on").click()
    look(phone, "picture", axe, no_sideways_scroll)
    go_on(phone)
    look(phone, "check", axe, no_sideways_scroll)
    phone.get_by_role("button", name="Hand it in").click()
    expect(phone.get_by_text("Being looked at")).to_be_visible()
    look(phone, "handed-in", axe, no_sideways_scroll)

    event = EventPage.objects.get()
    desk = signed_in(new_page(), editor)
    desk.goto(f"/admin/pages/{event.pk}/edit/")
    with desk.expect_navigation():
        # It lies in a menu that another version of Wagtail may fold in otherwise.
        approve = "button[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
        desk.locator(approve).dispatch_event("click")

    phone.goto("/festival/my-events/")
    expect(phone.get_by_text("Published")).to_be_visible()
    phone.get_by_role("link", name="Bake your first loaf").click()
    look(phone, "published", axe, no_sideways_scroll)
    phone.get_by_role("link", name="See the public page").click()
    expect(phone.get_by_role("heading", name="Bake your first loaf")).to_be_visible()
