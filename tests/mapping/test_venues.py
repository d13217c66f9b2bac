"""The map's places, offered to whoever plans a meeting."""

import pytest

from mapping.enums import PlaceStatus
from participation.foundation.venues import find_venues, venue_with
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_a_published_place_is_found_by_its_words_and_by_its_key():
    place = PlaceFactory(name="Harbour library", street="Quay 1", step_free="yes", hearing_loop="partly")
    PlaceFactory(name="Harbour secret", status=PlaceStatus.HIDDEN)

    (venue,) = find_venues("harbour")

    assert (venue.key, venue.name, venue.address) == (f"place:{place.pk}", "Harbour library", "Quay 1")
    assert (venue.is_step_free, venue.has_hearing_loop) == (True, None), "partly is neither yes nor no"
    assert venue_with(venue.key) == venue


@pytest.mark.parametrize(
    "key", ["", "place:", "place:x", "place:99999999999", "place:-1", "other:1", "place:1:2", "place:\u0661"]
)
def test_other_keys_are_no_place(key):
    assert venue_with(key) is None


def test_no_words_find_nothing_and_what_is_hidden_has_no_key():
    hidden = PlaceFactory(status=PlaceStatus.HIDDEN)

    assert find_venues("  ") == []
    assert venue_with(f"place:{hidden.pk}") is None
