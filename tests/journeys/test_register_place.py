"""A group registers its place, with and without JavaScript and by keyboard; a moderator puts it on the map."""

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace, Stewardship
from participation.domain.mail import send_outgoing_mail
from tests.factories import (
    AudienceFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
    make_places_page,
)
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

REGISTER = "/places/register/"


@pytest.fixture(autouse=True)
def places_page(roles):
    cache.clear()
    PlaceCategoryFactory(name="Workshop", slug="workshop")
    TopicFactory(name="Repairing")
    AudienceFactory(name="Families")
    NeighbourhoodFactory(
        name="Old Harbour",
        outline={"type": "Polygon", "coordinates": [[[9, 50], [10, 50], [10, 51], [9, 51], [9, 50]]]},
    )
    return make_places_page()


def begin(page):
    page.goto(REGISTER)
    page.get_by_label("What is the place called?").fill("Mending room")
    page.get_by_label("What kind of place is it?").select_option(label="Workshop")
    page.get_by_label("What do people find here").fill("Neighbours mend things together.")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="Where is it?", level=1).wait_for()


def save(page):
    page.get_by_role("button", name="Save and go on", exact=True).click()


def link_in_mail(part: str) -> str:
    send_outgoing_mail()
    line = next(line for line in mail.outbox[-1].body.splitlines() if part in line)
    return "/places/" + line.split("/places/")[1]


def test_a_group_without_an_account_registers_and_a_moderator_puts_it_on_the_map(
    page, new_page, axe, no_sideways_scroll, moderator
):
    page.goto(REGISTER)
    axe(page)
    begin(page)
    page.locator(".map-hood").wait_for()
    axe(page)
    page.locator(".leaflet-container").click()
    page.get_by_label("Street and number").fill("Quay 3")
    save(page)
    page.get_by_role("heading", name="When is it open?").wait_for()
    page.get_by_label("When is it open?").fill("Mon-Fri 10am-5pm")
    page.get_by_text("This is how we understand it").wait_for()
    axe(page)
    save(page)  # it has been seen while writing, so it is kept at once
    page.get_by_role("heading", name="Who is it for?").wait_for()
    page.get_by_label("Repairing").check()
    page.get_by_label("Is there an entrance without steps?").select_option("yes")
    axe(page)
    save(page)
    page.get_by_role("heading", name="Pictures and contact").wait_for()
    axe(page)
    save(page)
    page.get_by_role("heading", name="Check and send", level=1).wait_for()
    page.get_by_label("Your e-mail address").fill("group@example.org")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Send my place").click()
    page.get_by_text("Please open the link that we have mailed you").wait_for()
    axe(page)

    page.goto(link_in_mail("/confirm/"))
    axe(page)
    page.get_by_role("button", name="Yes, send my place").click()
    page.get_by_text("A moderator looks at it now").wait_for()
    place = LearningPlace.objects.get()
    assert (place.status, place.opening_hours, place.step_free) == (
        PlaceStatus.PENDING,
        "Mo-Fr 10:00-17:00",
        "yes",
    )

    desk = signed_in(new_page(), moderator)
    desk.goto("/admin/places/registrations/")
    desk.get_by_role("link", name="Mending room").click()
    desk.get_by_text("Neighbours mend things together.").first.wait_for()
    desk.get_by_role("button", name="Put it on the map").click()
    desk.get_by_text("It is on the map now").wait_for()
    page.goto(f"/places/{place.pk}/")
    expect(page.get_by_role("heading", name="Mending room")).to_be_visible()
    assert Stewardship.objects.get().email == "group@example.org"


def test_f27_without_javascript_everything_works_and_hours_are_looked_at(new_page):
    page = new_page(java_script_enabled=False)
    begin(page)
    page.get_by_label("Latitude").fill("50.5")
    page.get_by_label("Longitude").fill("9.5")
    save(page)
    page.get_by_label("When is it open?").fill("Mon-Fri 10am-5pm")
    save(page)
    expect(page.get_by_text("Please look once")).to_be_visible()
    expect(page.get_by_text("Mo-Fr 10:00-17:00")).to_be_visible()
    page.get_by_role("button", name="Yes, save it and go on").click()

    expect(page.get_by_role("heading", name="Who is it for?")).to_be_visible()
    assert LearningPlace.objects.get().opening_hours == "Mo-Fr 10:00-17:00"


def test_hours_that_are_not_understood_can_be_kept_as_a_remark(page, axe):
    begin(page)
    page.get_by_label("Street and number").fill("Quay 3")
    save(page)
    page.get_by_label("When is it open?").fill("whenever the flag is up")
    save(page)
    page.get_by_role("heading", name="Please check this").wait_for()
    axe(page)
    page.get_by_role("button", name="Keep my words as a remark and go on").click()
    page.get_by_role("heading", name="Who is it for?").wait_for()

    assert LearningPlace.objects.get().hours_remark == "whenever the flag is up"


def test_somebody_is_warned_of_a_double(page, axe):
    PlaceFactory(name="The Mending Room", latitude="50.500000", longitude="9.500000")
    begin(page)
    page.get_by_label("Latitude").fill("50.5003")
    page.get_by_label("Longitude").fill("9.5")
    save(page)

    page.get_by_role("heading", name="Is it here already?").wait_for()
    axe(page)
    page.get_by_role("link", name="Mine is another place: go on").click()
    page.get_by_role("heading", name="When is it open?").wait_for()


def test_a_small_phone_shows_every_page_without_scrolling_sideways(new_page, axe, no_sideways_scroll):
    steward = ParticipantFactory(display_name="Stella Steward").user
    place = PlaceFactory(
        name="Kept place", latitude="50.5", longitude="9.5", opening_hours="Mo-Fr 10:00-17:00"
    )
    Stewardship.objects.create(place=place, participant=steward.participant)
    page = signed_in(new_page(width=320, height=640), steward)
    begin(page)
    key = page.url.split("/register/")[1].split("/")[0]

    for address in (
        REGISTER,
        *(
            f"{REGISTER}{key}/{step}/"
            for step in ("what", "where", "hours", "people", "more", "check", "delete")
        ),
        f"{REGISTER}{key}/",
        "/places/mine/",
        "/places/manage/",
        f"/places/{place.pk}/edit/",
        f"/places/{place.pk}/look-after/",
        f"/places/{place.pk}/stop/",
    ):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)
