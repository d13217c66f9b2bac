"""A citizen proposes, with and without JavaScript and by keyboard; a reviewer decides; everybody finds it on the map."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Phase, Proposal, Support
from tests.budgeting.proposing import TEXTS, picture_file
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    ProposalFactory,
    make_budget,
)
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/budget/proposals/"


@pytest.fixture(autouse=True)
def area(roles):
    cache.clear()
    budget = make_budget(summary="Choose what people learn.", intro="<p>Everybody may propose.</p>")
    hood = NeighbourhoodFactory(
        name="Old Harbour",
        outline={"type": "Polygon", "coordinates": [[[9, 50], [10, 50], [10, 51], [9, 51], [9, 50]]]},
    )
    return AreaFactory(budget=budget, name="Old Harbour", neighbourhood=hood)


@pytest.fixture
def author():
    return ParticipantFactory(display_name="Carla Citizen").user


def write(page, area):
    """Fill in all that is needed, but for the place."""
    page.get_by_label("Title").fill("Repair café at the harbour")
    page.get_by_label("Summary").fill(TEXTS["summary"])
    page.get_by_label("Description").fill(TEXTS["description"])
    page.get_by_label("What will people learn?").fill(TEXTS["learning_goal"])
    page.get_by_label("How many people will learn?").fill("40")
    page.get_by_label("Area").select_option(str(area.pk))
    page.get_by_label("Cost").fill("12,500")


def picture():
    file = picture_file()
    return {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": file.read()}


def test_a_citizen_saves_a_draft_and_hands_it_in_with_a_picture_and_a_point(
    page, axe, no_sideways_scroll, author, area
):
    signed_in(page, author).goto("/budget/")
    axe(page)
    page.get_by_role("link", name="Propose a project").click()
    page.locator(".map-hood").wait_for()
    axe(page)
    page.get_by_label("Title").fill("Repair café")
    page.get_by_role("button", name="Save and go on later").click()
    page.get_by_text("Your draft is saved").wait_for()
    axe(page)

    page.get_by_role("link", name="Go on writing").click()
    write(page, area)
    page.get_by_label("Picture", exact=True).first.set_input_files(picture())
    page.get_by_label("What does the picture show?").first.fill("A lamp on a table")
    page.locator(".leaflet-container").click()
    page.get_by_role("button", name="Hand in my proposal").click()
    page.get_by_text("Your proposal is public now").wait_for()
    page.locator(".map-pin").wait_for()
    axe(page)
    no_sideways_scroll(page)

    proposal = Proposal.objects.get()
    assert proposal.status == ProposalStatus.SUBMITTED
    assert proposal.pictures.get().alt_text == "A lamp on a table"
    assert 50 < proposal.latitude < 51
    assert 9 < proposal.longitude < 10


def test_the_point_is_set_and_moved_by_keyboard_alone(page, author, area):
    signed_in(page, author).goto(f"{LIST}new/")
    page.locator(".map-hood").wait_for()

    page.locator(".leaflet-container").focus()
    page.keyboard.press("Enter")
    latitude = page.get_by_label("Latitude").input_value()
    page.get_by_role("button", name="Your point on the map. Arrow keys move it.").focus()
    page.keyboard.press("ArrowUp")

    assert float(page.get_by_label("Latitude").input_value()) > float(latitude)
    assert page.locator("[data-said]").inner_text().startswith("The point is set.")
    page.get_by_role("button", name="Remove the point").press("Enter")
    assert page.get_by_label("Latitude").input_value() == ""
    assert page.locator(".map-pin").count() == 0


def test_the_map_does_not_catch_the_wheel(page, author):
    signed_in(page, author).goto(f"{LIST}new/")
    canvas = page.locator(".leaflet-container")
    page.locator(".map-hood").wait_for()
    canvas.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    canvas.hover()
    page.mouse.wheel(0, 200)
    for _wait in range(50):
        if page.evaluate("window.scrollY") > before:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the page did not scroll")


def test_f27_without_javascript_everything_works(new_page, author, area):
    page = new_page(java_script_enabled=False)
    signed_in(page, author).goto(f"{LIST}new/")
    write(page, area)
    page.get_by_label("Latitude").fill("50.5")
    page.get_by_label("Longitude").fill("9.5")
    page.get_by_label("Picture", exact=True).first.set_input_files(picture())
    page.get_by_label("What does the picture show?").first.fill("A lamp on a table")
    page.get_by_role("button", name="Hand in my proposal").click()
    page.get_by_role("button", name="Support").click()

    expect(page.get_by_text("1 person supports this proposal")).to_be_visible()
    assert Proposal.objects.get().has_place
    assert Support.objects.count() == 1


def test_what_is_wrong_is_told_and_can_be_reached(page, axe, author, area):
    signed_in(page, author).goto(f"{LIST}new/")
    page.get_by_label("Title").fill("Repair café")
    page.get_by_label("Cost").fill("1e5")
    page.get_by_label("Latitude").fill("1")
    page.get_by_label("Longitude").fill("1")
    page.get_by_label("Area").select_option(str(area.pk))
    page.get_by_role("button", name="Hand in my proposal").click()
    page.get_by_role("heading", name="Please check this").wait_for()
    axe(page)

    page.get_by_role("link", name="This point lies outside Old Harbour").click()
    assert page.evaluate("document.activeElement.name") == "place_latitude"


def test_a_small_phone_shows_list_form_and_proposal_without_scrolling_sideways(
    new_page, axe, no_sideways_scroll, author, area
):
    proposal = ProposalFactory(area=area, latitude="50.5", longitude="9.5", author=author.participant)
    page = signed_in(new_page(width=320, height=640), author)

    for address in (
        "/budget/",
        LIST,
        f"{LIST}?q=zzz",
        f"{LIST}new/",
        f"{LIST}mine/",
        f"{LIST}{proposal.pk}/",
        f"{LIST}{proposal.pk}/edit/",
        f"{LIST}{proposal.pk}/withdraw/",
    ):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)


def test_x8_a_title_is_text_on_the_map_too(page, area):
    title = "<img src=x onerror=alert(1)>"
    proposal = ProposalFactory(area=area, latitude="50.5", longitude="9.5", title=title)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    page.goto(LIST)
    page.get_by_role("button", name=title).click()
    link = page.locator(".leaflet-popup-content a")
    link.wait_for()

    assert link.inner_text() == title
    assert link.get_attribute("href") == f"{LIST}{proposal.pk}/"
    assert dialogs == []


def test_near_points_are_one_group_that_opens_by_keyboard(page, axe, area):
    for number in range(4):
        ProposalFactory(area=area, latitude=f"50.500{number}", longitude="9.5", title=f"Near {number}")

    page.goto(LIST)
    group = page.get_by_role("button", name="4 places here. Zoom in to see each.")
    group.wait_for()
    axe(page)
    for _step in range(8):
        if page.get_by_role("button", name="Near 0", exact=True).count():
            break
        page.locator(".map-pin--group").first.locator("..").press("Enter")
        page.wait_for_timeout(100)

    assert page.get_by_role("button", name="Near 0", exact=True).count() == 1


def test_an_officer_decides_and_the_author_is_told(page, officer, author, area):
    proposal = ProposalFactory(area=area, author=author.participant)
    Phase.objects.filter(budget=area.budget, kind=PhaseKind.REVIEW).update(
        opens_at=area.budget.phase(PhaseKind.SUBMISSION).opens_at
    )

    signed_in(page, officer).goto("/admin/budgets/review/")
    page.get_by_role("link", name=proposal.title).click()
    page.get_by_label("Feasible: it goes on the ballot").check()
    page.get_by_label("Cost after review").fill("9,000")
    page.get_by_label("Reason, for everybody to read").fill("There is room in the library.")
    page.get_by_role("button", name="Publish this decision").click()
    page.get_by_text("Your decision is public").wait_for()

    signed_in(page, author).goto(f"{LIST}{proposal.pk}/")
    expect(page.get_by_text("There is room in the library.")).to_be_visible()
    page.goto("/notices/")
    expect(page.get_by_text("will be on the ballot").first).to_be_visible()
