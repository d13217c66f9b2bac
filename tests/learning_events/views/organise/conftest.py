"""Olga, who organises; a draft of hers and an event that is public; it is the first of June."""

import datetime as dt

import pytest

from learning_events.domain.event import change_event, draft_event, send_event
from learning_events.models import EventKind
from tests.factories import OrganisationFactory, ParticipantFactory
from tests.learning_events.festivals import make_festival, make_session

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(NOW)
    return clock


@pytest.fixture
def festival():
    return make_festival()


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def client(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def kind(db):
    return EventKind.objects.create(name="Workshop", slug="workshop")


@pytest.fixture
def draft(festival, organiser, kind):
    facts = {"title": "Bread", "summary": "We bake.", "kind": kind, "venue_name": "Old bakery"}
    return draft_event(festival, facts=facts, by=organiser)


@pytest.fixture
def public(draft, organiser):
    """An event of an organisation that publishes by itself."""
    trusted = OrganisationFactory(is_trusted=True)
    trusted.roles.create(participant=organiser.participant)
    make_session(draft)
    change_event(draft, facts={"organisation": trusted}, by=organiser)
    return send_event(draft, by=organiser)
