"""Numbers and names as Hamburg's statistical office writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.spatial.population import clean_number, join_by_name, read_population
from tests.mapping.spatial.hamburg import EVERYONE, profile, stadtteile


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 1 675    ", 1675), ("1 788 994    ", 1788994), (" 9,7    ", 9.7), ("-  23    ", -23), ("−5", -5),
        ("1.234.567,8", 1234567.8), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("0", 0), ("+3", 3),
        (".", None), ("", None), (None, None), ("-", None), ("..", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_offices_print_them(text, number):
    assert clean_number(text) == number


def test_a_point_may_be_the_decimal_sign():
    assert clean_number("1,234.5", decimal=".") == 1234.5


@pytest.mark.parametrize(
    "text", ["viele", "1_0", "٣", "1,2,3", "0x1", "1e5", "NaN", "inf", "1.2", "12.34.567"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        clean_number(text)


@given(st.text())
def test_any_text_is_a_number_missing_or_refused(text):
    try:
        found = clean_number(text)
    except ValueError:
        return
    assert found is None or isinstance(found, float)


def test_the_profile_of_hamburg_is_read_whole(shared_data):
    text = (shared_data / "boundaries/hamburg/stadtteilprofile-2014.csv").read_text(encoding="utf-8")

    rows = read_population(text)

    assert len(rows) == 107
    assert {len(numbers) for _name, numbers in rows} == {68}
    assert rows[0][0] == "Hamburg-Altstadt"
    assert rows[0][1]["Bevölkerung"] == 1675
    assert rows[0][1]["Wanderungssaldo"] == -23
    assert any(number is None for _name, numbers in rows for number in numbers.values())


def test_a_quarter_and_its_borough_of_the_same_name_are_not_added(shared_data):
    rows = profile(shared_data)

    joined = join_by_name(rows, stadtteile(shared_data))

    assert len(joined.matched) == 95
    assert joined.repeated == ("Eimsbüttel", "Wandsbek", "Bergedorf", "Harburg")
    assert set(joined.merged) == {
        "Moorburg und Altenwerder", "Neuland und Gut Moor", "Kleiner Grasbrook und Steinwerder",
        "Waltershof und Finkenwerder",
    }  # fmt: skip
    assert set(joined.unmatched_areas) == {
        "Neuwerk",
        *(part for parts in joined.merged.values() for part in parts),
    }
    assert set(joined.unmatched_rows) == {"Hamburg-Mitte", "Altona", "Hamburg-Nord", "Hamburg"} - set(
        joined.matched
    )
    assert joined.matched["Harburg"][EVERYONE] == dict(reversed(rows))["Harburg"][EVERYONE] < 100_000
    assert sum(numbers[EVERYONE] for _name, numbers in rows[:99]) == 1_782_217
    assert rows[-1][1][EVERYONE] == 1_788_994


def test_a_wrong_cell_is_named_with_its_line_and_column():
    with pytest.raises(ValueError, match="Line 3, column “People”: “many” is not a number"):
        read_population("Name;People\nNorth;1 000\nSouth;many\n")


def test_a_short_line_and_an_absent_column_are_refused():
    with pytest.raises(ValueError, match="Line 2 has 1 cells"):
        read_population("Name;People\nNorth\n")
    with pytest.raises(ValueError, match="no column “Children”"):
        read_population("Name;People\n", groups=["Children"])
