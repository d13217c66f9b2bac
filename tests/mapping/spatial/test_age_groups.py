"""Groups of people by age, and what can be added up of them."""

import pytest

from mapping.spatial.age_groups import ages_of, in_order_of_age, with_totals


@pytest.mark.parametrize(
    ("group", "ages"),
    [
        ("0-5", (0, 5)),
        (" 6–17 ", (6, 17)),
        ("65+", (65, None)),
        ("newcomers", None),
        ("17-6", None),
        ("", None),
        ("٣-٥", None),
    ],
)
def test_a_group_tells_its_ages(group, ages):
    assert ages_of(group) == ages


def test_children_and_the_elderly_are_added_up_of_the_groups_within_their_limits():
    assert with_totals({"0-5": 1, "6-17": 2, "18-64": 4, "65-79": 8, "80+": 16}) == {
        "everyone": 31,
        "children": 3,
        "elderly": 24,
        "0-5": 1,
        "6-17": 2,
        "18-64": 4,
        "65-79": 8,
        "80+": 16,
    }


def test_a_group_across_the_limit_leaves_no_total_that_would_be_wrong():
    assert with_totals({"0-14": 1, "15-24": 2, "25+": 4}) == {
        "everyone": 7,
        "0-14": 1,
        "15-24": 2,
        "25+": 4,
    }


def test_groups_without_ages_are_shown_as_they_are():
    assert with_totals({"newcomers": 5, "others": 7}) == {"everyone": 12, "newcomers": 5, "others": 7}


@pytest.mark.parametrize("wrong", [None, "12", -1, True, float("nan"), [3]])
def test_with_one_number_unknown_nobody_knows_everyone(wrong):
    assert with_totals({"0-17": wrong, "18-64": 9}) == {"18-64": 9}


def test_nobody_told_means_nothing_known_and_not_nobody():
    assert with_totals({}) == {}
    assert with_totals({"0-17": 0})["everyone"] == 0


def test_groups_stand_in_the_order_of_age():
    groups = ["others", "65+", "elderly", "6-17", "0-5", "everyone", "0-5", "children"]

    assert in_order_of_age(groups) == ["everyone", "children", "elderly", "0-5", "6-17", "65+", "others"]


def test_the_rest_that_no_group_counts_hides_no_total():
    people = {"0-17": 3, "65+": 4, "rest": 8}

    assert with_totals(people) == {"everyone": 15, "children": 3, "elderly": 4, **people}


def test_children_are_told_only_where_every_age_is_there():
    assert "children" not in with_totals({"6-17": 3, "18-64": 4, "65+": 8})
    assert "elderly" not in with_totals({"0-17": 3, "18-64": 4, "65-79": 8})
