"""Bringing Open House London in beside the bare minimum: parsing the JSON and inserting rows, nothing checked."""

import datetime as dt
import json
import time
import uuid

import pytest
from django.db import transaction
from django.test import TestCase
from wagtail.models import Page

from learning_events.domain.calendars import add_source, bring_in
from learning_events.domain.calendars.source import Given
from learning_events.models import EventPage, Session
from tests.learning_events.calendar.open_house import as_jsonld
from tests.learning_events.festivals import an_editor, make_festival

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

MOST = 5.0
ROUNDS = 3


def bare(festival, content: bytes) -> int:
    """What a script does that trusts the file: parse, and insert rows of pages, events and sessions."""
    listed = [each for each in json.loads(content) if "subEvent" in each]
    children = [
        EventPage(
            title=each["name"],
            draft_title=each["name"],
            slug=f"e{number}",
            path=Page._get_path(festival.path, festival.depth + 1, number + 1),
            depth=festival.depth + 1,
            url_path=f"{festival.url_path}e{number}/",
            locale_id=festival.locale_id,
            translation_key=uuid.uuid4(),
            website=each["url"],
            venue_name=each["location"]["name"][:120],
            venue_address=each["location"]["address"][:200],
            live=False,
        )
        for number, each in enumerate(listed)
    ]
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create(
        [Page(**{column: getattr(event, column) for column in columns}) for event in children], batch_size=500
    )
    for event, page in zip(children, pages, strict=True):
        event.pk = event.id = page.pk
    for start in range(0, len(children), 500):
        EventPage._base_manager._insert(
            children[start : start + 500], fields=EventPage._meta.local_concrete_fields, using="default"
        )
    sessions = [
        Session(
            event=event,
            uid=uuid.uuid4().hex,
            starts_at=dt.datetime.fromisoformat(one["startDate"]),
            ends_at=dt.datetime.fromisoformat(one["endDate"]),
            zone="Europe/London",
            seats=one["maximumAttendeeCapacity"],
        )
        for event, each in zip(children, listed, strict=True)
        for one in each["subEvent"]
    ]
    return len(Session.objects.bulk_create(sessions, batch_size=500))


def ours(festival, content: bytes) -> int:
    by = an_editor()
    # With what follows the commit: search is told too.
    with TestCase.captureOnCommitCallbacks(execute=True):
        source, _run = add_source(festival, Given(content=content, file_name="open-house.json"), by=by)
        return bring_in(source, by=by).counts["sessions"]


def fastest(work, *arguments) -> tuple[float, int]:
    """Return the least time of several tries, each taken back, and how many sessions it brought in."""
    best, number = float("inf"), 0
    for _round in range(ROUNDS):
        with transaction.atomic():
            began = time.perf_counter()
            number = work(*arguments)
            best = min(best, time.perf_counter() - began)
            transaction.set_rollback(True)
    return best, number


def test_open_house_london_takes_at_most_five_times_the_bare_minimum(shared_data):
    content = as_jsonld((shared_data / "events/open-house-london/2023.json").read_bytes())
    festival = make_festival(starts_on=dt.date(2023, 9, 1), ends_on=dt.date(2023, 9, 30))
    an_editor()

    least, inserted = fastest(bare, festival, content)
    spent, brought = fastest(ours, festival, content)

    print(
        f"\n{brought:,} of {inserted:,} sessions: bare {least:.2f} s, looked at and brought in {spent:.2f} s,"
        f" ratio {spent / least:.2f}"
    )
    assert inserted > 2_300
    assert spent <= MOST * least
