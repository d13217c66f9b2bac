"""The picture of a badge is drawn from its name and cannot be more than a picture."""

from xml.etree import ElementTree

import pytest

from learning_events.credentials.picture import LINES, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    "name",
    [
        "Bread",
        "A name of very many words that goes on and on and on until the end " * 2,
        "x" * 120,
        "<&\"'>",
        "مخبز",
    ],
)
def test_name_fits_and_stays_text(name):
    drawn = ElementTree.fromstring(picture(name, "City of learning & more"))  # noqa: S314 - our own text

    lines = drawn.findall(f"{SVG}g/{SVG}text")
    assert drawn.get("aria-label") == name
    assert 2 <= len(lines) <= LINES + 1
    assert {each.tag.removeprefix(SVG) for each in drawn.iter()} == {"svg", "circle", "path", "g", "text"}
