"""The documentation of the API in a real browser: tables of many words, on a phone and on a desk."""

import pytest


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_documentation_is_accessible(new_page, axe, no_sideways_scroll, look, width):
    page = new_page(width=width, **look)

    page.goto("/api/v1/")

    assert page.locator("h2", has_text="/api/v1/proposals/").count() == 2
    axe(page)
    no_sideways_scroll(page)
