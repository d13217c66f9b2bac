"""Everybody finds a place: by list and by map, by keyboard, on a small phone, without JavaScript, tiles or a mouse."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from mapping.domain.place import change_place
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    ProposalFactory,
    make_budget,
    make_places_page,
)

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/places/"
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def harbour(roles):
    cache.clear()
    make_places_page(summary="Where one can learn something.")
    hood = NeighbourhoodFactory(
        name="Harbour",
        slug="harbour",
        outline={
            "type": "Polygon",
            "coordinates": [[[9.9, 53.5], [10.1, 53.5], [10.1, 53.6], [9.9, 53.6], [9.9, 53.5]]],
        },
    )
    library = PlaceCategoryFactory(name="Library", slug="library", symbol="book")
    workshop = PlaceCategoryFactory(name="Workshop", slug="workshop", symbol="tools")
    place = PlaceFactory(
        name="Harbour library",
        category=library,
        neighbourhood=hood,
        latitude="53.540000",
        longitude="9.930000",
        step_free="yes",
        opening_hours="Mo-Fr 09:00-18:00",
        description="Books and chairs.",
    )
    for number in range(3):
        PlaceFactory(
            name=f"Shed {number}",
            category=workshop,
            neighbourhood=hood,
            latitude="53.570000",
            longitude="10.060000",
        )
    PlaceFactory(
        name=ATTACK, category=workshop, neighbourhood=hood, latitude="53.570900", longitude="10.060000"
    )
    PlaceFactory(name="Anna's kitchen", category=workshop, latitude=None, longitude=None, cost="free")
    return place


def drawn(page):
    """Wait until the map shows something, and return how many places that is."""
    page.locator(".leaflet-marker-icon").first.wait_for()
    pins = page.locator(".leaflet-marker-icon").all()
    return sum(int(pin.inner_text() or 1) for pin in pins)


def alone(page) -> None:
    """No markup of anybody's name has become an element."""
    assert page.locator("img[src='x']").count() == 0


def test_a_place_is_found_by_filter_and_by_map(page, axe, no_sideways_scroll, harbour):
    page.goto(LIST)
    expect(page.get_by_role("heading", name="6 places")).to_be_visible()
    assert drawn(page) == 5
    expect(page.get_by_text("1 place has no point on the map")).to_be_visible()
    axe(page)

    page.get_by_label("Neighbourhood").select_option("harbour")
    page.locator("summary", has_text="More:").click()
    page.get_by_role("checkbox", name="Library").check()
    axe(page)
    page.get_by_role("button", name="Show results").click()

    expect(page.get_by_role("heading", name="1 place")).to_be_visible()
    assert drawn(page) == 1
    page.get_by_role("button", name="Harbour library").click()
    page.locator(".leaflet-popup-content").get_by_role("link", name="Harbour library").click()
    page.get_by_role("heading", name="Harbour library", level=1).wait_for()
    page.locator(".map-pin").wait_for()
    axe(page)
    no_sideways_scroll(page)

    page.go_back()
    page.get_by_role("link", name="Without: Harbour").click()
    page.get_by_role("link", name="Without: Library").click()
    expect(page.get_by_role("heading", name="6 places")).to_be_visible()


def test_the_map_works_by_keyboard_alone(page, axe):
    page.goto(f"{LIST}?category=workshop")
    assert drawn(page) == 4
    group = page.get_by_role("button", name="places. Zoom in").first
    group.focus()
    page.keyboard.press("Enter")
    spot = page.get_by_role("button", name="3 places at one spot. List them.")
    while not spot.count():
        page.wait_for_timeout(300)
        more = page.get_by_role("button", name="places. Zoom in")
        if more.count():
            more.first.focus()
            page.keyboard.press("Enter")
    spot.focus()
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Shed 0").last.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Shed 0"
    axe(page)
    page.keyboard.press("Escape")
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "3 places at one spot. List them."
    )


