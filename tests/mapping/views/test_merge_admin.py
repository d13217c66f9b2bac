"""Entries that look like one place: a moderator notes that they are two, and may think again."""

import pytest
from django.db import IntegrityError, transaction

from mapping.domain.doubles import compare_again, keep_apart
from mapping.models import DistinctPlaces
from mapping.queries.doubles import possible_doubles
from participation.foundation.errors import Invalid, NotAllowed
from tests.factories import PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

LIST = "/admin/places/doubles/"


@pytest.fixture
def pair(db):
    make_places_page()
    return [PlaceFactory(name=name, latitude="53.5", longitude="10") for name in ("Old mill", "Old mill 2")]


def address(pair) -> str:
    return f"/admin/places/merge/{pair[0].pk}/{pair[1].pk}/"


def test_pair_that_is_two_places_is_noted_and_not_shown_again(client, moderator, pair):
    client.force_login(moderator)
    assert len(possible_doubles().pairs) == 1

    body = client.post(address(pair), {"distinct": "1"}, follow=True).content.decode()

    assert "Noted: these are two places." in body
    assert "No two entries look like the same place." in body
    assert "Noted as two places" in body
    assert possible_doubles().number == 0
    assert "noted that these are two places" in client.get(address(pair)).content.decode()


def test_other_pairs_are_still_shown(moderator, pair):
    third = PlaceFactory(name="Old mill", latitude="53.5", longitude="10.0001")

    keep_apart(pair[1], pair[0], by=moderator)

    found = [{each.first, each.second} for each in possible_doubles().pairs]
    assert {frozenset(each) for each in found} == {frozenset((pair[0], third)), frozenset((pair[1], third))}


def test_moderator_may_think_again(client, moderator, pair):
    keep_apart(*pair, by=moderator)
    client.force_login(moderator)

    client.post(address(pair[::-1]), {"again": "1"})

    assert len(possible_doubles().pairs) == 1
    assert not DistinctPlaces.objects.exists()


def test_pair_is_noted_once_whichever_is_named_first(moderator, pair):
    assert keep_apart(*pair, by=moderator) == keep_apart(*pair[::-1], by=moderator)

    with pytest.raises(IntegrityError), transaction.atomic():
        DistinctPlaces.objects.create(first=pair[1], second=pair[0])


def test_others_may_not_and_one_place_is_no_pair(citizen, moderator, pair):
    for act in (keep_apart, compare_again):
        with pytest.raises(NotAllowed):
            act(*pair, by=citizen)
        with pytest.raises(Invalid):
            act(pair[0], pair[0], by=moderator)
    assert not DistinctPlaces.objects.exists()


def test_merging_is_undone_from_its_own_message(client, moderator, pair):
    client.force_login(moderator)

    body = client.post(address(pair), {"keep": pair[0].pk}, follow=True).content.decode()

    assert "They are one entry now." in body
    assert f'href="{address(pair)}"' in body
    assert "an entry of its own again" in client.get(address(pair)).content.decode()


def test_p10_list_of_pairs_is_for_moderators(client, citizen, pair):
    client.force_login(citizen)

    assert client.get(LIST).status_code == 302
    client.post(address(pair), {"distinct": "1"})
    assert not DistinctPlaces.objects.exists()
