"""Who takes part, in figures: given voluntarily, deleted at will, small groups hidden, gaps named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain.figures import give_figures
from participation.enums import AgeBand, Gender, Privacy
from participation.foundation.errors import Invalid
from participation.models import Membership, OwnFigures, Seat
from participation.queries.figures import figures_of_city
from tests.factories import NeighbourhoodFactory, ParticipantFactory, make_committee

pytestmark = pytest.mark.django_db

PUBLIC, OWN = "/who-takes-part/", "/who-takes-part/me/"


def people(number, *, committee=None, **figures):
    for _each in range(number):
        person = ParticipantFactory()
        give_figures(person, **figures)
        if committee is not None:
            Membership.objects.create(
                committee=committee,
                seat=Seat.objects.create(committee=committee),
                participant=person,
                name="M",
                from_on=timezone.localdate(),
            )


def by_age():
    return next(table for table in figures_of_city() if str(table.title) == "Age")


def test_somebody_gives_changes_and_deletes_their_figures(client, citizen):
    client.force_login(citizen)
    client.post(OWN, {"age_band": "30-64", "gender": "woman"})
    assert list(OwnFigures.objects.values_list("age_band", "gender", "with_neighbourhood")) == [
        ("30-64", "woman", False)
    ]

    client.post(OWN, {"age_band": "65+"})
    assert OwnFigures.objects.get().gender == ""
    assert client.post(OWN, {"age_band": "old"}).status_code == 400
    client.post(OWN, {"delete": "1"})
    assert not OwnFigures.objects.exists()
    give_figures(citizen.participant)
    assert not OwnFigures.objects.exists()
    with pytest.raises(Invalid):
        give_figures(citizen.participant, gender="x")


def test_gaps_are_named_and_small_groups_hidden(client):
    NeighbourhoodFactory(population={"0-5": 900, "6-17": 100, "18-29": 400, "30-64": 400, "65+": 100})
    committee = make_committee()
    people(10, committee=committee, age_band=AgeBand.OLD)
    people(30, committee=committee, age_band=AgeBand.MIDDLE)
    people(4, committee=committee, age_band=AgeBand.YOUNG)
    people(3, age_band=AgeBand.CHILD)

    table = by_age()

    assert table.members.cells == {"6-17": None, "18-29": None, "30-64": 30, "65+": None}
    assert (table.members.total, table.members.rest) == (40, 10)
    assert table.others.total is None
    assert table.gaps == [
        "6 to 17 years, 18 to 29 years, 65 years and older: 60 % of the city, but only about 25 % of the members of "
        "committees. Invite them first."
    ]
    html = client.get(PUBLIC).content.decode()
    assert "but only about 25 % of the members" in html
    assert html.count("hidden</span>") >= 7


def test_a_private_committee_is_not_counted_among_the_members():
    people(12, committee=make_committee(privacy=Privacy.PRIVATE), age_band=AgeBand.OLD)

    table = by_age()

    assert (table.members.total, table.others.cells["65+"]) == (None, None)
    assert table.others.total == 10


def test_the_page_costs_the_same_with_many_people(client, settings):
    settings.PARTICIPATION_GENDER_SHARES = {"woman": 0.51, "man": 0.49}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            figures_of_city()
        return len(queries)

    people(1, gender=Gender.MAN)
    before = cost()
    people(11, gender=Gender.MAN)
    people(11, gender=Gender.WOMAN)
    assert cost() == before
    assert client.get(PUBLIC).status_code == 200
