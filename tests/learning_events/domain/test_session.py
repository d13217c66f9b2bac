"""Sessions: added, repeated over changes of the clock, changed one by one, cancelled, put back and removed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from learning_events.calendar.recurrence import Frequency, Rule, Weekday
from learning_events.domain.event import draft_event
from learning_events.domain.session import (
    MOST_SESSIONS,
    add_session,
    cancel_session,
    change_session,
    remove_series,
    remove_session,
    repeat_sessions,
    restore_session,
    set_seats,
)
from learning_events.models import EventPage, ProgrammeVersion, Recurrence, Session
from learning_events.repetition_words import series_words
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests.factories import ParticipantFactory, PlaceFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 9, 14, 18)
WEEKLY = Rule(Frequency.WEEKLY, count=4)


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(NOW)
    return clock


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def draft(organiser):
    return draft_event(make_festival(), facts={"title": "Bread"}, by=organiser)


@pytest.fixture
def public(draft):
    EventPage.objects.filter(pk=draft.pk).update(live=True)
    return EventPage.objects.get()


def repeat(event, by, *, rule=WEEKLY, starts_at=EVENING, minutes=120, zone="Europe/Berlin", **facts):
    return repeat_sessions(
        event, rule=rule, starts_at=starts_at, minutes=minutes, facts={"zone": zone, **facts}, by=by
    )


def on_the_clock(sessions) -> list[tuple[str, str]]:
    return [
        tuple(
            moment.astimezone(ZoneInfo(each.zone)).strftime("%m-%d %H:%M")
            for moment in (each.starts_at, each.ends_at)
        )
        for each in sessions
    ]


# Over changes of the clock (F10)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
@pytest.mark.parametrize("start", [dt.datetime(2026, 3, 7, 18), dt.datetime(2026, 10, 10, 18)])
def test_f10_six_in_the_evening_stays_six_in_the_evening(draft, organiser, zone, start):
    """Clocks change on 8 and 29 March, 25 October and 1 November 2026; Nepal's never do."""
    sessions = repeat(draft, organiser, rule=Rule(Frequency.WEEKLY, count=6), starts_at=start, zone=zone)

    assert {(begin[6:], end[6:]) for begin, end in on_the_clock(Session.objects.all())} == {
        ("18:00", "20:00")
    }
    offsets = {each.starts_at.astimezone(ZoneInfo(zone)).utcoffset() for each in sessions}
    assert len(offsets) == (1 if zone == "Asia/Kathmandu" else 2)


@pytest.mark.parametrize(
    ("zone", "start", "minutes", "expected"),
    [
        # 2:30 does not exist on the night of spring: it moves on by the gap, and the session keeps its length.
        ("Europe/Berlin", dt.datetime(2026, 3, 29, 2, 30), 60, ("03-29 03:30", "03-29 04:30")),
        # On the clock it would end where it begins: then the length decides.
        ("Europe/Berlin", dt.datetime(2026, 3, 29, 2, 30), 30, ("03-29 03:30", "03-29 04:00")),
        ("America/St_Johns", dt.datetime(2026, 3, 8, 2, 15), 60, ("03-08 03:15", "03-08 04:15")),
        # A night out ends when the clock says so, though the night is an hour shorter or longer.
        ("Europe/Berlin", dt.datetime(2026, 3, 28, 22), 360, ("03-28 22:00", "03-29 04:00")),
        ("Europe/Berlin", dt.datetime(2026, 10, 24, 22), 360, ("10-24 22:00", "10-25 04:00")),
        ("America/St_Johns", dt.datetime(2026, 10, 31, 22), 360, ("10-31 22:00", "11-01 04:00")),
        # Of an hour that happens twice the first counts.
        ("Europe/Berlin", dt.datetime(2026, 10, 25, 2, 30), 15, ("10-25 02:30", "10-25 02:45")),
        ("Asia/Kathmandu", dt.datetime(2026, 3, 29, 2, 30), 60, ("03-29 02:30", "03-29 03:30")),
    ],
)
def test_f10_sessions_on_the_nights_when_clocks_change(draft, organiser, zone, start, minutes, expected):
    repeat(draft, organiser, rule=Rule(dates=(start,)), starts_at=start, minutes=minutes, zone=zone)

    session = Session.objects.get()
    assert on_the_clock([session]) == [expected]
    assert session.ends_at > session.starts_at


def test_a_leap_day_and_a_year_end_are_days_like_others(draft, organiser):
    repeat(
        draft,
        organiser,
        rule=Rule(Frequency.MONTHLY, weekdays=(Weekday(1, -1),), count=3),
        starts_at=dt.datetime(2027, 12, 28, 23),
    )

    assert on_the_clock(Session.objects.all()) == [
        ("12-28 23:00", "12-29 01:00"),
        ("01-25 23:00", "01-26 01:00"),
        ("02-29 23:00", "03-01 01:00"),
    ]


# Repetitions


