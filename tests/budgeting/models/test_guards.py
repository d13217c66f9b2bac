"""What the database itself refuses of a ballot box, whatever the code above it does."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from budgeting.enums import BallotStyle, BoxEvent, Channel
from budgeting.models import Ballot, BallotBox, BallotEvent, BallotLine, RollEntry
from tests.factories import AreaFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def box():
    area = AreaFactory()
    now = timezone.now()
    return BallotBox.objects.create(
        budget=area.budget,
        rules={},
        rules_digest="0" * 64,
        tie_seed="seed",
        frozen_at=now,
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=1),
    )


def cast(box, area, **fields):
    values = {
        "link_key": "a" * 64,
        "tracker_digest": uuid.uuid4().hex,
        "style": BallotStyle.APPROVAL,
        **fields,
    }
    return Ballot.objects.create(
        box=box, area=area, channel=Channel.WEB, cast_on=dt.date(2026, 11, 1), **values
    )


def refused(work):
    """Say whether the database refuses `work`, on SQLite and PostgreSQL alike with an IntegrityError."""
    try:
        with transaction.atomic():
            work()
    except IntegrityError:
        return True
    return False


def test_a_ballot_takes_a_project_of_its_area(box):
    project = ProjectFactory(area=box.budget.areas.get())
    ballot = cast(box, project.area)

    assert not refused(lambda: BallotLine.objects.create(ballot=ballot, project=project))


def test_v13_a_ballot_refuses_a_project_of_another_area(box):
    elsewhere = ProjectFactory(area=AreaFactory(budget=box.budget))
    ballot = cast(box, box.budget.areas.first())

    assert refused(lambda: BallotLine.objects.create(ballot=ballot, project=elsewhere))


def test_v5_one_live_ballot_per_link_key_and_area(box):
    area = box.budget.areas.get()
    cast(box, area)

    assert refused(lambda: cast(box, area, version=2))
    assert not refused(lambda: cast(box, area, version=2, is_current=False))


def test_v5_one_roll_entry_per_person_even_by_raw_sql(box):
    RollEntry.objects.create(budget=box.budget, person_key="k" * 64)

    def again():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO budgeting_rollentry (budget_id, person_key, channel, is_blocked) VALUES (%s, %s, '', %s)",
                [box.budget_id, "k" * 64, False],
            )

    assert refused(again)


def test_the_log_only_grows(box):
    event = BallotEvent.objects.create(box=box, kind=BoxEvent.CAST, on=dt.date(2026, 11, 1), digest="0" * 64)

    assert refused(lambda: BallotEvent.objects.filter(pk=event.pk).update(kind=BoxEvent.CHANGED))
    assert refused(lambda: BallotEvent.objects.filter(pk=event.pk).delete())


def test_v7_no_ballot_enters_a_sealed_box(box):
    BallotBox.objects.filter(pk=box.pk).update(sealed_at=timezone.now())

    assert refused(lambda: cast(box, box.budget.areas.get()))
