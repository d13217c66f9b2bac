"""The demo city's festival as the domain functions build it."""

import time
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from learning_city.accounts.roles import ensure_roles
from learning_city.demo import city, content
from learning_city.demo.content import festival as facts
from learning_city.demo.content.festival.shapes import STORIES
from learning_city.demo.festival import FestivalBuilder
from learning_city.demo.places import MapBuilder

from learning_events.enums import EventStage, RegistrationState
from learning_events.models import EventPage, Festival, Registration, Session
from learning_events.queries.event import standings_of
from learning_events.queries.session import public_sessions
from learning_events.rules import may_run_festival
from participation.models import Organisation


def test_content_names_what_there_is():
    places = content.places()
    for event in facts.events():
        assert event.place in places
        assert event.kind in facts.KINDS
        assert event.story in ("", *STORIES)
        assert all(time.begin < time.end and 0 <= time.day < 9 for time in event.times)
    titles = [event.title for event in facts.events()]
    assert len(set(titles)) == len(titles) > 120
    assert {event.kind for event in facts.events()} == set(facts.KINDS)


@pytest.fixture
def built(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ensure_roles()
    neighbourhoods = city.add_neighbourhoods()
    users = city.add_people(neighbourhoods)
    organisations = city.add_organisations(neighbourhoods, users)
    home = city.add_home()
    places = MapBuilder(
        home=home,
        neighbourhoods=neighbourhoods,
        users=users,
        organisations=organisations,
        say=lambda words: None,
    )
    places.build()
    builder = FestivalBuilder(
        home=home, users=users, organisations=organisations, places=places.places, say=lambda words: None
    )
    began = time.process_time()
    builder.build()
    print(f"\nfestival: {time.process_time() - began:.1f} s of CPU")
    home.refresh_from_db()
    home.save_revision().publish()
    return builder


def test_festival_stands_as_the_content_tells(built):
    festival = built.festival
    sessions = Session.objects.filter(event__in=EventPage.objects.child_of(festival).live())
    days = Counter((session.starts_at.date() - festival.starts_on).days for session in sessions)
    hosts = Organisation.objects.filter(events__in=EventPage.objects.child_of(festival)).distinct()

    assert festival.starts_on.weekday() == 5
    assert sum(days[number] for number in range(9)) >= 250
    assert all(days[number] >= 10 for number in range(9))
    assert hosts.count() >= 60
    assert public_sessions().filter(event__path__startswith=festival.path).count() == sessions.count()
    assert EventPage.find_problems() == ([], [], [], [], [])

    # Some recur for months.
    assert sessions.exclude(recurrence=None).count() > 150

    # Late changes on top, one cancelled.
    assert sessions.filter(status="cancelled").count() == 1
    assert sessions.exclude(announced_at=None).count() == 4

    # Drafts and what the editors have to look at; they may.
    waiting = EventPage.objects.child_of(festival).filter(live=False)
    stages = Counter(standing.stage for standing in standings_of(waiting).values())
    assert stages == {EventStage.IN_REVIEW: 5, EventStage.DRAFT: 3}
    editor = get_user_model().objects.get(email="editor@example.org")
    assert may_run_festival(editor)

    # Full sessions with people waiting; every counter tells the truth.
    full = sessions.filter(seats=F("taken") + F("seats_kept")) | sessions.filter(seats=F("taken"))
    assert full.exists()
    assert Registration.objects.filter(state=RegistrationState.WAITING).count() == 12
    for session in Session.objects.filter(taken__gt=0):
        people = session.registrations.filter(state=RegistrationState.CONFIRMED, absent_at=None)
        assert session.taken >= sum(people.values_list("people", flat=True))

    # Last year's is there to copy from and to compare with, without names.
    last = Festival.objects.exclude(pk=festival.pk).get()
    assert EventPage.objects.child_of(last).live().count() == 48
    assert (
        not Registration.objects.filter(session__event__path__startswith=last.path).exclude(name="").exists()
    )
    assert f'id="{festival.pk}"' in built.invitation()
