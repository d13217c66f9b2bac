"""The way back up that every page shows."""

import pytest

from participation.foundation.trail import breadcrumbs, trail_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_trail_leads_from_the_first_page_down_to_this_one():
    page = factories.make_places_page(slug="map", title="Map")
    home = page.get_parent()

    assert trail_of(page) == ((home.url, home.title), (page.url, "Map"))


def test_pages_below_are_added_and_the_last_has_no_address():
    page = factories.make_places_page(slug="map", title="Map")
    home = page.get_parent()

    assert breadcrumbs(page, ("/map/1/", "Library")) == [
        (home.url, home.title),
        (page.url, "Map"),
        ("", "Library"),
    ]
    assert breadcrumbs(page)[-1] == ("", "Map")


def test_trail_is_read_once_a_minute(django_assert_num_queries):
    page = factories.make_places_page(slug="map", title="Map")
    first = trail_of(page)

    with django_assert_num_queries(0):
        assert trail_of(page) == first


def test_trail_is_new_after_the_page_is_published_anew():
    page = factories.make_places_page(slug="map", title="Map")
    trail_of(page)

    page.title = "Map of learning"
    page.save_revision().publish()
    page.refresh_from_db()

    assert trail_of(page)[-1][1] == "Map of learning"


def test_unpublished_page_above_is_left_out():
    page = factories.make_places_page(slug="map", title="Map")
    type(page.get_parent()).objects.filter(pk=page.get_parent().pk).update(live=False)

    assert [title for _address, title in trail_of(page)] == ["Map"]
