"""What organisers hear of their events, and how often."""

import datetime as dt

import pytest
from django.core.management import call_command

from learning_events.domain.event import draft_event, send_event, withdraw_event
from learning_events.domain.event_news import organisers_of, remind_of_deadline
from learning_events.models import EventKind, EventPage, EventSubmission
from learning_events.own_things import own_events
from participation.domain.announcement import tell_followers
from participation.domain.personal_data import erase_person
from participation.models import Announcement, Notification, OutgoingMail
from participation.queries.announcement import public_announcements
from participation.queries.notification import notices_of
from tests.factories import (
    NeighbourhoodFactory,
    OrganisationFactory,
    ParticipantFactory,
    PlaceFactory,
    TopicFactory,
)
from tests.learning_events.festivals import make_event, make_festival, make_session
from tests.participation.following import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def festival(clock):
    clock.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC))
    return make_festival(submissions_close_on=dt.date(2026, 6, 3))


def draft(festival, by, title="Bread", **more):
    kind = EventKind.objects.get_or_create(slug="workshop", defaults={"name": "Workshop"})[0]
    facts = {"title": title, "summary": "We bake.", "kind": kind, "venue_name": "Old bakery"}
    return draft_event(festival, facts=facts, by=by, **more)


def test_who_has_not_handed_in_hears_of_the_deadline_once(festival, organiser):
    draft(festival, organiser)
    sent = draft(festival, organiser, "Sent")
    make_session(sent)
    send_event(sent, by=organiser)
    make_session(taken_back := draft(festival, organiser, "Taken back"))
    withdraw_event(send_event(taken_back, by=organiser), by=organiser)

    told = [remind_of_deadline(festival), remind_of_deadline(festival)]

    assert told == [1, 0]
    notice = Notification.objects.get(kind="learning_events.deadline")
    assert (notice.title, notice.text) == (
        "Please hand in “Bread” by 3 June 2026",
        "It is still a draft. There are 2 days left.",
    )
    assert OutgoingMail.objects.filter(notification=notice).count() == 1


@pytest.mark.parametrize(
    ("day", "told"), [("2026-05-30", 0), ("2026-05-31", 1), ("2026-06-03", 1), ("2026-06-04", 0)]
)
def test_only_the_last_days_are_worth_a_mail(festival, organiser, clock, day, told):
    draft(festival, organiser)
    clock.move_to(dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"))

    call_command("remind_organisers")

    assert Notification.objects.filter(kind="learning_events.deadline").count() == told


def test_without_a_writer_the_organisations_people_hear(festival, organiser):
    ours = OrganisationFactory()
    ours.roles.create(participant=organiser.participant)
    event = make_event(festival, organisation=ours)
    EventSubmission.objects.create(event=event, participant=None)

    assert list(organisers_of(event)) == [organiser.participant]
    assert not organisers_of(make_event(festival, title="Nobody's")).exists()


def test_ones_events_stand_on_the_profile(festival, organiser, citizen, django_assert_max_num_queries):
    for number in range(3):
        draft(festival, organiser, f"Number {number}")

    with django_assert_max_num_queries(6):
        things = own_events(organiser.participant)

    assert [(thing.title, thing.state) for thing in things] == [
        (f"Event: Number {number}", "Being written") for number in (2, 1, 0)
    ]
    assert own_events(citizen.participant) == []


def test_who_leaves_takes_drafts_along_but_not_what_is_public(festival, organiser):
    ours = OrganisationFactory(is_trusted=True)
    ours.roles.create(participant=organiser.participant)
    public = draft(festival, organiser, "Public", organisation=ours)
    make_session(public)
    send_event(public, by=organiser)
    draft(festival, organiser, "Draft alone")
    draft(festival, organiser, "Draft of ours", organisation=ours)

    erase_person(organiser, by=organiser)

    assert set(EventPage.objects.values_list("title", flat=True)) == {"Public", "Draft of ours"}
    assert set(EventSubmission.objects.values_list("participant", flat=True)) == {None}


def publish(event):
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def test_a_new_event_is_announced_once_and_taken_back(festival, citizen):
    topic, harbour = TopicFactory(), NeighbourhoodFactory()
    place = PlaceFactory(neighbourhood=harbour)
    follow([citizen.participant], "topic", topic.pk)
    event = publish(make_event(festival, live=False, place=place, topics=[topic]))
    tell_followers()

    news = public_announcements().get()
    assert (news.title, news.path) == ("New in the programme: “Bread for beginners”", event.url)
    assert sorted(news.targets.values_list("kind", "key")) == [
        ("neighbourhood", str(harbour.pk)),
        ("topic", str(topic.pk)),
    ]
    event.title = "Bread for everybody"
    event = publish(event)
    assert public_announcements().get().title == "New in the programme: “Bread for everybody”"

    event.unpublish()
    assert not public_announcements().exists()
    assert not notices_of(citizen.participant).exists()
    publish(event)
    assert public_announcements().get() == news
    assert tell_followers() == 0


@pytest.mark.parametrize("why", ["it was there before", "the festival is over"])
def test_what_is_no_news_is_not_announced(festival, clock, why):
    event = make_event(festival, live=False, topics=[TopicFactory()])
    if why == "the festival is over":
        clock.shift(dt.timedelta(days=365))
    else:
        event = publish(event)
        Announcement.objects.all().delete()
        clock.shift(dt.timedelta(minutes=1))

    publish(event)

    assert not Announcement.objects.exists()
