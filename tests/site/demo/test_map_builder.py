"""The demo city's map as the domain functions build it."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from learning_city.accounts.roles import ensure_roles
from learning_city.demo import city, content
from learning_city.demo.content.places import stories
from learning_city.demo.places import MapBuilder

from mapping.enums import PlaceStatus, SubmissionState, VerifiedBy
from mapping.models import LearningPlace, PlaceImport, PlaceReport, PlaceSubmission, Verification
from mapping.queries.places import PlaceSearch, place_index


@pytest.fixture
def page(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ensure_roles()
    neighbourhoods = city.add_neighbourhoods()
    users = city.add_people(neighbourhoods)
    organisations = city.add_organisations(neighbourhoods, users)
    return MapBuilder(
        home=city.add_home(),
        neighbourhoods=neighbourhoods,
        users=users,
        organisations=organisations,
        say=lambda words: None,
    ).build()


def test_map_stands_as_the_content_tells(page):
    places = {
        place.name: place for place in LearningPlace.objects.select_related("neighbourhood", "successor")
    }
    on_the_map = LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED)
    index = place_index()

    assert page.show_in_menus
    assert len(index) == on_the_map.count() == len(content.places()) - 2
    for facts in content.places().values():
        place = places[facts.name]
        assert (place.neighbourhood.slug if place.neighbourhood else "") == facts.neighbourhood
        assert bool(place.opening_hours) == bool(facts.opening_hours)
        assert place.phone == facts.phone
        assert place.step_free == facts.step_free

    # One has moved, one was on the map twice.
    assert places[stories.CLOSED.name].status == PlaceStatus.CLOSED
    assert places[stories.CLOSED.name].successor == places["Station Hall Learning Desk"]
    assert places[stories.MERGED.name].status == PlaceStatus.MERGED
    assert places[stories.MERGED.name].successor == places["Customs House Museum"]

    # Four wait, one of them from somebody without an account.
    waiting = PlaceSubmission.objects.filter(state=SubmissionState.WAITING)
    assert waiting.count() == len(stories.WAITING)
    assert waiting.filter(participant=None).exclude(email="").count() == 1
    assert set(waiting.values_list("place__status", flat=True)) == {PlaceStatus.PENDING}
    assert PlaceReport.objects.count() == len(stories.ERRORS)

    # Those who should know are asked about what nobody has confirmed for a year; our scout is one of them.
    scout = get_user_model().objects.get(email="resident@example.org").participant
    assert [each.place.name for each in scout.verifications.select_related("place")] == [
        "Long Green Pavilion"
    ]
    assert Verification.objects.filter(asked=VerifiedBy.STEWARD).count() >= 8

    # The register came from a file.
    done = PlaceImport.objects.get()
    assert done.added == on_the_map.filter(source=done.source).count() >= 40
    assert done.source.attribution

    # What has happened lies in the past and in its order.
    library = places["Central Library"]
    days = [
        (timezone.now() - each.created_at).days for each in library.revisions.order_by("created_at", "pk")
    ]
    assert days == sorted(days, reverse=True)
    assert days[-1] in (40, 41, 42)
    assert library.version == 4
    assert on_the_map.filter(verified_on__lt=timezone.localdate() - dt.timedelta(days=365)).count() >= 8

    assert len(index.find(PlaceSearch(online=True))) == 6
    assert 0 < len(index.find(PlaceSearch(open_in_evening=True))) < len(index)
