"""What a source says differently is told apart, one entry to one entry; what is gone is cancelled, never deleted."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning_events.calendar.differences import compare
from learning_events.calendar.events import SourceEvent, SourcePlace, SourceSession
from learning_events.calendar.reading.collecting import made_uid
from tests.learning_events.calendar.files import BERLIN, event, ics, read

EVENING = dt.datetime(2026, 9, 7, 18, tzinfo=BERLIN)
LATER = EVENING + dt.timedelta(days=1)


def tea(uid: str = "tea", title: str = "Tea", start: dt.datetime = EVENING, **more) -> SourceEvent:
    return SourceEvent(uid, title, (SourceSession(uid, start),), **more)


def unnamed(title: str = "Tea", start: dt.datetime = EVENING) -> SourceEvent:
    return tea(made_uid(title, start), title, start, is_uid_made=True)


def test_the_same_reading_differs_in_nothing():
    events = [tea(), tea("b"), unnamed("c")]

    differences = compare(events, [replace(one, sequence=9, changed_at=EVENING) for one in events])

    assert not differences
    assert len(differences.unchanged) == 3


def test_a_series_with_a_moved_a_cancelled_and_a_dropped_date():
    series = event("RRULE:FREQ=WEEKLY;COUNT=4")
    before = read(ics(*series)).events
    after = read(ics(
        *event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260928T180000", "LOCATION:Library", "SEQUENCE:1"),
        *event("RECURRENCE-ID:20260914T180000", start="DTSTART:20260915T190000"),
        *event("RECURRENCE-ID:20260921T180000", "STATUS:CANCELLED", start="DTSTART:20260921T180000"),
    )).events  # fmt: skip

    (change,) = compare(before, after).changed

    assert [one.field for one in change.fields] == ["place", "attendance"]
    assert (change.fields[0].old, change.fields[0].new) == (SourcePlace(), SourcePlace("Library"))
    assert [(one.before.uid, one.is_moved, one.is_cancelled) for one in change.sessions_changed] == [
        ("tea#20260914T160000Z", True, False), ("tea#20260921T160000Z", False, True),
    ]  # fmt: skip
    assert [session.uid for session in change.sessions_gone] == ["tea#20260928T160000Z"]
    assert change.sessions_added == ()


def test_a_cancelled_date_that_comes_back_is_restored():
    cancelled = replace(tea(), sessions=(SourceSession("tea", EVENING, status="cancelled"),))

    (change,) = compare([cancelled], [tea()]).changed

    assert change.sessions_changed[0].is_restored
    assert compare([cancelled], [replace(tea(), sessions=())]).changed == ()


def test_a_whole_series_an_hour_later_keeps_its_sessions():
    before = read(ics(*event("RRULE:FREQ=WEEKLY;COUNT=3"))).events
    after = read(ics(*event("RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART:20260907T190000"))).events

    (change,) = compare(before, after).changed

    assert [one.is_moved for one in change.sessions_changed] == [True] * 3
    assert (change.sessions_added, change.sessions_gone) == ((), ())


def test_new_and_gone_events_are_told():
    differences = compare([tea(), tea("gone")], [tea(), tea("new", "Walk")])

    assert [one.uid for one in differences.removed] == ["gone"]
    assert [one.uid for one in differences.added] == ["new"]


@pytest.mark.parametrize(
    ("before", "after", "matched"),
    [
        ([unnamed()], [unnamed(start=EVENING + dt.timedelta(days=9))], 1),  # moved, the only one of its title
        ([unnamed()], [unnamed("Coffee")], 0),
        ([unnamed(), unnamed(start=LATER)], [unnamed(start=EVENING + dt.timedelta(days=5))], 0),
        ([unnamed(), unnamed(start=LATER)], [unnamed(), unnamed(start=EVENING + dt.timedelta(days=5))], 2),
        ([tea("first export")], [tea("second export")], 1),  # new uids each time
        ([tea("a"), tea("b")], [tea("c")], 0),  # which of the two?
        ([tea("a", "Tea"), tea("b", "Walk")], [tea("b", "Tea"), tea("a", "Walk")], 2),
    ],
)  # fmt: skip
def test_who_is_who_without_names(before, after, matched):
    differences = compare(before, after)

    assert len(differences.changed) + len(differences.unchanged) == matched
    assert len(differences.removed) == len(before) - matched
    assert len(differences.added) == len(after) - matched


def test_uids_decide_before_titles():
    differences = compare([tea("a", "Tea"), tea("b", "Walk")], [tea("b", "Tea"), tea("a", "Walk")])

    assert {change.before.uid: change.after.uid for change in differences.changed} == {"a": "a", "b": "b"}


def test_a_source_s_word_for_moved_is_no_change_of_its_own():
    moved = replace(tea(), sessions=(SourceSession("tea", EVENING, status="moved"),))

    assert not compare([tea()], [moved])
    assert not compare(
        [tea()], [replace(tea(), sessions=(SourceSession("tea", EVENING.astimezone(dt.UTC)),))]
    )


some = st.lists(
    st.builds(
        lambda uid, title, day, made: (unnamed if made else lambda t, s: tea(uid, t, s))(title, EVENING + dt.timedelta(days=day)),
        st.sampled_from("abcd"), st.sampled_from(["Tea", "Walk"]), st.integers(0, 3), st.booleans(),
    ),
    max_size=8, unique_by=lambda one: one.uid,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(some, some)
def test_every_event_is_told_once_and_none_matches_two(before, after):
    differences = compare(before, after)

    told_before = [change.before.uid for change in differences.changed] + [
        one.uid for one in differences.removed
    ]
    told_after = [change.after.uid for change in differences.changed] + [one.uid for one in differences.added]
    told_after += [one.uid for one in differences.unchanged]
    assert sorted(told_after) == sorted(one.uid for one in after)
    assert len(set(told_before)) == len(told_before)
    assert len(told_before) + len(differences.unchanged) == len(before)
    assert {one.uid for one in before} & {one.uid for one in after} <= set(told_after) - {
        one.uid for one in differences.added
    }
