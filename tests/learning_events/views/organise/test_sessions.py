"""The sessions of an event: single ones, repetitions, dates by hand."""

import datetime as dt

import pytest

from learning_events.domain.event import change_event
from learning_events.models import Session
from tests.learning_events.festivals import make_event, make_session
from tests.learning_events.views.organise.addresses import page_of

pytestmark = pytest.mark.django_db


def when(**changes) -> dict:
    return {"day": "2026-09-12", "begin": "18:00", "end": "20:00", "repeat": "once", **changes}


def test_one_session_is_added(client, draft):
    answer = client.post(page_of(draft, "sessions"), when(room="Hall"))

    session = Session.objects.get()
    assert answer.status_code == 302
    assert (session.starts_at, session.room, session.zone) == (
        dt.datetime(2026, 9, 12, 16, tzinfo=dt.UTC),
        "Hall",
        "Europe/Berlin",
    )


def test_a_repetition_is_shown_as_dates_before_it_is_kept(client, draft):
    data = when(day="2026-09-14", repeat="weekly", every="2", until="2026-10-31")

    looked = client.post(page_of(draft, "sessions"), data)

    page = looked.content.decode()
    assert looked.status_code == 200
    assert "every second Monday until" in page
    assert not Session.objects.exists()
    seen = looked.context["form"]["seen"].value()
    client.post(page_of(draft, "sessions"), {**data, "seen": seen, "leave_out": ["2026-09-28"]})
    days = [session.starts_at.date().isoformat() for session in Session.objects.order_by("starts_at")]
    assert days == ["2026-09-14", "2026-10-12", "2026-10-26"]
    assert "every second Monday" in client.get(page_of(draft, "sessions")).content.decode()


def test_dates_that_changed_since_they_were_shown_are_shown_again(client, draft):
    data = when(repeat="weekly", count="3")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()

    looked = client.post(page_of(draft, "sessions"), {**data, "count": "4", "seen": seen})

    assert looked.status_code == 200
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": "17:00"}, "end"),
        ({"end": "18:00"}, "end"),
        ({"ends_on": "2026-12-24"}, "ends_on"),
        ({"day": "soon"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"begin": "25:00"}, "begin"),
        ({"repeat": "weekly"}, "until"),
        ({"repeat": "weekly", "until": "2026-10-01", "count": "3"}, "count"),
        ({"repeat": "weekly", "until": "2026-09-01"}, "until"),
        ({"repeat": "weekly", "count": "401"}, "count"),
        ({"repeat": "weekly", "until": "2029-01-01"}, "repeat"),
        ({"repeat": "weekly", "weekdays": list("0123456"), "until": "2028-09-01"}, "repeat"),
        ({"repeat": "monthly", "day": "2026-09-30", "count": "3"}, "day"),
        ({"repeat": "dates", "dates": ""}, "dates"),
        ({"repeat": "dates", "dates": "2026-09-13\nnext Monday"}, "dates"),
        ({"repeat": "every second"}, "repeat"),
    ],
)
def test_d1_times_and_rules_that_cannot_be_are_refused_in_words(client, draft, changes, field):
    answer = client.post(page_of(draft, "sessions"), when(**changes))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Session.objects.exists()


def test_a_form_sent_twice_adds_nothing_twice(client, draft):
    client.post(page_of(draft, "sessions"), when())

    again = client.post(page_of(draft, "sessions"), when())

    assert again.status_code == 400
    assert "has these sessions already" in again.content.decode()
    assert Session.objects.count() == 1


def test_dates_by_hand(client, draft):
    data = when(repeat="dates", dates="2026-09-20\n2026-09-13")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()

    client.post(page_of(draft, "sessions"), {**data, "seen": seen})

    days = [session.starts_at.day for session in Session.objects.order_by("starts_at")]
    assert days == [12, 13, 20]


def test_one_session_of_a_series_is_changed_and_the_rest_stays(client, draft, organiser):
    data = when(repeat="weekly", count="3")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()
    client.post(page_of(draft, "sessions"), {**data, "seen": seen})
    second = Session.objects.order_by("starts_at")[1]
    url = page_of(draft, "sessions", second.pk)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("day", "begin", "end", "sequence")}

    answer = client.post(url, {**sent, "begin": "19:00", "end": "21:00", "note": "An hour later."})

    assert answer.status_code == 302
    assert [session.starts_at.hour for session in Session.objects.order_by("starts_at")] == [16, 17, 16]
    stale = client.post(url, {**sent, "begin": "20:00", "end": "21:00"})
    assert stale.status_code == 409


def test_sessions_of_drafts_are_removed_and_of_public_ones_cancelled(client, public):
    session = public.sessions.get()
    assert client.post(page_of(public, "sessions", session.pk, "remove")).status_code == 409

    assert client.post(page_of(public, "sessions", session.pk, "cancel"), {"reason": " "}).status_code == 400
    client.post(page_of(public, "sessions", session.pk, "cancel"), {"reason": "The oven is broken."})
    session.refresh_from_db()
    assert (session.is_cancelled, session.status_reason) == (True, "The oven is broken.")
    assert session.announced_at is not None

    client.post(page_of(public, "sessions", session.pk, "restore"))
    session.refresh_from_db()
    assert not session.is_cancelled


def test_sessions_of_other_events_are_not_found(client, draft, festival):
    foreign = make_session(make_event(festival, title="Foreign"))

    for tail in ((), ("cancel",), ("restore",), ("remove",)):
        assert client.post(page_of(draft, "sessions", foreign.pk, *tail)).status_code == 404


def test_all_coming_sessions_get_the_same_seats(client, draft, organiser):
    make_session(draft)
    make_session(draft, day=1)
    change_event(draft, facts={"booking": "seats"}, by=organiser)

    client.post(page_of(draft, "seats"), {"seats": "12", "seats_kept": "2"})
    client.post(page_of(draft, "seats"), {"seats": "5", "seats_kept": "6"})

    assert set(Session.objects.values_list("seats", "seats_kept")) == {(12, 2)}
