"""The one index by which places are found: what it holds, what it forgets, and how it knows."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mapping.domain import place as places
from mapping.enums import PlaceStatus
from mapping.models import MapVersion
from mapping.queries.places import PlaceSearch, place_index, with_descendants
from tests.factories import (
    AudienceFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
BERLIN = dt.timezone(dt.timedelta(hours=1))
MONDAY_NOON = dt.datetime(2026, 11, 23, 12, tzinfo=BERLIN)


def found(**wanted) -> list[str]:
    index = place_index()
    return [index.names[position] for position in index.find(PlaceSearch(**wanted))]


def test_everything_is_found_by_name_whatever_the_case_and_marks():
    for name in ("Zoo", "äpfel", "Apricots", "Öland"):
        PlaceFactory(name=name)

    assert found() == ["äpfel", "Apricots", "Öland", "Zoo"]


@pytest.mark.parametrize("status", [status for status in PlaceStatus if status != "published"])
def test_P4_what_is_not_published_is_not_found(status):
    shown = PlaceFactory(name="Shown")

    PlaceFactory(name="Secret", status=status, successor=shown if status == "merged" else None)

    assert found() == ["Shown"]


def test_words_are_found_in_name_kind_place_and_topic_without_marks():
    library = PlaceCategoryFactory(name="Bücherei")
    place = PlaceFactory(name="Am Markt", category=library, street="Große Straße 1", summary="Lesen für alle")
    place.topics = [TopicFactory(name="Languages")]
    place.save()
    PlaceFactory(name="Elsewhere")

    for words in ("bucherei", "GROSSE strasse", "lesen markt", "languages", "markt languages"):
        assert found(words=words) == ["Am Markt"], words
    assert found(words="markt elsewhere") == []


def test_a_kind_of_place_stands_for_all_that_belong_to_it():
    culture = PlaceCategoryFactory()
    libraries = PlaceCategoryFactory(parent=culture)
    mobile = PlaceCategoryFactory(parent=libraries)
    PlaceFactory(name="Bus", category=mobile)
    PlaceFactory(name="Gym")

    assert found(categories=frozenset({culture.pk})) == ["Bus"]
    assert with_descendants({culture.pk}) == {culture.pk, libraries.pk, mobile.pk}


def test_every_part_of_a_search_narrows():
    hood, organisation, audience = NeighbourhoodFactory(), OrganisationFactory(), AudienceFactory()
    place = PlaceFactory(
        name="Fits",
        neighbourhood=hood,
        organisation=organisation,
        step_free="yes",
        cost="free",
        languages="de ar",
        is_online=True,
        opening_hours="Mo-Fr 10:00-19:00; Su 14:00-17:00",
    )
    place.audiences = [audience]
    place.save()
    PlaceFactory(name="Does not", step_free="partly", cost="partly", languages="en")

    for wanted in (
        {"neighbourhoods": frozenset({hood.pk})},
        {"organisation": organisation.pk},
        {"audiences": frozenset({audience.pk})},
        {"languages": frozenset({"ar", "fa"})},
        {"step_free": True},
        {"free": True},
        {"online": True},
        {"open_on": 6},
        {"open_in_evening": True},
        {"open_at": MONDAY_NOON},
    ):
        assert found(**wanted) == ["Fits"], wanted
        assert PlaceSearch(**wanted).is_narrow
    assert found(open_on=5) == []
    assert found(languages=frozenset({"fa"})) == []
    assert not PlaceSearch().is_narrow


def test_the_nearest_come_first_and_those_without_a_point_last():
    PlaceFactory(name="Nowhere", latitude=None, longitude=None)
    PlaceFactory(name="Far", latitude="53.600000")
    PlaceFactory(name="Near", latitude="53.551000")
    index = place_index()

    positions = index.find(PlaceSearch(), near=(53.55, 9.99))

    assert [index.names[position] for position in positions] == ["Near", "Far", "Nowhere"]
    assert index.distances_m(positions, (53.55, 9.99))[0] == pytest.approx(111.2, abs=0.1)


def test_changes_are_seen_at_once(moderator):
    place = PlaceFactory(name="Library")
    assert found() == ["Library"]

    places.change_place(place, by=moderator, facts={"name": "Public library"})
    assert found(words="public") == ["Public library"]

    places.hide_place(place, by=moderator, reason="It is a private house.")
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_a_known_version_costs_one_query_and_a_change_reads_only_what_changed(moderator):
    PlaceFactory.create_batch(3)
    place_index()

    with CaptureQueriesContext(
        connection,
    ) as known:
        first = place_index()
    PlaceFactory(name="One more")
    with CaptureQueriesContext(connection) as changed:
        second = place_index()

    assert len(known) == 1
    assert place_index() is second is not first
    assert len(changed) == 6
    assert "map_version" in changed[-1]["sql"]
    assert len(second) == 4


@pytest.mark.django_db(transaction=True)
def test_a_draft_does_not_make_the_index_anew():
    PlaceFactory(name="Shown")
    before = place_index()
    codes = before.by_cell

    places.draft_place(facts={"name": "Draft", "category": PlaceCategoryFactory()})
    after = place_index()

    assert after.by_cell is codes
    assert after.version != before.version


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_there():
    PlaceFactory(name="Stays")
    with transaction.atomic():
        PlaceFactory(name="Never")
        assert found() == ["Never", "Stays"]
        transaction.set_rollback(True)
    PlaceFactory(name="Comes")

    assert found() == ["Comes", "Stays"]


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_read_as_a_whole():
    PlaceFactory(name="Old")
    place_index()

    MapVersion.objects.update(stamp="another history", before="")
    PlaceFactory._meta.model.objects.update(name="Restored")

    assert found() == ["Restored"]


def test_an_empty_map_is_found_empty():
    assert found(words="anything", open_at=MONDAY_NOON, open_on=6) == []
    assert len(place_index()) == 0
