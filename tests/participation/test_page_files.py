"""Files below pages are found on a site that has no festival."""

import pytest
from django.urls import Resolver404, include, path, resolve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from participation.checks import files_below_pages_are_found
from tests.participation.meetings import keeper_of, make_committee, make_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ADMIN, PAGES = path("admin/", include(wagtailadmin_urls)), path("", include(wagtail_urls))
urlpatterns = [
    ADMIN,
    path("", include("participation.urls")),
    path("", include("participation.foundation.page_files")),
    PAGES,
]


@pytest.fixture
def calendar(clock):
    committee = make_committee()
    make_meeting(committee, by=keeper_of(committee))
    return committee.url_of("meetings_calendar")


def test_a_committees_calendar_is_found_without_the_festivals_addresses(client, calendar):
    answer = client.get(calendar)

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert files_below_pages_are_found(None) == []


def test_a_site_that_forgot_these_addresses_is_told(calendar, settings):
    settings.ROOT_URLCONF = (ADMIN, path("", include("participation.urls")), PAGES)

    with pytest.raises(Resolver404):
        resolve(calendar)
    assert [problem.id for problem in files_below_pages_are_found(None)] == ["participation.W001"]
