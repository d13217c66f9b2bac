"""The rule a file names, and our winners beside the official ones."""

import pytest

from budgeting.counting import RuleSpec, compare_with_official, count, read_pabulib, rule_for

GREEDY = {"rule": "greedy", "utility": "points-x-cost", "ties": "cost-score-name"}
SHARES = {
    "rule": "equal-shares",
    "utility": "cost",
    "completion": "add1-until-overspend",
    "ties": "cost-score-name",
}


@pytest.mark.parametrize(
    ("meta", "spec", "complete"),
    [
        ({"rule": "greedy"}, RuleSpec(**GREEDY), True),
        (
            {"rule": "greedy-threshold", "min_project_score_threshold": "50"},
            RuleSpec(**GREEDY, threshold=50),
            True,
        ),
        ({"rule": "greedy-no-skip"}, RuleSpec(**GREEDY, skip=False), True),
        ({"rule": "greedy-custom"}, RuleSpec(**GREEDY, skip=False), False),
        ({"rule": "greedy-exclusive"}, RuleSpec(**GREEDY), False),
        ({"rule": "equalshares/add1"}, RuleSpec(**SHARES), True),
        ({"rule": "equalshares/add1-comparison"}, RuleSpec(**SHARES), True),
        ({"rule": "unknown"}, RuleSpec(**GREEDY), False),
        ({"rule": "drawn by the mayor", "min_project_score_threshold": "many"}, RuleSpec(**GREEDY), False),
        ({}, RuleSpec(**GREEDY), False),
    ],
)
def test_the_rule_of_a_file_is_one_of_ours(meta, spec, complete):
    found = rule_for(meta)

    assert (found.spec, found.complete) == (spec, complete)


def a_file(selected: str, *, rule: str = "greedy", comment: str = "", costs: str = "6 5 4") -> str:
    rows = [
        f"{key};{cost};{mark}" for key, cost, mark in zip("abc", costs.split(), selected.split(), strict=True)
    ]
    meta = f"META\nkey;value\nbudget;10\nvote_type;approval\nrule;{rule}\ncomment;{comment}\n"
    votes = "VOTES\nvoter_id;vote\n1;a\n2;a\n3;a,b\n4;b,c\n"
    return meta + "PROJECTS\nproject_id;cost;selected\n" + "\n".join(rows) + "\n" + votes


@pytest.mark.parametrize(
    ("text", "kind", "same"),
    [
        (a_file("1 0 1"), "same", True),
        (a_file("1 2 1"), "same-with-extra", True),
        (a_file("- - -").replace("-", ""), "no-official-result", None),
        (a_file("0 0 0"), "no-official-winner", None),
        (a_file("0 1 1"), "different", False),
        (a_file("0 1 1", rule="unknown"), "rule-unknown", False),
        (a_file("0 1 1", rule="by lot"), "custom-rule", False),
        (a_file("0 1 1", comment="#1: The mayor said so."), "local-rule", False),
        (a_file("0 1 1", comment="#1: This dataset contains online votes only."), "votes-missing", False),
        (a_file("0 1 1", rule="greedy-exclusive"), "exclusions-missing", False),
    ],
)
def test_a_difference_is_explained(text, kind, same):
    comparison = compare_with_official(read_pabulib(text).election)

    assert (comparison.kind, comparison.same) == (kind, same)
    assert comparison.text.strip().endswith((".", "so."))


def test_a_tie_the_city_broke_in_another_way_is_named_as_one():
    text = (
        a_file("1 0 1", costs="6 4 4")
        .replace("4;b,c", "4;c\n5;b,c\n6;b,c\n7;c")
        .replace("3;a,b", "3;a\n8;a,b\n9;b")
    )
    election = read_pabulib(text.replace("1;a\n", "1;a\n0;a\n")).election

    comparison = compare_with_official(election)

    assert election.votes == (5, 4, 4)
    assert (comparison.kind, comparison.only_ours, comparison.only_official) == ("tie", ("b",), ("c",))


def test_another_outcome_can_be_compared_too():
    election = read_pabulib(a_file("1 0 1")).election

    comparison = compare_with_official(election, count(election, RuleSpec("equal-shares")))

    assert comparison.official == ("a", "c")
    assert comparison.ours == ("a",)


def test_real_files_replay_or_say_why_not(shared_data):
    """Where a file has official winners and the data and rule are complete, we name exactly the same."""
    kinds: dict[str, list[str]] = {}
    for path in sorted((shared_data / "pabulib").glob("*.pb")):
        comparison = compare_with_official(read_pabulib(path).election)
        kinds.setdefault(comparison.kind, []).append(path.stem)

    assert {kind: len(names) for kind, names in kinds.items()} == {
        "same": 42,
        "same-with-extra": 1,
        "no-official-result": 37,
        "votes-missing": 3,
        "local-rule": 1,
        "exclusions-missing": 1,
    }
    assert "Poland_Wieliczka_2023_Green_Budget" in kinds["same"]
    assert kinds["exclusions-missing"] == ["Poland_Warszawa_2022_Bielany"]
    assert kinds["local-rule"] == ["Hungary_Veszprem_2025"]
