"""What becomes of a place, and who may say so."""

import datetime as dt

import pytest

from mapping.domain import place as places
from mapping.domain.place import LinkHolder
from mapping.enums import PlaceStatus, VerifiedBy
from mapping.models import LearningPlace, Stewardship
from mapping.queries.version import present_version
from participation.domain.announcement import tell_followers
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Announcement, OrganisationPerson
from participation.queries.announcement import public_announcements
from participation.queries.notification import notices_of
from tests.factories import (
    NeighbourhoodFactory,
    OrganisationFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    TopicFactory,
)
from tests.participation.following import follow

pytestmark = pytest.mark.django_db


def make_steward(user, place):
    Stewardship.objects.create(place=place, participant=user.participant)
    return user


def test_a_draft_is_written_down_with_its_neighbourhood_and_a_revision():
    hood = NeighbourhoodFactory(
        outline={"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54], [9, 54], [9, 53]]]}
    )
    topic = TopicFactory()

    place = places.draft_place(
        facts={
            "name": "  Repair\u200b  café ",
            "category": PlaceCategoryFactory(),
            "point": ("53.500000", "9.500000"),
            "languages": ["de", "ar", "de"],
            "topics": [topic],
        }
    )

    stored = LearningPlace.objects.get(pk=place.pk)
    assert (stored.name, stored.status, stored.languages) == ("Repair café", PlaceStatus.DRAFT, "de ar")
    assert stored.neighbourhood == hood
    assert list(stored.topics.all()) == [topic]
    assert stored.revisions.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"category": None}, "category"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"email": "not an address"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"cost": "cheap"}, "cost"),
        ({"point": (53.5, None)}, "point"),
        ({"point": (91, 9)}, "point"),
        ({"point": (float("nan"), 9.0)}, "point"),
        ({"languages": ["German"]}, "languages"),
        ({"opening_hours": "whenever"}, "opening_hours"),
        ({"description": "x" * 4001}, "description"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(facts, field):
    good = {"name": "Library", "category": PlaceCategoryFactory()}

    with pytest.raises(Invalid) as refusal:
        places.draft_place(facts={**good, **facts})

    assert refusal.value.field == field
    assert not LearningPlace.objects.exists()


def test_P21_status_and_steward_are_no_facts(citizen):
    place = PlaceFactory()
    make_steward(citizen, place)

    with pytest.raises(TypeError):
        places.change_place(place, by=citizen, facts={"status": "published"})


def test_a_steward_changes_a_place_and_every_state_is_kept(citizen):
    place = PlaceFactory(name="Old name")
    make_steward(citizen, place)

    changed = places.change_place(place, by=citizen, facts={"name": "New name"}, expected_version=1)

    assert (changed.name, changed.version) == ("New name", 2)
    assert [revision.content["name"] for revision in changed.revisions.order_by("pk")] == [
        "Old name",
        "New name",
    ]
    assert changed.latest_revision.user == citizen


def test_people_of_the_organisation_and_holders_of_the_mailed_link_change_it_too(citizen):
    organisation = OrganisationFactory()
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place = PlaceFactory(organisation=organisation)
    holder = LinkHolder(place_pk=place.pk, email="group@example.org")

    places.change_place(place, by=citizen, facts={"street": "Main Street 1"})
    places.change_place(place, by=holder, facts={"locality": "Town"})

    place.refresh_from_db()
    assert place.address == "Main Street 1, Town"


def test_strangers_change_nothing_and_learn_nothing_of_drafts(stranger, citizen):
    shown, draft = PlaceFactory(), PlaceFactory(status=PlaceStatus.DRAFT)
    elsewhere = LinkHolder(place_pk=draft.pk, email="group@example.org")

    for by in (stranger, citizen, elsewhere):
        with pytest.raises(NotAllowed):
            places.change_place(shown, by=by, facts={"name": "Mine"})
    for by in (stranger, citizen):
        with pytest.raises(Missing):
            places.change_place(draft, by=by, facts={"name": "Mine"})


def test_F22_two_writers_do_not_overwrite_each_other(citizen):
    place = make_place_with_steward(citizen)
    places.change_place(place, by=citizen, facts={"name": "First"}, expected_version=1)

    with pytest.raises(Conflict) as refusal:
        places.change_place(place, by=citizen, facts={"name": "Second"}, expected_version=1)

    assert refusal.value.code == "changed_meanwhile"
    assert LearningPlace.objects.get(pk=place.pk).name == "First"


def make_place_with_steward(user):
    place = PlaceFactory()
    make_steward(user, place)
    return place


def test_moderators_decide_and_nobody_else(moderator, citizen):
    place = PlaceFactory(status=PlaceStatus.PENDING)

    with pytest.raises(NotAllowed):
        places.publish_place(place, by=citizen)
    with pytest.raises(Invalid):
        places.refuse_place(place, by=moderator, reason=" ")
    published = places.publish_place(place, by=moderator)
    hidden = places.hide_place(published, by=moderator, reason="It is no learning place.")

    assert (published.is_public, hidden.is_public) == (True, False)
    assert hidden.status_reason == "It is no learning place."


def test_a_closed_place_leads_to_where_its_successor_leads(moderator):
    first, second, third = PlaceFactory(), PlaceFactory(), PlaceFactory()
    places.close_place(second, by=moderator, successor=third)
    second.refresh_from_db()

    closed = places.close_place(first, by=moderator, successor=second)

    assert closed.successor == third
    with pytest.raises(Invalid):
        places.close_place(third, by=moderator, successor=closed)


def test_merging_keeps_both_histories_and_leads_old_addresses_on(moderator, citizen):
    double, kept = PlaceFactory(name="Library Altona"), PlaceFactory(name="Altona Library")
    older = PlaceFactory()
    places.close_place(older, by=moderator, successor=double)
    make_steward(citizen, double)
    double.reports.create(kind="duplicate")

    places.merge_places(double, into=kept, by=moderator)

    double.refresh_from_db()
    older.refresh_from_db()
    assert (double.status, double.successor, older.successor) == (PlaceStatus.MERGED, kept, kept)
    assert double.revisions.count() >= 2
    assert kept.reports.count() == 1
    assert kept.stewardships.get().participant == citizen.participant


def test_a_place_is_not_merged_with_itself(moderator):
    place = PlaceFactory()

    with pytest.raises(Invalid):
        places.merge_places(place, into=place, by=moderator)


def test_verifying_notes_the_day_and_who(moderator):
    place = places.verify_place(PlaceFactory(), how=VerifiedBy.STAFF, on=dt.date(2026, 5, 1), by=moderator)

    assert (place.verified_on, place.verified_by) == (dt.date(2026, 5, 1), "staff")


def test_every_change_is_a_new_version_of_the_map(moderator):
    place = PlaceFactory()
    before = present_version()

    places.hide_place(place, by=moderator, reason="Wrong.")

    after = present_version()
    assert after.number == before.number + 1
    assert after.before[0] == before.stamp
    assert LearningPlace.objects.get(pk=place.pk).map_version == after.number


def test_a_new_place_is_announced_once_and_taken_back_when_it_is_hidden(moderator, citizen):
    hood = NeighbourhoodFactory(
        outline={"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54], [9, 54], [9, 53]]]}
    )
    topic = TopicFactory()
    follow([citizen.participant], "topic", topic.pk)
    facts = {
        "name": "Repair café",
        "category": PlaceCategoryFactory(),
        "point": ("53.5", "9.5"),
        "topics": [topic],
    }
    place = places.publish_place(places.draft_place(facts=facts), by=moderator)
    tell_followers()

    news = Announcement.objects.get()
    assert news.title == "New on the map: “Repair café”"
    assert sorted(news.targets.values_list("kind", "key")) == [
        ("neighbourhood", str(hood.pk)),
        ("topic", str(topic.pk)),
    ]
    assert notices_of(citizen.participant).count() == 1
    places.change_place(place, by=moderator, facts={"name": "Mending café"})
    assert public_announcements().get().title == "New on the map: “Mending café”"

    places.hide_place(place, by=moderator, reason="Not a place.")
    assert not public_announcements().exists()
    assert not notices_of(citizen.participant).exists()

    places.publish_place(place, by=moderator)
    assert public_announcements().get() == news
    assert tell_followers() == 0


def test_a_place_that_was_there_before_is_no_news_when_it_changes(moderator):
    place = PlaceFactory()

    places.change_place(place, by=moderator, facts={"name": "Mending café"})

    assert not Announcement.objects.exists()