def test_sessions_of_a_rule_are_rows_of_their_own_with_seats(draft, organiser):
    sessions = repeat(draft, organiser, seats=12, seats_kept=2, room="Hall")

    assert len({session.uid for session in sessions}) == 4
    assert set(Session.objects.values_list("seats", "seats_kept", "room")) == {(12, 2, "Hall")}
    series = Recurrence.objects.get()
    assert (series.rule, series.until_on, series.minutes) == (
        "FREQ=WEEKLY;COUNT=4",
        dt.date(2026, 10, 5),
        120,
    )
    assert series_words(series) == "every Monday, 4 times"


def test_dates_by_hand_have_no_rule(draft, organiser):
    days = (EVENING, EVENING + dt.timedelta(days=3), EVENING + dt.timedelta(days=4))

    repeat(draft, organiser, rule=Rule(dates=days))

    assert Session.objects.count() == 3
    assert not Recurrence.objects.exists()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(Frequency.HOURLY, count=3), "every hour"),
        (Rule(Frequency.MINUTELY), "every hour"),
        (Rule(Frequency.SECONDLY), "every hour"),
        (Rule(Frequency.DAILY), "more than 400"),
        (Rule(Frequency.DAILY, count=401), "more than 400"),
        (Rule(Frequency.WEEKLY, until=dt.date(2030, 1, 1)), "two years"),
        (Rule(Frequency.WEEKLY, count=2, until=dt.date(2026, 12, 1)), "not both"),
        (Rule(Frequency.MONTHLY, month_days=(30,), months=(2,)), "no date at all"),
    ],
)
def test_d1_what_repeats_too_often_or_too_long_is_refused_in_words(draft, organiser, rule, words):
    with pytest.raises(Invalid, match=words) as refusal:
        repeat(draft, organiser, rule=rule)

    assert refusal.value.field == "rule"
    assert not Session.objects.exists()


def test_an_event_has_at_most_400_sessions(draft, organiser):
    repeat(draft, organiser, rule=Rule(Frequency.DAILY, count=MOST_SESSIONS))

    with pytest.raises(Conflict, match="at most 400 sessions"):
        add_session(draft, facts={"starts_at": NOW, "ends_at": NOW + dt.timedelta(hours=1)}, by=organiser)
    with pytest.raises(Conflict):
        repeat(draft, organiser, starts_at=EVENING + dt.timedelta(hours=1))
    assert Session.objects.count() == 400


def test_the_same_dates_again_add_only_what_is_new(draft, organiser):
    repeat(draft, organiser)

    added = repeat(draft, organiser, rule=Rule(Frequency.WEEKLY, count=6))

    assert (len(added), Session.objects.count()) == (2, 6)
    with pytest.raises(Conflict):
        repeat(draft, organiser)


def test_a_rule_writes_its_sessions_in_the_same_queries_for_many(
    draft, organiser, django_assert_max_num_queries
):
    def queries(count: int) -> int:
        with django_assert_max_num_queries(40) as captured:
            repeat(
                draft,
                organiser,
                rule=Rule(Frequency.DAILY, count=count),
                starts_at=EVENING.replace(hour=count % 24),
            )
        return len(captured)

    queries(2)
    assert queries(50) <= queries(3) + 1


def test_a_whole_repetition_of_a_draft_is_removed(draft, organiser):
    sessions = repeat(draft, organiser)
    make_session(draft)

    assert remove_series(sessions[0].recurrence, by=organiser) == 4
    assert Session.objects.count() == 1


# What is refused


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_at": EVENING}, "ends_at"),
        ({"ends_at": EVENING - dt.timedelta(hours=1)}, "ends_at"),
        ({"ends_at": EVENING + dt.timedelta(days=40)}, "ends_at"),
        ({"ends_at": None}, "starts_at"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"seats": 3, "seats_kept": 4}, "seats_kept"),
        ({"room": "x" * 81}, "room"),
    ],
)
def test_contradictory_sessions_are_refused_by_name(draft, organiser, facts, field):
    whole = {
        "starts_at": EVENING,
        "ends_at": EVENING + dt.timedelta(hours=1),
        "zone": "Europe/Berlin",
        **facts,
    }

    with pytest.raises(Invalid) as refusal:
        add_session(draft, facts=whole, by=organiser)

    assert refusal.value.field == field
    assert not Session.objects.exists()


def test_a_stranger_changes_no_session(draft, citizen):
    session = make_session(draft)

    for act in (
        lambda: add_session(draft, facts={}, by=citizen),
        lambda: repeat(draft, citizen),
        lambda: change_session(session, facts={"room": "Mine"}, by=citizen),
        lambda: cancel_session(session, reason="No", by=citizen),
        lambda: restore_session(session, by=citizen),
        lambda: remove_session(session, by=citizen),
        lambda: set_seats(draft, seats=1, seats_kept=0, by=citizen),
    ):
        with pytest.raises(NotAllowed):
            act()


# Changes of one session


def test_a_moved_session_is_a_late_change_and_the_others_stay(public, organiser):
    sessions = repeat(public, organiser)
    second = sessions[1]
    before = version()

    moved = change_session(
        second, facts={"starts_at": second.starts_at + dt.timedelta(hours=1), "room": "Hall"}, by=organiser
    )

    assert (moved.announced_at, moved.previous_starts_at, moved.is_exception) == (NOW, second.starts_at, True)
    assert moved.sequence == second.sequence + 1
    assert version() == before + 1
    assert Session.objects.filter(is_exception=False, announced_at=None).count() == 3


