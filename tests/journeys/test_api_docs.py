"""The documentation of the API in a real browser: tables of many words, on a phone and on a desk."""

import pytest


@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (1280, "dark")])
def test_documentation_is_accessible(new_page, axe, no_sideways_scroll, width, colours):
    page = new_page(width=width, color_scheme=colours)

    page.goto("/api/v1/")

    assert page.locator("h2", has_text="/api/v1/proposals/").count() == 2
    axe(page)
    no_sideways_scroll(page)