def test_what_one_chose_comes_back_with_the_places_in_sight(new_page):
    page = new_page(width=360, height=640, java_script_enabled=False)
    page.goto(LIST)
    page.get_by_role("checkbox", name="Entrance without steps").check()
    page.get_by_role("button", name="Show results").click()

    assert page.url.endswith("step_free=1&near=#found")
    expect(page.get_by_role("heading", name="1 place")).to_be_visible()
    assert page.evaluate("document.querySelector('#found').getBoundingClientRect().top") < 60
    expect(page.get_by_role("link", name="Harbour library")).to_be_visible()


def test_one_finger_scrolls_the_page_and_two_move_the_map(new_page):
    page = new_page(width=360, height=640, has_touch=True, is_mobile=True)
    page.goto(LIST)
    drawn(page)
    canvas = page.locator(".leaflet-container")
    canvas.scroll_into_view_if_needed()
    fingers = page.context.new_cdp_session(page)

    def stroke(*starts: tuple[float, float]) -> None:
        """Draw all fingers upwards by 80 pixels."""
        for kind, way in [("touchStart", 0), *(("touchMove", way) for way in range(8, 81, 8))]:
            points = [{"x": x, "y": y - way, "id": number} for number, (x, y) in enumerate(starts)]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(16)

    def lift() -> None:
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(400)

    def shown() -> list:
        """Return how far the page is scrolled, and where in the map its first pin is."""
        top = "document.querySelector(name).getBoundingClientRect().top"
        names = "['.leaflet-marker-icon', '.leaflet-container']"
        return page.evaluate(f"[scrollY, {names}.map((name) => {top}).reduce((pin, map) => pin - map)]")

    def middle() -> tuple[float, float]:
        box = canvas.bounding_box()
        return box["x"] + 120, min(box["y"] + box["height"] - 40, 600)

    hint = page.get_by_text("Move the map with two fingers")
    before = shown()
    stroke(middle())
    expect(hint).to_be_visible()
    lift()
    scrolled = shown()
    assert scrolled[0] > before[0]
    assert scrolled[1] == before[1]

    x, y = middle()
    stroke((x, y), (x + 80, y))
    lift()
    assert shown()[0] == scrolled[0]
    assert shown()[1] < scrolled[1] - 40


def test_X8_names_are_text_in_list_popup_tooltip_and_page(page):
    page.on("dialog", lambda dialog: pytest.fail("a name has become a script"))
    page.goto(f"{LIST}?q=onerror")
    assert drawn(page) == 1
    marker = page.get_by_role("button", name=ATTACK)
    marker.hover()
    assert page.locator(".map-tip").inner_text() == ATTACK
    marker.click()
    popup = page.locator(".leaflet-popup-content a")
    assert popup.inner_text() == ATTACK
    alone(page)

    popup.click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator("h1").inner_text() == ATTACK
    alone(page)
    assert (
        page.evaluate("JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent).name")
        == ATTACK
    )


def test_f27_without_javascript_the_list_is_complete(new_page, no_sideways_scroll):
    page = new_page(java_script_enabled=False, width=320)
    page.goto(LIST)
    page.get_by_label("Search for words").fill("kitchen")
    page.get_by_role("button", name="Show results").click()

    expect(page.get_by_role("heading", name="1 place")).to_be_visible()
    page.get_by_role("link", name="Anna's kitchen").click()
    expect(page.get_by_text("It has no point on the map yet.")).to_be_visible()
    no_sideways_scroll(page)


def test_near_me_asks_only_when_pressed_and_tells_no_more_than_a_hundred_metres(new_page):
    page = new_page(
        geolocation={"latitude": 53.5712345, "longitude": 10.0612345}, permissions=["geolocation"]
    )
    page.goto(LIST)
    assert "near" not in page.url

    page.get_by_role("button", name="Nearest to me first").click()
    page.get_by_text("Nearest first.").wait_for()

    assert page.url.endswith("?near=53.571,10.061#found")
    names = page.locator(".place-card__name").all_inner_texts()
    assert names[0] == ATTACK
    assert names[-2:] == ["Harbour library", "Anna's kitchen"]