def test_moved_back_it_is_not_said_to_have_moved_from_where_it_is(public, organiser):
    session = make_session(public)
    first = session.starts_at
    for begin in (first - dt.timedelta(hours=2), first - dt.timedelta(hours=1), first):
        session = change_session(session, facts={"starts_at": begin}, by=organiser)

    assert session.previous_starts_at is None


def test_a_note_or_more_seats_are_no_late_change(public, organiser):
    session = change_session(
        make_session(public), facts={"note": "Bring an apron.", "seats": 9}, by=organiser
    )

    assert (session.announced_at, session.sequence) == (None, 1)


def test_drafts_change_without_being_announced(draft, organiser):
    session = change_session(make_session(draft), facts={"place": PlaceFactory()}, by=organiser)

    assert session.announced_at is None


def test_nothing_changed_is_no_change(public, organiser):
    session = make_session(public)
    before = version()

    change_session(session, facts={"room": "", "starts_at": session.starts_at}, by=organiser)

    assert (Session.objects.get().sequence, version()) == (0, before)


def test_f19_the_second_of_two_tabs_is_told(public, organiser):
    session = make_session(public)
    change_session(session, facts={"room": "First"}, by=organiser, expected_sequence=0)

    with pytest.raises(Conflict) as refusal:
        change_session(session, facts={"room": "Second"}, by=organiser, expected_sequence=0)

    assert (refusal.value.code, refusal.value.details) == ("changed_meanwhile", {"sequence": 1})
    assert Session.objects.get().room == "First"


def test_there_are_never_fewer_seats_than_people(public, organiser):
    session = make_session(public, seats=10)
    Session.objects.filter(pk=session.pk).update(taken=6)

    with pytest.raises(Conflict) as refusal:
        change_session(session, facts={"seats": 5}, by=organiser)

    assert refusal.value.field == "seats"


def test_seats_for_all_change_all_or_none(public, organiser):
    first, second = make_session(public, seats=10), make_session(public, day=1, seats=10)
    Session.objects.filter(pk=second.pk).update(taken=6)

    with pytest.raises(Conflict):
        set_seats(public, seats=5, seats_kept=0, by=organiser)
    assert set(Session.objects.values_list("seats", flat=True)) == {10}

    assert set_seats(public, seats=8, seats_kept=2, by=organiser) == 2
    first.refresh_from_db()
    assert not first.is_exception


def test_after_the_deadline_organisers_cancel_but_do_not_move(public, organiser, clock):
    festival = public.get_parent().specific
    festival.changes_close_on = NOW.date()
    festival.save()
    session = make_session(public)
    clock.shift(dt.timedelta(days=1))

    for act in (
        lambda: change_session(session, facts={"room": "Hall"}, by=organiser),
        lambda: repeat(public, organiser),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert refusal.value.code == "closed"
    assert change_session(session, facts={"room": "Hall"}, by=an_editor()).room == "Hall"
    assert cancel_session(session, reason="The leader is ill.", by=organiser).is_cancelled


# Cancelled, put back, removed


def test_a_cancelled_session_stays_and_says_why(public, organiser):
    session = make_session(public)

    with pytest.raises(Invalid) as refusal:
        cancel_session(session, reason=" ", by=organiser)
    assert refusal.value.field == "reason"
    cancelled = cancel_session(session, reason="The oven is broken.", by=organiser)
    again = cancel_session(session, reason="Something else.", by=organiser)

    assert (cancelled.status_reason, cancelled.announced_at, cancelled.sequence) == (
        "The oven is broken.",
        NOW,
        1,
    )
    assert (again.status_reason, again.sequence) == ("The oven is broken.", 1)
    with pytest.raises(Conflict):
        change_session(session, facts={"room": "Hall"}, by=organiser)


def test_put_back_it_is_told_again(public, organiser, clock):
    session = cancel_session(make_session(public), reason="The oven is broken.", by=organiser)
    clock.shift(dt.timedelta(hours=1))

    session = restore_session(session, by=organiser)

    assert (session.is_cancelled, session.status_reason) == (False, "")
    assert session.announced_at == NOW + dt.timedelta(hours=1)
    assert session.sequence == 2


def test_what_is_public_in_another_language_is_not_removed(draft, organiser):
    session = make_session(draft)
    translated = make_event(draft.get_parent().specific, title="Brot")
    EventPage.objects.filter(pk=translated.pk).update(
        translation_key=draft.translation_key, locale=make_locale("de")
    )

    with pytest.raises(Conflict):
        remove_session(session, by=organiser)
    assert cancel_session(session, reason="No oven.", by=organiser).announced_at == NOW


def test_a_draft_loses_a_session_without_a_word(draft, organiser):
    remove_session(make_session(draft), by=organiser)

    assert not Session.objects.exists()


def make_locale(code: str):
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code=code)[0]


def version() -> int:
    return ProgrammeVersion.objects.get_or_create(pk=1)[0].number
