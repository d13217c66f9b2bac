"""A festival in figures."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning_events.domain.session import cancel_session
from learning_events.enums import RegistrationState
from learning_events.models import KeyFeature, Registration
from learning_events.queries.report import festival_before, others_to_compare, report_of
from mapping.enums import Cost, Stated
from tests.factories import AudienceFactory, NeighbourhoodFactory, OrganisationFactory, PlaceFactory
from tests.learning_events.festivals import FIRST_DAY, an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(db):
    return make_festival()


def book(session, people: int, *, came: int = 0) -> None:
    """Let so many people have a seat, of whom `came` were counted at the door."""
    Registration.objects.bulk_create(
        Registration(
            session=session,
            key=f"{session.pk:08}{number:024}",
            name="Somebody",
            state=RegistrationState.CONFIRMED,
            checked_in_at=timezone.now() if number < came else None,
        )
        for number in range(people)
    )


def lines(report, key):
    return {
        name: (line.events, line.sessions, line.seats, line.registered, line.came)
        for table in report.tables
        if table.key == key
        for name, line in table.lines.items()
    }


def test_figures_of_the_whole_festival(festival):
    event = make_event(
        festival, organisation=OrganisationFactory(), cost=Cost.FREE, step_free=Stated.YES, languages="de en"
    )
    book(make_session(event, seats=20), 12, came=9)
    cancel_session(make_session(event, day=1, seats=30), reason="Ill.", by=an_editor())
    make_session(make_event(festival, title="Not public", live=False), seats=99)

    report = report_of(festival)

    total = report.total
    assert (total.events, total.sessions, total.cancelled, total.seats) == (1, 1, 1, 20)
    assert (total.registered, total.came) == (12, 9)
    assert (report.organisers, report.free, report.step_free, report.languages, report.days) == (
        1,
        1,
        1,
        2,
        9,
    )


def test_neighbourhood_is_that_of_the_session_then_of_the_event(festival):
    east = PlaceFactory(neighbourhood=NeighbourhoodFactory(name="East"))
    west = PlaceFactory(neighbourhood=NeighbourhoodFactory(name="West"))
    event = make_event(festival, place=east)
    make_session(event)
    make_session(event, day=1, place=west)
    make_session(make_event(festival, title="Elsewhere"))

    assert {name: line[:2] for name, line in lines(report_of(festival), "neighbourhood").items()} == {
        "East": (1, 1),
        "West": (1, 1),
        "online or elsewhere": (1, 1),
    }


def test_fewer_than_five_people_are_not_told(festival):
    audience = AudienceFactory(name="Parents")
    book(make_session(make_event(festival, audiences=[audience]), seats=9), 4, came=4)

    report = report_of(festival)

    assert lines(report, "audience")["Parents"] == (1, 1, 9, None, None)
    assert (report.total.registered, report.total.came) == (None, None)


def test_one_group_that_is_left_out_cannot_be_subtracted(festival):
    places = [PlaceFactory(neighbourhood=NeighbourhoodFactory(name=name)) for name in ("A", "B", "C")]
    for place, people in zip(places, (3, 6, 20), strict=True):
        book(make_session(make_event(festival, title=place.name, place=place)), people)

    told = {name: line[3] for name, line in lines(report_of(festival), "neighbourhood").items()}

    assert told == {"A": None, "B": None, "C": 20}


def test_event_counts_for_each_of_its_key_features(festival):
    features = [KeyFeature.objects.create(number=number, name="Name") for number in ("2.2", "1.1")]
    make_session(make_event(festival, key_features=features))

    assert list(lines(report_of(festival), "key_feature")) == ["1.1 Name", "2.2 Name"]


def test_festival_is_compared_with_the_last_one_before(festival):
    last_year = FIRST_DAY.replace(year=2025)
    before = make_festival(slug="before", title="Before", starts_on=last_year, ends_on=last_year)
    make_festival(slug="after", starts_on=FIRST_DAY.replace(year=2027), ends_on=FIRST_DAY.replace(year=2027))
    make_festival(slug="hidden", starts_on=last_year, ends_on=last_year, live=False)

    others = list(others_to_compare(festival))

    assert [other.slug for other in others] == ["after", "before"]
    assert festival_before(festival, others) == before
    assert festival_before(before, others_to_compare(before)) is None


def test_report_costs_the_same_for_many_events(festival, django_assert_num_queries):
    make_session(make_event(festival))
    report_of(festival)  # what is kept between requests is there now
    with CaptureQueriesContext(connection) as one:
        report_of(festival)
    for number in range(30):
        make_session(make_event(festival, title=f"E{number}"))

    with django_assert_num_queries(len(one)):
        assert report_of(festival).total.events == 31
