"""When mails that can wait go out, on the clock of whoever gets them."""

import datetime as dt

import pytest

from participation.foundation.mail_times import MailTimes, is_quiet

BERLIN = MailTimes(zone="Europe/Berlin", hour=7, weekday=2)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("after", "weekly", "due"),
    [
        ("2026-05-04 06:59+02:00", False, "2026-05-04 07:00+02:00"),
        ("2026-05-04 07:00+02:00", False, "2026-05-05 07:00+02:00"),
        ("2026-05-04 23:30+02:00", False, "2026-05-05 07:00+02:00"),
        ("2026-05-04 09:00+02:00", True, "2026-05-06 07:00+02:00"),
        ("2026-05-06 07:00+02:00", True, "2026-05-13 07:00+02:00"),
        ("2026-03-28 08:00+01:00", False, "2026-03-29 07:00+02:00"),
        ("2026-10-24 08:00+02:00", False, "2026-10-25 07:00+01:00"),
    ],
)
def test_the_next_digest_is_at_the_persons_hour(after, weekly, due):
    assert BERLIN.next_digest(at(after), weekly=weekly) == at(due)


def test_f10_an_hour_that_is_leapt_over_or_struck_twice_comes_once():
    night = MailTimes(zone="Europe/Berlin", hour=2, weekday=0)

    spring = night.next_digest(at("2026-03-28 12:00+01:00"), weekly=False)
    autumn = night.next_digest(at("2026-10-24 12:00+02:00"), weekly=False)

    assert spring == at("2026-03-29 03:00+02:00")
    assert night.next_digest(spring, weekly=False) == at("2026-03-30 02:00+02:00")
    assert autumn == at("2026-10-25 02:00+02:00")
    assert night.next_digest(autumn, weekly=False) == at("2026-10-26 02:00+01:00")


def test_zones_off_the_whole_hour_are_right():
    kathmandu = MailTimes(zone="Asia/Kathmandu", hour=7, weekday=0)

    assert kathmandu.next_digest(at("2026-05-04 00:00+00:00"), weekly=False) == at("2026-05-04 01:15+00:00")
    assert kathmandu.day_of(at("2026-05-04 20:00+00:00")) == dt.date(2026, 5, 5)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-05-04 21:59+02:00", "2026-05-04 21:59+02:00"),
        ("2026-05-04 22:00+02:00", "2026-05-05 06:00+02:00"),
        ("2026-05-05 05:59+02:00", "2026-05-05 06:00+02:00"),
        ("2026-05-05 06:00+02:00", "2026-05-05 06:00+02:00"),
    ],
)
def test_what_comes_at_once_waits_for_the_end_of_the_quiet_hours(now, leaves):
    night = MailTimes("Europe/Berlin", 7, 0, quiet_from=22, quiet_until=6)

    assert night.not_before(at(now)) == at(leaves)
    assert BERLIN.not_before(at(now)) == at(now)


def test_quiet_hours_by_day_and_over_midnight():
    assert [hour for hour in range(24) if is_quiet(hour, 9, 12)] == [9, 10, 11]
    assert [hour for hour in range(24) if is_quiet(hour, 22, 2)] == [0, 1, 22, 23]
    assert not any(is_quiet(hour, 9, 9) for hour in range(24))
    assert not any(is_quiet(hour, None, None) for hour in range(24))
