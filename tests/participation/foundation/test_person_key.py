"""The key of a person in the residents' register."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from participation.foundation.person_key import birth_date, may_vote_from, normal_number, person_key

BORN = dt.date(1984, 7, 31)
TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "spelling", ["HH-2041-77", "hh 2041 77", "HH.2041/77", "ｈｈ２０４１７７", " HH–2041–77 "]
)
def test_spellings_of_one_number_give_one_key(spelling):
    assert person_key(spelling, BORN) == person_key("HH204177", BORN)


def test_another_number_or_day_gives_another_key():
    keys = {
        person_key("HH204177", BORN),
        person_key("HH204178", BORN),
        person_key("HH204177", dt.date(1984, 7, 30)),
    }

    assert len(keys) == 3


def test_the_key_depends_on_the_secret_and_holds_neither_number_nor_day(settings):
    key = person_key("HH204177", BORN)
    settings.REGISTER_SECRET = "another secret"

    assert person_key("HH204177", BORN) != key
    assert len(key) == 64
    assert "204177" not in key


@pytest.mark.parametrize("wrong", ["", "1", "-- --", "A" * 41, "12_34", "1234'", "١٢٣٤", "12\x0034"])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(ValidationError):
        normal_number(wrong)


@pytest.mark.parametrize(
    "wrong",
    ["", "31.07.1984", "1984-7-31", "19840731", "1984-02-30", "2026-11-23", "1850-01-01", "1984-W31-2"],
)
def test_what_is_no_birthday_is_refused(wrong):
    with pytest.raises(ValidationError):
        birth_date(wrong, today=TODAY)


def test_who_is_born_today_has_a_birthday():
    assert birth_date("2026-11-22", today=TODAY) == TODAY


@pytest.mark.parametrize(
    ("born", "age", "first_day"),
    [
        ((2010, 11, 21), 16, (2026, 11, 21)),
        ((2010, 11, 22), 16, (2026, 11, 22)),
        ((2010, 11, 23), 16, (2026, 11, 23)),
        ((2008, 2, 29), 16, (2024, 2, 29)),
        ((2008, 2, 29), 18, (2026, 3, 1)),
        ((2008, 2, 28), 18, (2026, 2, 28)),
        ((2008, 3, 1), 0, (2008, 3, 1)),
    ],
)
def test_v20_the_day_from_which_somebody_may_vote(born, age, first_day):
    assert may_vote_from(dt.date(*born), age=age) == dt.date(*first_day)
