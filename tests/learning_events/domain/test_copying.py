"""Last year's event again, on the same days of the week."""

import datetime as dt

import pytest

from learning_events.domain.copying import copy_event, same_weekday
from learning_events.domain.event import change_event, draft_event
from learning_events.domain.session import cancel_session
from learning_events.models import EventPage, Festival
from mapping.models import Topic
from participation.foundation.errors import Conflict, NotAllowed
from tests.factories import OrganisationFactory, ParticipantFactory
from tests.learning_events.festivals import make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC))
    return clock


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


def next_year(**fields):
    return make_festival(slug="next", starts_on=dt.date(2027, 3, 20), ends_on=dt.date(2027, 3, 29), **fields)


def test_everything_said_comes_along_but_bookings_and_cancelled_sessions(organiser):
    ours = OrganisationFactory()
    ours.roles.create(participant=organiser.participant)
    facts = {
        "title": "Bread",
        "summary": "We bake.",
        "topics": [Topic.objects.create(name="Baking", slug="baking")],
    }
    event = draft_event(make_festival(), facts=facts, by=organiser, organisation=ours)
    kept = make_session(event, day=1, seats=12, room="Hall")  # Sunday, 18:00 in summer time
    event.sessions.update(taken=5)
    cancel_session(make_session(event, day=2), reason="Ill.", by=organiser)

    copy = copy_event(event, festival=next_year(), by=organiser)

    copy = EventPage.objects.get(pk=copy.pk)
    assert (copy.summary, copy.organisation, copy.copied_from, copy.live) == ("We bake.", ours, event, False)
    assert [topic.name for topic in copy.topics.all()] == ["Baking"]
    session = copy.sessions.get()
    # Sunday of the first weekend, at 18:00 though it is winter time.
    assert session.starts_at == dt.datetime(2027, 3, 21, 17, tzinfo=dt.UTC)
    assert (session.seats, session.room, session.taken, session.sequence) == (12, "Hall", 0, 0)
    assert session.uid != kept.uid
    change_event(copy, facts={"title": "Rolls"}, by=organiser)
    assert EventPage.objects.get(pk=copy.pk).copied_from == event


def test_dates_that_would_be_over_do_not_come_along(organiser, clock):
    event = draft_event(festival := make_festival(), facts={"title": "Bread"}, by=organiser)
    make_session(event, day=0)
    coming = make_session(event, day=1)
    clock.move_to("2026-09-12 18:00+00:00")

    copy = copy_event(event, festival=festival, by=organiser)

    assert list(copy.sessions.values_list("starts_at", flat=True)) == [coming.starts_at]


def test_one_copies_ones_own_events_only(organiser, citizen):
    event = draft_event(make_festival(), facts={"title": "Bread"}, by=organiser)

    with pytest.raises(NotAllowed):
        copy_event(event, festival=next_year(), by=citizen)


def test_an_organisation_that_one_left_does_not_come_along(organiser):
    left = OrganisationFactory()
    role = left.roles.create(participant=organiser.participant)
    event = draft_event(make_festival(), facts={"title": "Bread"}, by=organiser, organisation=left)
    role.delete()

    assert copy_event(event, festival=next_year(), by=organiser).organisation is None


def test_after_the_deadline_nothing_is_copied(organiser):
    event = draft_event(make_festival(), facts={"title": "Bread"}, by=organiser)

    with pytest.raises(Conflict):
        copy_event(event, festival=next_year(submissions_close_on=dt.date(2026, 5, 1)), by=organiser)
    assert EventPage.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-12", "2027-09-11"),  # first day, a Saturday
        ("2026-09-20", "2027-09-19"),  # last day, a Sunday
        ("2026-09-16", "2027-09-15"),
        ("2026-12-02", "2027-12-01"),  # all year round: eleven weeks after
        ("2026-09-01", "2027-08-31"),
    ],
)
def test_days_keep_their_place_in_the_week(day, expected):
    before = Festival(starts_on=dt.date(2026, 9, 12), ends_on=dt.date(2026, 9, 20))
    now = Festival(starts_on=dt.date(2027, 9, 11), ends_on=dt.date(2027, 9, 19))

    assert same_weekday(dt.date.fromisoformat(day), before, now) == dt.date.fromisoformat(expected)


def test_a_festival_that_begins_later_in_the_week_keeps_its_events_inside():
    before = Festival(starts_on=dt.date(2026, 9, 14), ends_on=dt.date(2026, 9, 20))  # Monday to Sunday
    now = Festival(starts_on=dt.date(2027, 9, 15), ends_on=dt.date(2027, 9, 25))  # Wednesday to Saturday week

    days = [same_weekday(before.starts_on + dt.timedelta(days=n), before, now) for n in range(7)]

    assert [day.day for day in days] == [20, 21, 15, 16, 17, 18, 19]
    assert [day.weekday() for day in days] == list(range(7))
