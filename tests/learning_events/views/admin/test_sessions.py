"""The sessions of an event in the admin."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from learning_events.models import Session
from tests.learning_events.festivals import make_event, make_session, with_seats

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
TIMES = {"starts_at": "2026-09-13T18:00", "ends_at": "2026-09-13T20:00", "seats_kept": "0"}


@pytest.fixture
def event(festival):
    return make_event(festival)


@pytest.fixture
def path(event):
    return f"/admin/festival/events/{event.pk}/sessions/"


@pytest.fixture(autouse=True)
def _signed_in(client, editor):
    client.force_login(editor)


def test_session_is_added_on_the_clock_of_the_festival(client, event, path):
    answer = client.post(path, {**TIMES, "room": "Hall", "seats": "20"})

    session = event.sessions.get()
    assert answer.status_code == 302
    assert session.starts_at.astimezone(BERLIN) == dt.datetime(2026, 9, 13, 18, tzinfo=BERLIN)
    assert (session.zone, session.room, session.seats) == ("Europe/Berlin", "Hall", 20)


def test_wrong_times_are_told_at_the_form(client, event, path):
    answer = client.post(path, {**TIMES, "ends_at": "2026-09-13T17:00"})
    nonsense = client.post(path, {**TIMES, "starts_at": "soon"})

    assert answer.status_code == nonsense.status_code == 400
    assert "The end must lie after the begin." in answer.content.decode()
    assert "Please write a day and a time" in nonsense.content.decode()
    assert not event.sessions.exists()


def test_session_keeps_what_is_not_changed(client, event, path):
    session = make_session(event, room="Hall", seats=12)
    form = client.get(f"{path}{session.pk}/").context["form"]
    assert form["starts_at"].value() == dt.datetime(2026, 9, 12, 18)

    client.post(f"{path}{session.pk}/", {**TIMES, "room": "Hall", "seats": "12"})

    moved = Session.objects.get(pk=session.pk)
    assert moved.starts_at.astimezone(BERLIN).day == 13
    assert moved.previous_starts_at == session.starts_at
    assert (moved.room, moved.seats) == ("Hall", 12)


def test_fewer_seats_than_are_taken_are_refused(client, festival, path, event):
    session = with_seats(event, 5)
    Session.objects.filter(pk=session.pk).update(taken=3)

    answer = client.post(f"{path}{session.pk}/", {**TIMES, "seats": "2"})

    assert answer.status_code == 400
    assert "3 people already have a seat" in answer.content.decode()


def test_session_is_cancelled_with_a_reason_and_put_back(client, event, path):
    session = make_session(event)
    page = f"{path}{session.pk}/"

    without = client.post(page, {"cancel": "1", "cancel-reason": ""})
    client.post(page, {"cancel": "1", "cancel-reason": "The baker is ill."})
    cancelled = Session.objects.get(pk=session.pk)
    client.post(page, {"restore": "1"})

    assert without.status_code == 400
    assert (cancelled.is_cancelled, cancelled.status_reason) == (True, "The baker is ill.")
    assert not Session.objects.get(pk=session.pk).is_cancelled


def test_session_of_a_draft_is_removed_and_that_of_a_public_event_is_not(client, festival, event, path):
    public = make_session(event)
    draft = make_event(festival, title="Draft", live=False)
    unseen = make_session(draft)

    client.post(f"{path}{public.pk}/", {"remove": "1"})
    client.post(f"/admin/festival/events/{draft.pk}/sessions/{unseen.pk}/", {"remove": "1"})

    assert list(Session.objects.values_list("pk", flat=True)) == [public.pk]


def test_event_is_called_off(client, event, path):
    past = make_session(event, day=-400)
    Session.objects.filter(pk=past.pk).update(
        starts_at=dt.datetime(2020, 1, 1, 10, tzinfo=BERLIN),
        ends_at=dt.datetime(2020, 1, 1, 12, tzinfo=BERLIN),
    )
    coming = make_session(event)
    Session.objects.filter(pk=coming.pk).update(
        starts_at=dt.datetime(2100, 1, 1, 10, tzinfo=BERLIN),
        ends_at=dt.datetime(2100, 1, 1, 12, tzinfo=BERLIN),
    )

    client.post(path, {"call_off": "1", "off-reason": "Flood."})

    assert [each.is_cancelled for each in event.sessions.order_by("starts_at")] == [False, True]


def test_session_of_another_event_is_not_here(client, festival, path):
    other = make_session(make_event(festival, title="Other"))

    assert client.get(f"{path}{other.pk}/").status_code == 404
    assert client.post(f"{path}{other.pk}/", {"cancel": "1", "cancel-reason": "x"}).status_code == 404


def test_only_who_runs_the_festival_gets_in(client, event, path, moderator):
    session = make_session(event)
    client.force_login(moderator)

    assert client.get(path).status_code == 302
    assert client.post(path, TIMES).status_code == 302
    assert client.post(f"{path}{session.pk}/", {"cancel": "1", "cancel-reason": "x"}).status_code == 302
    assert event.sessions.count() == 1


def test_editor_of_the_page_sees_its_sessions(client, event):
    make_session(event, room="Cellar")

    page = client.get(f"/admin/pages/{event.pk}/edit/").content.decode()

    assert "Cellar" in page
    assert f"/admin/festival/events/{event.pk}/sessions/" in page
