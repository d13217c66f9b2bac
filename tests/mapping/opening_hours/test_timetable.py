"""Open now, this week, next: at one place, over both nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mapping.opening_hours import NotUnderstood, Timetable, open_at

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts, fold=0):
    return datetime(*parts, tzinfo=BERLIN, fold=fold)


def rows(spans):
    return [(str(span.start), str(span.end), span.state) for span in spans]


def test_open_closed_unknown():
    table = Timetable('Mo-Fr 09:00-17:00; Sa 10:00-12:00 unknown "call us"')

    assert table.state_at(at(2026, 11, 23, 9, 0)) == "open"
    assert table.state_at(at(2026, 11, 23, 17, 0)) == "closed"
    assert table.state_at(at(2026, 11, 28, 11, 0)) == "unknown"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Timetable("24/7").state_at(datetime(2026, 11, 23))


def test_a_moment_from_elsewhere_is_the_place_s_time():
    assert Timetable("09:00-17:00").state_at(datetime(2026, 11, 23, 8, 30, tzinfo=UTC)) == "open"
    assert (
        Timetable("09:00-17:00", timezone="Europe/London").state_at(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
        == "closed"
    )


def test_the_night_belongs_to_the_day_on_which_it_begins():
    week = Timetable("Fr 20:00-02:00; Sa 10:00-14:00").week(date(2026, 11, 23))

    assert [day.on.day for day in week] == [23, 24, 25, 26, 27, 28, 29]
    assert rows(week[4].spans) == [("2026-11-27 20:00:00+01:00", "2026-11-28 02:00:00+01:00", "open")]
    assert rows(week[5].spans) == [("2026-11-28 10:00:00+01:00", "2026-11-28 14:00:00+01:00", "open")]
    assert not week[6].spans


def test_always_open_is_shown_day_by_day():
    week = Timetable("24/7").week(date(2026, 11, 23))

    assert [rows(day.spans)[0][:2] for day in week[:2]] == [
        ("2026-11-23 00:00:00+01:00", "2026-11-24 00:00:00+01:00"),
        ("2026-11-24 00:00:00+01:00", "2026-11-25 00:00:00+01:00"),
    ]
    assert [len(day.spans) for day in week] == [1] * 7


def test_the_night_on_which_an_hour_happens_twice():
    table = Timetable("Sa 22:00-02:30")

    (night,) = table.week(date(2026, 10, 19))[5].spans

    assert night.end - night.start == timedelta(hours=4, minutes=30)  # as the wall clock shows
    assert night.end.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert table.state_at(at(2026, 10, 25, 2, 45, fold=0)) == "open"
    assert table.state_at(at(2026, 10, 25, 2, 15, fold=1)) == "open"
    assert table.state_at(at(2026, 10, 25, 2, 30, fold=1)) == "closed"


def test_the_night_on_which_an_hour_is_left_out():
    early = Timetable("02:15-02:45")
    late = Timetable("Su 02:30-04:00")

    assert not early.week(date(2026, 3, 23))[6].spans
    assert rows(late.week(date(2026, 3, 23))[6].spans) == [
        ("2026-03-29 03:00:00+02:00", "2026-03-29 04:00:00+02:00", "open")
    ]
    assert late.changes_after(at(2026, 3, 29, 1, 0)) == at(2026, 3, 29, 3, 0)


def test_next_openings_begin_with_the_present_one():
    table = Timetable("Mo,We 09:00-12:00")

    openings = table.next_openings(at(2026, 11, 23, 10, 0), 3)

    assert rows(openings) == [
        ("2026-11-23 09:00:00+01:00", "2026-11-23 12:00:00+01:00", "open"),
        ("2026-11-25 09:00:00+01:00", "2026-11-25 12:00:00+01:00", "open"),
        ("2026-11-30 09:00:00+01:00", "2026-11-30 12:00:00+01:00", "open"),
    ]
    assert rows(table.next_openings(at(2026, 11, 23, 12, 0), 1))[0][0] == "2026-11-25 09:00:00+01:00"
    assert table.next_openings(at(2026, 11, 23, 10, 0), 0) == ()


def test_no_opening_within_a_year():
    assert Timetable("2015 Apr 01-2015 Apr 30 10:00-12:00").next_openings(at(2026, 11, 23)) == ()
    assert Timetable("24/7 off").changes_after(at(2026, 11, 23)) is None


def test_always_open_has_no_end():
    (opening,) = Timetable("24/7").next_openings(at(2026, 11, 23))

    assert (opening.state, opening.end) == ("open", None)
    assert Timetable("24/7").changes_after(at(2026, 11, 23)) is None


def test_changes():
    table = Timetable("Mo-Fr 09:00-12:00,13:00-17:00")

    assert table.changes_after(at(2026, 11, 23, 10, 0)) == at(2026, 11, 23, 12, 0)
    assert table.changes_after(at(2026, 11, 23, 12, 0)) == at(2026, 11, 23, 13, 0)
    assert table.changes_after(at(2026, 11, 27, 17, 0)) == at(2026, 11, 30, 9, 0)


@time_machine.travel("2026-11-23 12:00:00+00:00", tick=False)
def test_regular_weekdays_and_evenings():
    library = Timetable("Tu-Fr 10:00-18:29; Sa 10:00-14:00; PH 12:00-20:00", country="DE")
    bar = Timetable("Sa 20:00-02:00")

    assert [library.open_on_weekday(day) for day in range(7)] == [False, True, True, True, True, True, False]
    assert not library.open_in_evening()
    assert Timetable("Th 10:00-18:30").open_in_evening()
    assert [bar.open_on_weekday(day) for day in range(7)] == [False] * 5 + [True, False]
    assert bar.open_in_evening()
    assert not Timetable('Su 10:00-12:00 unknown "perhaps"').open_on_weekday(6)
    assert Timetable("24/7").open_on_weekday(0)


@time_machine.travel("2026-11-23 12:00:00+00:00", tick=False)
def test_a_summer_place_is_regularly_open():
    assert Timetable("May-Sep Su 10:00-19:00").open_on_weekday(6)
    assert Timetable("May-Sep Su 10:00-19:00").open_in_evening()


def test_public_holidays_need_a_country():
    christmas = at(2026, 12, 25, 10, 0)

    assert Timetable("09:00-17:00; PH off", country="DE").state_at(christmas) == "closed"
    assert Timetable("09:00-17:00; PH off", country="de").state_at(christmas) == "closed"
    assert Timetable("09:00-17:00; PH off").state_at(christmas) == "open"
    assert Timetable("09:00-17:00; PH off").leaves_holidays_out
    assert not Timetable("09:00-17:00; PH off", country="DE").leaves_holidays_out
    with pytest.raises(NotUnderstood):
        Timetable("PH off", country="XX")


def test_hours_of_the_sun_need_a_place():
    noon = at(2026, 6, 24, 12, 0)

    assert Timetable("sunrise-sunset").state_at(noon) == "unknown"
    assert Timetable("sunrise-sunset", latitude=53.5, longitude=10.0).state_at(noon) == "open"
    assert (
        Timetable("sunrise-sunset", latitude=53.5, longitude=10.0).state_at(at(2026, 6, 24, 21, 30)) == "open"
    )
    assert (
        Timetable("sunrise-sunset", latitude=53.5, longitude=10.0).state_at(at(2026, 12, 24, 16, 30))
        == "closed"
    )


def test_open_at_answers_for_many():
    moment = at(2026, 11, 23, 10, 0)

    assert open_at(["Mo 09:00-17:00", "Tu 09:00-17:00", "nonsense", "", "24/7"], moment) == {
        "Mo 09:00-17:00",
        "24/7",
    }


def test_open_at_agrees_with_the_timetable_when_an_hour_happens_twice():
    strings = ["Sa 22:00-02:30", "02:30-04:00", "03:00-04:00", "24/7"]

    for fold in (0, 1):
        for minute in (0, 20, 40):
            moment = at(2026, 10, 25, 2, minute, fold=fold)
            assert open_at(strings, moment) == {
                osm for osm in strings if Timetable(osm).state_at(moment) == "open"
            }


def test_open_at_refuses_a_country_without_a_calendar():
    with pytest.raises(NotUnderstood) as refused:
        open_at(["24/7"], at(2026, 11, 23), country="XX")

    assert (refused.value.reason, refused.value.part) == ("country", "XX")


@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 10, 24, 21, tzinfo=UTC)]
)
@pytest.mark.parametrize(
    "osm", ["Sa 22:00-02:30", "02:30-04:00", "02:15-02:45", "Su 00:00-03:00", "24/7", "Su off"]
)
def test_spans_and_states_tell_the_same(osm, night):
    table = Timetable(osm)
    spans = table.next_openings(night, 5)

    for step in range(6 * 12):
        moment = night + step * timedelta(minutes=5)
        covered = any(span.start <= moment and (span.end is None or moment < span.end) for span in spans)
        assert (str(moment), table.state_at(moment)) == (str(moment), "open" if covered else "closed")


def test_two_thousand_places_at_once():
    strings = [
        f"Mo-Fr {hour:02}:{minute:02}-18:{minute:02}; PH off" for hour in range(6, 16) for minute in range(60)
    ]
    strings += [f"Mo-Sa {hour:02}:{minute:02}-17:00" for hour in range(0, 16) for minute in range(60)]
    strings += [f"Su {hour:02}:{minute:02}-17:00" for hour in range(6, 14) for minute in range(60)]
    moment = at(2026, 11, 23, 16, 30)
    first = open_at(strings, moment, country="DE")

    started = process_time()
    again = open_at(strings, moment, country="DE")
    spent = process_time() - started

    print(f"{len(strings)} strings in {spent * 1000:.1f} ms")
    assert again == first
    assert len(first) == 10 * 60 + 16 * 60
