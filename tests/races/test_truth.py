"""The yearly question asked by two processes at the same moment, on PostgreSQL with real connections."""

import datetime as dt

from django.utils import timezone

from mapping.domain.verification import ask_if_correct
from mapping.models import Scout, Stewardship, Verification
from participation.models import Notification, OutgoingMail
from tests.factories import NeighbourhoodFactory, ParticipantFactory, PlaceFactory, make_places_page
from tests.races.conftest import at_once

AT_ONCE = 6


def test_many_runs_at_once_ask_everybody_once():
    make_places_page()
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    kept = PlaceFactory.create_batch(4, verified_on=long_ago)
    for number, place in enumerate(kept):
        Stewardship.objects.create(place=place, email=f"group{number}@example.org")
    hood = NeighbourhoodFactory()
    PlaceFactory.create_batch(4, verified_on=long_ago, neighbourhood=hood)
    for person in ParticipantFactory.create_batch(5):
        Scout.objects.create(participant=person, neighbourhood=hood)

    answers = at_once([ask_if_correct] * AT_ONCE, workers=AT_ONCE)

    assert sum(answer.places for answer in answers) == 8
    assert Verification.objects.filter(asked="steward").count() == 4
    assert Verification.objects.filter(asked="scout").count() == 12
    assert OutgoingMail.objects.filter(kind="mapping.still_correct").count() == 4
    assert Notification.objects.filter(kind="mapping.scout").count() <= 5
