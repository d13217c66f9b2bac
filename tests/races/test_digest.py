"""Two workers that tell and gather at once, on PostgreSQL with real connections: nobody hears anything twice (F17)."""

import datetime as dt
import threading
from functools import partial

from django.db import connection
from django.utils import timezone

from participation.domain import announcement, digest
from participation.models import Announcement, Digest, Notification, OutgoingMail
from tests.factories import NeighbourhoodFactory, ParticipantFactory
from tests.participation.following import follow, tell_news
from tests.races.conftest import at_once

PEOPLE, WORKERS = 60, 4


def a_crowd(monkeypatch):
    """Return people who follow a neighbourhood in which something happened; batches are small, so that workers meet."""
    for module in (announcement, digest):
        monkeypatch.setattr(module, "BATCH", 7)
    harbour = NeighbourhoodFactory()
    people = ParticipantFactory.create_batch(PEOPLE)
    follow(people, "neighbourhood", harbour.pk)
    tell_news(1, where=harbour)
    Announcement.objects.update(told_at=None, told_up_to=0)
    Notification.objects.all().delete()
    return people


def test_f17_workers_side_by_side_tell_and_gather_once(monkeypatch):
    people = a_crowd(monkeypatch)

    told = at_once([announcement.tell_followers] * WORKERS, workers=WORKERS)
    announcement.tell_followers()
    assert Notification.objects.count() == PEOPLE, told
    Notification.objects.update(digest_due_at=timezone.now() - dt.timedelta(minutes=1))
    runs = at_once([digest.make_digests] * WORKERS, workers=WORKERS)

    assert sum(run.made for run in runs) == PEOPLE
    mails = OutgoingMail.objects.filter(digest__isnull=False).values_list("user", flat=True)
    assert sorted(mails) == [person.user_id for person in people]
    assert Notification.objects.filter(digest__isnull=False, digest_due_at=None).count() == PEOPLE


def test_f17_naive_check_then_insert_gathers_twice(monkeypatch):
    """The negative control: without the constraint two workers make two digests, so the test above can fail."""
    people = a_crowd(monkeypatch)
    day = timezone.now().date()
    looked = threading.Barrier(2)

    def careless(person):
        had_one = Digest.objects.filter(participant=person, day=day).exists()
        looked.wait(20)
        if not had_one:
            Digest.objects.create(participant=person, day=day, run="careless", made_at=timezone.now())

    constraint = next(
        each for each in Digest._meta.constraints if each.name == "one_digest_per_person_and_day"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Digest, constraint)
    try:
        at_once([partial(careless, people[0])] * 2, workers=2)
        count = Digest.objects.filter(participant=people[0]).count()
    finally:
        Digest.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Digest, constraint)

    assert count == 2
