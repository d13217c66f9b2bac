"""A festival with its workflow, and who hands events in."""

import pytest

from learning_events.domain.workflow import ensure_workflow
from tests.factories import ParticipantFactory
from tests.learning_events.festivals import make_festival


@pytest.fixture
def festival(roles):
    festival = make_festival()
    ensure_workflow(festival)
    return festival


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Oda Organiser").user
