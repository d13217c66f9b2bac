"""The menus in the frame of every page."""

import pytest
from learning_city.menus import footer_of, forget, menu_of
from wagtail.models import PageViewRestriction, Site

from budgeting.enums import PhaseKind
from tests.factories import make_budget

pytestmark = pytest.mark.django_db


def test_the_menus_are_read_once_and_then_cost_no_query(rf, django_assert_num_queries):
    make_budget(phase=PhaseKind.SUBMISSION, show_in_menus=True, title="Budget 2026")
    site = Site.objects.select_related("root_page").get()
    request = rf.get("/")
    forget()
    first = menu_of(site, request), footer_of(site, request)

    with django_assert_num_queries(0):
        assert (menu_of(site, request), footer_of(site, request)) == first

    assert [title for _url, title in first[0]] == ["Budget 2026"]


def test_a_page_leaves_the_menu_as_soon_as_strangers_may_not_see_it(rf):
    budget = make_budget(phase=PhaseKind.SUBMISSION, show_in_menus=True, title="Budget 2026")
    site = Site.objects.select_related("root_page").get()
    request = rf.get("/")
    assert [title for _url, title in menu_of(site, request)] == ["Budget 2026"]

    restriction = PageViewRestriction.objects.create(page=budget, restriction_type="login")

    assert menu_of(site, request) == []
    restriction.delete()
    assert [title for _url, title in menu_of(site, request)] == ["Budget 2026"]
