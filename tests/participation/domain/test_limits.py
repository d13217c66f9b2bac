"""Limits on tries, counted in the database."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from participation.domain.limits import forget_old_attempts, spend_attempt
from participation.models import AttemptCount

HOUR = dt.timedelta(hours=1)
NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def spend(subject="person 1", purpose="guess", limit=3):
    return spend_attempt(purpose, subject, limit=limit, per=HOUR)


@pytest.mark.django_db
def test_the_first_tries_pass_and_the_next_do_not():
    assert [spend() for _try in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_people_and_purposes_are_counted_apart():
    for _try in range(3):
        spend()

    assert spend("person 2")
    assert spend(purpose="other")
    assert not spend()


@pytest.mark.django_db
def test_when_the_stretch_is_over_it_starts_anew():
    with time_machine.travel(NOON, tick=False) as clock:
        for _try in range(4):
            spend()
        clock.shift(HOUR - dt.timedelta(seconds=1))
        before = spend()
        clock.shift(dt.timedelta(seconds=1))
        after = spend()

    assert (before, after) == (False, True)


@pytest.mark.django_db
def test_the_count_names_nobody():
    spend("rosa@example.org")

    assert "rosa" not in str(AttemptCount.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_a_surrounding_transaction_that_could_undo_the_count_is_refused():
    with pytest.raises(RuntimeError), transaction.atomic():
        spend()


@pytest.mark.django_db
def test_old_counts_are_forgotten():
    with time_machine.travel(NOON, tick=False) as clock:
        spend("yesterday")
        clock.shift(dt.timedelta(days=1, seconds=1))
        spend("today")

        assert AttemptCount.objects.count() == 1
        assert forget_old_attempts() == 0
