"""A councillor looks for who is left out, and where one more library would help."""

import re

import pytest
from playwright.sync_api import expect

from mapping.domain import coverage
from tests.factories import (
    NeighbourhoodFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    make_places_page,
)
from tests.mapping.domain.test_coverage import square

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def map_page(roles):
    """Two neighbourhoods, a library in the middle of the western one, and a club somewhere in the other."""
    coverage._surveys.clear()
    people = {"0-17": 2000, "18-64": 7000, "65+": 1000}
    NeighbourhoodFactory(name="Westwood", slug="westwood", outline=square(9.0), population=people)
    NeighbourhoodFactory(name="Eastbank", slug="eastbank", outline=square(9.02), population=people)
    library = PlaceCategoryFactory(name="Library", slug="library", symbol="book")
    club = PlaceCategoryFactory(name="Club", slug="club", symbol="house")
    PlaceFactory(latitude="0.010000", longitude="9.010000", category=library)
    PlaceFactory(latitude="0.004000", longitude="9.024000", category=club)
    return make_places_page()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_figures_can_be_read_by_everybody(
    new_page, map_page, axe, no_sideways_scroll, focus_is_never_hidden, width, colours
):
    page = new_page(width=width, color_scheme=colours)

    page.goto(map_page.url_of("coverage") + "?category=library&at=eastbank")
    if (width, colours) == (1280, "light"):
        assert focus_is_never_hidden(page) > 20
    page.get_by_text("Who would be reached").click()

    axe(page)
    no_sideways_scroll(page)


def test_a_councillor_finds_where_one_more_library_helps_without_javascript(new_page, map_page):
    page = new_page(java_script_enabled=False, width=390)
    page.goto(map_page.url_of("coverage"))
    page.get_by_text("Only some kinds of places").click()
    page.get_by_label("Library").check()
    page.get_by_role("button", name="Show results").click()
    expect(
        page.get_by_text("20 of 100 residents live within 800 metres of a place of the kind “Library”.")
    ).to_be_visible()

    page.get_by_role("link", name="Children (under 18)").click()
    first = page.get_by_role("table").first.get_by_role("row").nth(1)
    assert first.get_by_role("rowheader").inner_text() == "Eastbank"
    page.get_by_label("In the middle of").select_option("Eastbank")
    page.get_by_role("button", name="Show what would change").click()

    told = page.get_by_text("more children within 800 metres")
    assert re.search(r"It would bring 8[0-9]{2} more children within 800 metres", told.inner_text())
    assert "category=library" in page.url
    assert "group=children" in page.url


def test_a_click_on_the_map_asks_what_one_more_place_there_would_change(new_page, map_page):
    page = new_page()
    page.goto(map_page.url_of("coverage") + "?category=library")
    drawing = page.locator("[data-coverage-map]")
    box = drawing.bounding_box()

    drawing.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.5})

    page.wait_for_url("**latitude=0.0*")
    assert float(page.get_by_label("Longitude").input_value()) == pytest.approx(9.03, abs=0.0005)
    expect(page.get_by_text(re.compile("It would bring [0-9,]+ more residents"))).to_be_visible()


def test_the_best_place_for_one_more_is_one_link_away(new_page, map_page):
    page = new_page()
    page.goto(map_page.url_of("coverage") + "?category=library")

    page.get_by_role("list").filter(has_text="+").get_by_role("link").first.click()

    page.wait_for_url("**latitude=*")
    expect(page.get_by_text(re.compile("It would bring [0-9,]+ more residents"))).to_be_visible()
    expect(page.get_by_text("the one more place, and how far it reaches")).to_be_visible()


def test_the_figures_can_be_taken_along(new_page, map_page):
    page = new_page(accept_downloads=True)
    page.goto(map_page.url_of("coverage") + "?category=library")

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()

    assert download.value.suggested_filename == "coverage.csv"
