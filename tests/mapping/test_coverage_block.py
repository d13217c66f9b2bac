"""Coverage in one sentence, on any page."""

import pytest

from mapping.blocks import CoverageBlock
from mapping.domain import coverage
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, make_places_page
from tests.mapping.domain.test_coverage import square

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    coverage._surveys.clear()
    NeighbourhoodFactory(outline=square(9.0), population={"0-17": 1000, "18-64": 9000})
    library = PlaceCategoryFactory(name="Library", slug="library")
    PlaceFactory(latitude="0.010000", longitude="9.010000", category=library)
    return library


def drawn(**value) -> str:
    block = CoverageBlock()
    return block.render(block.to_python(value))


def test_the_sentence_leads_to_all_figures(library):
    page = make_places_page()

    body = drawn(page=page.pk, categories=[library.pk], distance="800")

    assert "41 of 100 residents live within 800 metres of a place of the kind “Library”." in body
    assert "That leaves out about 5,900 residents, about 590 of them children." in body
    assert f'href="{page.url_of("coverage")}?category=library&amp;distance=800"' in body


def test_without_people_or_where_the_page_keeps_its_figures_nothing_is_shown(library):
    quiet = make_places_page(slug="quiet", shows_coverage=False)

    assert drawn(page=quiet.pk, categories=[], distance="400").strip() == ""
    assert drawn(page=None, categories=[], distance="400").strip() == ""
