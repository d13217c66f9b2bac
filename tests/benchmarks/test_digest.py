"""A digest for 50,000 followers: the same queries for every batch, flat memory, and time beside bare inserts."""

import datetime as dt
import time
import tracemalloc

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain.announcement import tell_followers
from participation.domain.digest import make_digests
from participation.models import Digest, Notification, OutgoingMail, Participant
from tests.factories import NeighbourhoodFactory
from tests.participation.following import follow, tell_news

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db, pytest.mark.timeout(1800)]

FOLLOWERS, BATCH = 50_000, 500
MOST_SLOWED = 8
MOST_GROWN = 1.5
LOOKED_AT = 10  # the memory of each tenth batch: looking takes several times as long as the work


@pytest.fixture
def harbour():
    """A neighbourhood that 50,000 people follow."""
    place = NeighbourhoodFactory()
    users = get_user_model().objects.bulk_create(
        [get_user_model()(email=f"follower{number}@example.org") for number in range(FOLLOWERS)],
        batch_size=5000,
    )
    people = Participant.objects.bulk_create(
        [Participant(user=user, display_name=f"Follower {user.pk}") for user in users], batch_size=5000
    )
    follow(people, "neighbourhood", place.pk)
    return place


def batch_by_batch(work) -> tuple[float, list[int], list[int]]:
    """Run `work()` until it has nothing left; return seconds, queries of each batch, and the most memory of each tenth."""
    spent, timed, queries, memory = 0.0, 0, [], []
    while True:
        is_looked_at = len(queries) % LOOKED_AT == 0
        if is_looked_at:
            tracemalloc.start()
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            done = work()
            seconds = time.perf_counter() - start
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if not done:
            return spent * len(queries) / timed, queries, memory
        queries.append(len(captured))
        if is_looked_at:
            memory.append(most)
        else:
            spent, timed = spent + seconds, timed + 1


def bare_inserts(people: list[tuple[int, int]]) -> float:
    """Return seconds that the same rows take when nobody asks who gets them."""
    now = timezone.now()
    start = time.perf_counter()
    for at in range(0, len(people), BATCH):
        some = people[at : at + BATCH]
        notices = [
            Notification(
                participant_id=pk,
                kind="mapping.new_place",
                title="Bare",
                text="Read it.",
                path="/",
                dedupe_key="bare",
            )
            for pk, _user in some
        ]
        Notification.objects.bulk_create(notices)
        digests = [
            Digest(participant_id=pk, day=dt.date(2000, 1, 1), run="bare", made_at=now) for pk, _user in some
        ]
        Digest.objects.bulk_create(digests)
        mails = [
            OutgoingMail(user_id=user, kind="participation.digest", subject="x", dedupe_key=f"bare:{pk}")
            for pk, user in some
        ]
        OutgoingMail.objects.bulk_create(mails)
    return time.perf_counter() - start


def test_fifty_thousand_followers(harbour, capsys):
    tell_news(1, where=harbour)
    telling, told_queries, told_memory = batch_by_batch(lambda: tell_followers(batches=1))
    Notification.objects.update(digest_due_at=timezone.now() - dt.timedelta(minutes=1))
    making, made_queries, made_memory = batch_by_batch(lambda: make_digests(batches=1).made)
    bare = bare_inserts(list(Participant.objects.values_list("pk", "user_id")))

    ratio = (telling + making) / bare
    with capsys.disabled():
        print(
            f"\n{FOLLOWERS} followers on {connection.vendor}: told in {telling:.1f} s ({max(told_queries)} queries a batch), "
            f"digests made in {making:.1f} s ({max(made_queries)} queries a batch), {ratio:.1f} times bare inserts of the "
            f"same rows ({bare:.1f} s); at most {max(told_memory + made_memory) / 1e6:.1f} MB a batch"
        )
    assert Notification.objects.filter(dedupe_key="news-1").count() == FOLLOWERS
    mails = OutgoingMail.objects.filter(digest__isnull=False)
    assert mails.count() == mails.values("user").distinct().count() == FOLLOWERS
    assert len(told_queries) == len(made_queries) == FOLLOWERS // BATCH
    assert len(set(told_queries)) == len(set(made_queries)) == 1
    for memory in (told_memory, made_memory):
        assert max(memory[2:]) <= MOST_GROWN * max(memory[:2])
    assert ratio <= MOST_SLOWED