def test_a_device_that_does_not_tell_shows_the_other_way(new_page):
    page = new_page(permissions=[])
    page.goto(LIST)
    page.get_by_role("button", name="Nearest to me first").click()
    page.get_by_text("Your device does not say where you are.").wait_for()

    page.locator("summary", has_text="More:").click()
    page.get_by_label("Nearest first, seen from").select_option(label="the middle of Harbour")
    page.get_by_role("button", name="Show results").click()

    expect(page.get_by_text("Nearest first.")).to_be_visible()
    expect(page.get_by_role("link", name="Near the middle of Harbour")).to_be_visible()


def test_another_layer_is_shown_on_request_and_listed(page, axe):
    area = AreaFactory(budget=make_budget())
    ProposalFactory(area=area, title="A choir", latitude="53.55", longitude="10.0")
    page.goto(LIST)
    drawn(page)
    page.get_by_role("checkbox", name="Show").check()
    page.get_by_role("button", name="A choir").wait_for()
    axe(page)
    page.get_by_role("checkbox", name="Show").uncheck()
    assert page.get_by_role("button", name="A choir").count() == 0

    page.get_by_role("link", name="Proposals (1)").click()
    page.locator(".map-pin").wait_for()
    axe(page)
    page.get_by_role("link", name="A choir").click()
    expect(page.get_by_role("heading", name="A choir")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_small_phone_shows_everything_without_scrolling_sideways(
    new_page, axe, no_sideways_scroll, harbour, scheme
):
    change_place(
        harbour,
        by=ParticipantFactory(user__is_superuser=True).user,
        facts={"description": "Books, chairs and a very long word: " + "a" * 90},
    )
    page = new_page(width=320, height=640, color_scheme=scheme)

    for address in (
        LIST,
        f"{LIST}?q=zzz",
        f"{LIST}{harbour.pk}/",
        f"{LIST}{harbour.pk}/history/",
        f"{LIST}embed/",
    ):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)


def test_no_focus_hides_behind_the_map(page, focus_is_never_hidden):
    page.goto(LIST)
    drawn(page)

    assert focus_is_never_hidden(page) > 20


def test_the_map_is_left_out_in_print_and_what_was_looked_for_stays(page):
    page.goto(f"{LIST}?q=library")
    drawn(page)
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Harbour library").first).to_be_visible()
    assert page.locator(".leaflet-container").is_hidden()
    assert page.locator(".filter").is_hidden()
    assert page.get_by_role("link", name="Who is left out?").is_hidden()
    assert page.locator(".place-filters").inner_text().strip().endswith("“library”")


def test_foreign_tiles_are_loaded_only_after_the_visitor_agrees(browser, live_server, settings, axe):
    settings.MAPPING_TILES = {
        "url": "https://tiles.example.org/{z}/{x}/{y}.png",
        "attribution": "© Makers <b>of maps</b>",
    }
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = {**directives, "img-src": [*directives["img-src"], "https://tiles.example.org"]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}
    context = browser.new_context(base_url=live_server.url, locale="en", reduced_motion="reduce")
    page = context.new_page()
    asked = []
    pixel = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    context.route(
        "https://tiles.example.org/**",
        lambda route: (asked.append(route.request.url), route.fulfill(body=pixel, content_type="image/gif")),
    )
    page.goto(LIST)
    drawn(page)
    assert asked == []
    axe(page)

    page.get_by_role("button", name="Show the drawn map").click()
    page.get_by_text("© Makers <b>of maps</b>").wait_for()
    page.locator(".leaflet-tile-loaded").first.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Hide the drawn map"
    page.reload()
    page.locator(".leaflet-tile-loaded").first.wait_for()

    page.get_by_role("button", name="Hide the drawn map").click()
    page.reload()
    drawn(page)
    assert page.locator(".leaflet-tile").count() == 0
    assert all(address.startswith("https://tiles.example.org/") for address in asked)
    context.close()
