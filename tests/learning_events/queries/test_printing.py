"""What changed since print."""

import datetime as dt

import pytest

from learning_events.domain.printing import begin_edition, finish_edition, publish_edition
from learning_events.domain.session import add_session, cancel_session, change_session, restore_session
from learning_events.enums import EditionState
from learning_events.models import PrintEdition
from learning_events.queries.printing import changed_since_print, sessions_to_print
from participation.foundation.clock import database_now
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival():
    return make_festival()


@pytest.fixture
def session(festival):
    return make_session(make_event(festival))


def printed(festival, number=1):
    """Publish an edition of the present programme, without its files."""
    now = database_now()
    edition = PrintEdition.objects.create(festival=festival, number=number, printed_at=now, touched_at=now)
    begin_edition(edition.pk)
    finish_edition(edition)
    edition.refresh_from_db()
    assert edition.state == EditionState.READY
    return publish_edition(edition, by=an_editor())


def told(festival):
    return [(change.kind, change.title) for change in changed_since_print(festival)]


def test_nothing_has_changed_while_nothing_is_printed(festival, session):
    assert told(festival) == []


def test_nothing_has_changed_right_after_print(festival, session):
    printed(festival)

    assert told(festival) == []


def test_each_kind_of_change_is_told_once(festival):
    editor = an_editor()
    names = ("cancelled", "time", "place", "title", "gone", "same")
    sessions = {
        name: make_session(make_event(festival, title=name), hour=hour) for hour, name in enumerate(names, 8)
    }
    off = make_session(make_event(festival, title="restored"), hour=20)
    cancel_session(off, reason="Rain.", by=editor)
    printed(festival)

    cancel_session(sessions["cancelled"], reason="Rain.", by=editor)
    later = dt.timedelta(minutes=30)
    moved = sessions["time"]
    change_session(
        moved, facts={"starts_at": moved.starts_at + later, "ends_at": moved.ends_at + later}, by=editor
    )
    change_session(sessions["place"], facts={"room": "Cellar"}, by=editor)
    event = sessions["title"].event
    event.title = "renamed"
    event.save_revision().publish()
    sessions["gone"].event.unpublish()
    restore_session(off, by=editor)
    make_session(make_event(festival, title="new"), hour=22)

    assert told(festival) == [
        ("cancelled", "cancelled"),
        ("time", "time"),
        ("place", "place"),
        ("title", "renamed"),
        ("gone", "gone"),
        ("restored", "restored"),
        ("new", "new"),
    ]


def test_a_session_that_left_the_days_of_the_festival_is_still_told(festival, session):
    printed(festival)
    later = dt.timedelta(days=30)
    change_session(
        session,
        facts={"starts_at": session.starts_at + later, "ends_at": session.ends_at + later},
        by=an_editor(),
    )

    assert told(festival) == [("time", session.event.title)]


def test_a_new_session_that_was_cancelled_again_is_nobodys_business(festival, session):
    printed(festival)
    cancel_session(make_session(make_event(festival, title="new")), reason="Rain.", by=an_editor())

    assert told(festival) == []


def test_the_newest_published_edition_counts(festival, session):
    printed(festival)
    cancel_session(session, reason="Rain.", by=an_editor())
    printed(festival, number=2)

    assert told(festival) == []


def test_only_sessions_within_the_festivals_days_go_to_print(festival, session):
    facts = {
        "starts_at": dt.datetime(2026, 12, 1, 18),
        "ends_at": dt.datetime(2026, 12, 1, 20),
        "zone": "Europe/Berlin",
    }
    add_session(session.event, facts=facts, by=an_editor())

    assert list(sessions_to_print(festival)) == [session]


def test_a_date_that_no_print_names_has_not_changed_since_print(festival, session):
    """A course that goes on into winter is printed with its dates in the festival: of the others paper says nothing wrong."""
    winter = dt.datetime(2026, 12, 1, 18)
    times = {"starts_at": winter, "ends_at": winter + dt.timedelta(hours=2), "zone": "Europe/Berlin"}
    later = add_session(session.event, facts=times, by=an_editor())
    printed(festival)

    change_session(later, facts={"room": "Cellar"}, by=an_editor())
    assert told(festival) == []

    change_session(session, facts={"room": "Cellar"}, by=an_editor())
    assert told(festival) == [("place", session.event.title)]


def test_a_date_that_comes_into_the_festivals_days_is_new_to_who_holds_the_print(festival, session):
    winter = dt.datetime(2026, 12, 1, 18)
    times = {"starts_at": winter, "ends_at": winter + dt.timedelta(hours=2), "zone": "Europe/Berlin"}
    later = add_session(session.event, facts=times, by=an_editor())
    printed(festival)

    inside = {
        "starts_at": session.starts_at + dt.timedelta(days=1),
        "ends_at": session.ends_at + dt.timedelta(days=1),
    }
    change_session(later, facts=inside, by=an_editor())

    assert told(festival) == [("new", session.event.title)]


def test_the_last_evening_on_the_festivals_clock_goes_to_print(festival):
    late = make_session(make_event(festival), day=8, hour=23, hours=1)

    assert list(sessions_to_print(festival)) == [late]


def test_thirty_changes_cost_as_many_queries_as_one(festival, django_assert_num_queries):
    sessions = [make_session(make_event(festival, title=f"Event {n}"), day=n % 9) for n in range(30)]
    printed(festival)
    cancel_session(sessions[0], reason="Rain.", by=an_editor())
    changed_since_print(festival)

    with django_assert_num_queries(3):
        assert len(changed_since_print(festival)) == 1
    for session in sessions[1:]:
        cancel_session(session, reason="Rain.", by=an_editor())
    with django_assert_num_queries(3):
        assert len(changed_since_print(festival)) == 30
