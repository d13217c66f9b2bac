"""The clock of the tests: this process, the database and its functions tell the same time."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from participation.foundation.clock import database_now
from participation.models import Neighbourhood
from tests.clock import stopped_clock
from tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db

START = dt.datetime(2027, 5, 3, 10, tzinfo=dt.UTC)


def test_all_clocks_stand_still_and_move_together():
    with stopped_clock(START) as clock:
        at_first = [timezone.now(), database_now(), database_now()]
        clock.shift(dt.timedelta(days=400, seconds=1))
        later = [timezone.now(), database_now()]

    assert at_first == [START] * 3
    assert later == [START + dt.timedelta(days=400, seconds=1)] * 2


def test_what_the_database_compares_with_is_moved_too():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite asks the operating system for the time: tests there go by database_now()")
    NeighbourhoodFactory()
    with stopped_clock(START):
        assert Neighbourhood.objects.annotate(now=Now()).values_list("now", flat=True).get() == START


def test_clocks_go_on_afterwards():
    with stopped_clock(START):
        pass

    assert abs(database_now() - timezone.now()) < dt.timedelta(minutes=1)
    assert abs(timezone.now() - START) > dt.timedelta(seconds=1)


def test_clocks_go_on_after_a_failure_inside():
    with pytest.raises(ZeroDivisionError), stopped_clock(START), transaction.atomic():
        raise ZeroDivisionError

    assert database_now() != START


def test_fixture_stands_still_and_moves(clock):
    assert database_now() == timezone.now()

    clock.move_to(START)

    assert (database_now(), timezone.now()) == (START, START)
