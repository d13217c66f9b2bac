"""What may be told of voters beside their published ballots."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from budgeting.domain.gate import K_MINORS, K, publication_gate


def gate(columns, *groups):
    """The report on groups of (cells, number of ballots); half of each group votes a, the others b."""
    ballots: Counter = Counter()
    for cells, number in groups:
        ballots[cells, "a"] += number - number // 2
        ballots[cells, "b"] += number // 2
    return publication_gate(columns, {key: count for key, count in ballots.items() if count})


def test_ballots_without_attributes_pass():
    report = gate((), ((), 40))

    assert (report.passed, report.columns_out, report.smallest_group) == (True, (), 40)


def test_exact_ages_always_become_bands():
    report = gate(("age",), (("31",), 50), (("44",), 50))

    assert report.coarsened == ("age",)
    assert report.recode == {("31",): ("25-34",), ("44",): ("35-44",)}


def test_a_group_of_four_makes_ages_coarser():
    report = gate(("age",), (("31",), 50), (("37",), K - 1))

    assert report.recode == {("31",): ("30-59",), ("37",): ("30-59",)}
    assert report.smallest_group == 50 + K - 1


def test_a_group_of_five_stays():
    report = gate(("age",), (("31",), 50), (("37",), K))

    assert report.recode[("37",)] == ("35-44",)


def test_minors_need_a_group_of_ten():
    few = gate(("age",), (("16",), K_MINORS - 1), (("70",), 50))
    enough = gate(("age",), (("16",), K_MINORS), (("70",), 50))

    assert few.recode[("16",)] == ("0-29",)
    assert enough.recode[("16",)] == ("0-17",)


def test_the_way_of_voting_goes_before_sex_and_age():
    report = gate(("age", "sex", "voting_method"), (("31", "F", "paper"), 2), (("31", "F", "internet"), 50))

    assert report.columns_out == ("age", "sex")


def test_a_column_that_does_no_harm_comes_back():
    report = gate(
        ("sex", "quarter"),
        (("F", "north"), 20),
        (("M", "north"), 20),
        (("X", "south"), 1),
        (("F", "south"), 30),
    )

    assert report.columns_out == ("quarter",)


def test_a_group_in_which_all_voted_the_same_is_hidden():
    alike = {(("F",), "a"): 20, (("M",), "a"): 10, (("M",), "b"): 10}

    report = publication_gate(("sex",), alike)

    assert (report.columns_out, report.alike_groups) == ((), 0)


def test_an_electorate_that_all_voted_the_same_is_told():
    report = publication_gate((), {((), "a"): 20})

    assert report.alike_groups == 1
    assert "everybody voted the same" in " ".join(report.sentences())


def test_fewer_than_five_ballots_do_not_pass_and_none_do():
    assert not gate((), ((), K - 1)).passed
    assert gate((), ((), K)).passed
    assert publication_gate((), {}).passed


def test_ballots_like_no_other_are_counted():
    report = publication_gate((), {((), "a"): 9, ((), "a,b"): 1, ((), "c"): 1})

    assert report.unique_patterns == 2


@given(
    st.dictionaries(
        st.tuples(
            st.tuples(
                st.sampled_from(["", "16", "17", "25", "64", "18-25", "old", "½", "-3", "65+"]),
                st.sampled_from(["F", "M", ""]),
                st.sampled_from(["north", "south"]),
            ),
            st.sampled_from(["a", "b", "c"]),
        ),
        st.integers(1, 12),
        max_size=12,
    )
)
def test_whatever_comes_no_small_or_uniform_group_leaves(ballots):
    report = publication_gate(("age", "sex", "quarter"), ballots)

    groups: dict = {}
    for (cells, choices), count in ballots.items():
        groups.setdefault(report.recode[cells], Counter())[choices] += count
    if report.columns_out:
        at = report.columns_out.index("age") if "age" in report.columns_out else None
        for cells, choices in groups.items():
            wanted = K_MINORS if at is not None and cells[at] == "0-17" else K
            assert sum(choices.values()) >= wanted
            assert len(choices) > 1
    assert (
        sum(sum(choices.values()) for choices in groups.values()) == report.ballots == sum(ballots.values())
    )
