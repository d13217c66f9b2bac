"""What does not fit together in a festival."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from learning_events.domain.session import cancel_session
from learning_events.enums import ClashKind
from learning_events.models import Room
from learning_events.queries.clashes import clashes_of_event, clashes_of_festival, leaders_of
from tests.factories import AudienceFactory, PlaceFactory, TopicFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(db):
    return make_festival()


def told(festival, **asked) -> list[tuple]:
    return [
        (each.kind.value, each.what, each.first.event.title, each.second.event.title if each.second else "")
        for each in clashes_of_festival(festival, **asked)
    ]


def test_same_place_at_once(festival):
    place = PlaceFactory(name="Mill")
    one = make_event(festival, title="One", place=place, venue_name="")
    other = make_event(festival, title="Other", venue_name="")
    make_session(one, hour=18, room="Hall")
    make_session(other, hour=19, place=place, room="hall ")
    make_session(other, hour=19, place=place, room="Cellar")

    assert told(festival) == [("place", "Mill, Hall", "One", "Other")]


def test_same_venue_by_its_name(festival):
    make_session(make_event(festival, title="One", venue_name="Old bakery"))
    make_session(make_event(festival, title="Other", venue_name="old  Bakery"))

    assert told(festival) == [("place", "Old bakery", "One", "Other")]


def test_same_leader_at_once(festival):
    make_session(make_event(festival, title="One", leaders="Ada Byron and Grace Hopper", venue_name="A"))
    make_session(make_event(festival, title="Other", leaders="Alan Turing, ada byron", venue_name="B"))

    assert told(festival) == [("leader", "Ada Byron", "One", "Other")]


def test_same_people_on_the_same_topic_or_all_of_one_audience(festival):
    families, reading, music = (
        AudienceFactory(name="Families"),
        TopicFactory(name="Reading"),
        TopicFactory(name="Music"),
    )
    for title, topic in (("One", reading), ("Other", reading), ("Third", music)):
        make_session(
            make_event(festival, title=title, venue_name=title, audiences=[families], topics=[topic])
        )

    assert told(festival) == [("audience", "Families, Reading", "One", "Other")]
    assert told(festival, audience=families) == [
        ("audience", "Families", "One", "Other"),
        ("audience", "Families", "One", "Third"),
        ("audience", "Families", "Other", "Third"),
    ]


def test_place_that_is_closed_at_that_hour(festival):
    place = PlaceFactory(name="Library", opening_hours="Mo-Su 10:00-18:00")
    make_session(make_event(festival, title="Fits", place=place), hour=10)
    make_session(make_event(festival, title="Too long", place=place), hour=17)

    assert told(festival) == [("closed", "Library", "Too long", "")]


def test_more_seats_than_the_room_has_elsewhere(festival):
    for day, (title, seats) in enumerate([("One", 20), ("Other", 24), ("Many", 60)]):
        make_session(make_event(festival, title=title), day=day, room="Hall", seats=seats)

    [(kind, words, first, second)] = told(festival)

    assert (kind, first, second) == ("seats", "Many", "Other")
    assert words == "Old bakery, Hall: 60 seats, but 24 is the most that another event has there"


def test_more_seats_than_the_room_holds(festival):
    place = PlaceFactory(name="Mill")
    Room.objects.create(place=place, name="Great  hall", people=40)
    Room.objects.create(place=place, name="", people=90)
    event = make_event(festival, title="One", place=place, venue_name="")
    for day, (room, seats) in enumerate(
        [("great hall", 41), ("Great Hall", 40), ("Yard", 91), ("", 91), ("Yard", 30)]
    ):
        make_session(event, day=day, room=room, seats=seats)

    assert told(festival) == [
        ("seats", "Mill, great hall: 41 seats, but it holds 40 people", "One", ""),
        ("seats", "Mill, Yard: 91 seats, but it holds 90 people", "One", ""),
        ("seats", "Mill: 91 seats, but it holds 90 people", "One", ""),
    ]


@pytest.mark.parametrize(("again", "people"), [("HALL", 5), ("Cellar", 0)])
def test_a_room_is_listed_once_and_holds_somebody(again, people):
    place = PlaceFactory()
    Room.objects.create(place=place, name="Hall", people=40)

    with pytest.raises(IntegrityError):
        Room.objects.create(place=place, name=again, people=people)


def test_what_is_a_draft_or_cancelled_takes_no_room(festival):
    make_session(make_event(festival, title="One"))
    make_session(make_event(festival, title="Draft", live=False))
    cancel_session(make_session(make_event(festival, title="Off")), reason="Ill.", by=an_editor())

    assert told(festival) == []


def test_next_to_each_other_is_no_clash(festival):
    event = make_event(festival, title="One")
    make_session(event, hour=16)
    make_session(make_event(festival, title="Other"), hour=18)

    assert told(festival) == []


def test_own_sessions_of_an_event_clash_by_place_alone(festival):
    families, reading = AudienceFactory(), TopicFactory()
    event = make_event(festival, title="One", leaders="Ada", audiences=[families], topics=[reading])
    make_session(event)
    make_session(event)

    assert [kind for kind, *_rest in told(festival)] == ["place"]


def test_another_festival_is_another_matter(festival):
    make_session(make_event(festival, title="One"))
    make_session(make_event(make_festival(slug="other"), title="Other"))

    assert told(festival) == []


def test_event_is_told_its_clashes_even_as_a_draft(festival):
    make_session(make_event(festival, title="Public"))
    draft = make_event(festival, title="Draft", live=False)
    make_session(draft)

    [clash] = clashes_of_event(festival, draft)

    assert clash.other.event.title == "Public"
    assert clash.words.startswith("same place at once: Old bakery")
    assert clashes_of_event(festival, make_event(festival, title="Without sessions")) == []


def test_time_of_a_clash_is_what_both_take(festival):
    make_session(make_event(festival, title="One"), hour=18)
    make_session(make_event(festival, title="Other"), hour=19)

    [clash] = clashes_of_festival(festival)

    assert clash.when == "Sat 12 Sept. 2026, 19:00–20:00"
    assert clash.on == dt.date(2026, 9, 12)
    assert clash.kind == ClashKind.PLACE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", set()),
        ("Ada Byron", {"ada byron"}),
        ("Ada Byron, Grace Hopper and Alan  Turing", {"ada byron", "grace hopper", "alan turing"}),
        ("Ada & Grace; ADA", {"ada", "grace"}),
        ("Andrea Sand", {"andrea sand"}),
    ],
)
def test_names_in_a_line(text, names):
    assert leaders_of(text) == names


def test_clashes_cost_the_same_for_many_sessions(festival, django_assert_num_queries):
    place = PlaceFactory(opening_hours="Mo-Su 10:00-18:00")
    make_session(make_event(festival, title="One", place=place), seats=10)
    with CaptureQueriesContext(connection) as one:
        clashes_of_festival(festival)
    for number in range(30):
        make_session(make_event(festival, title=f"E{number}", place=place), day=number % 5)
    Room.objects.create(place=place, name="", people=40)

    with django_assert_num_queries(len(one)):
        assert len(clashes_of_festival(festival)) > 30
