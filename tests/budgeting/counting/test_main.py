"""The command line: `python -m budgeting.counting FILE.pb`."""

import json
import subprocess
import sys

import pytest

from budgeting.counting.__main__ import main

FILE = """META
key;value
budget;10
vote_type;approval
rule;greedy-no-skip
PROJECTS
project_id;cost;name;selected
a;6;Żłobek;1
b;5;;0
c;4;Garden;0
VOTES
voter_id;vote
1;a
2;a,b
3;b,c
4;a
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "town.pb"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_json_has_winners_money_steps_reasons_and_digest(path, capfdbinary):
    code = main([path, "--rule", "greedy", "--ties", "lexicographic", "--json"])

    shown = json.loads(capfdbinary.readouterr().out)
    assert code == 0
    assert (shown["rule"], shown["utility"], shown["completion"], shown["ties"]) == (
        "greedy",
        "cost",
        "none",
        "lexicographic",
    )
    assert (shown["winners"], shown["total_cost"], shown["budget"]) == (["a", "c"], "10", "10")
    assert [step["project"] for step in shown["steps"]] == ["a", "b", "c"]
    assert len(shown["explanations"]) == 3
    assert len(shown["digest"]) == 64


def test_two_processes_print_the_same_bytes(path):
    command = [sys.executable, "-m", "budgeting.counting", path, "--json", "--seed", "lot"]
    command += ["--rule", "equal-shares", "--utility", "cardinality", "--completion", "add1+utilitarian"]

    first, second = (subprocess.run(command, capture_output=True, check=True) for _ in range(2))

    assert first.stdout == second.stdout
    assert first.stderr == b""


def test_the_summary_is_in_words(path, capfdbinary):
    main([path, "--rule", "file"])

    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "1 of 3 projects won; 6 of 10 is spent."
    assert lines[2] == "a Żłobek: Funded: place 1 with a score of 3; it cost 6 and 10 was left."
    assert lines[-1] == "Our count under the rule “greedy-no-skip” names exactly the official winners."


def test_a_tie_is_told(path, tmp_path, capfdbinary):
    tied = tmp_path / "tied.pb"
    tied.write_text(FILE.replace("a;6", "a;5").replace("c;4", "c;6").replace("4;a\n", ""), encoding="utf-8")

    main([str(tied), "--rule", "equal-shares", "--completion", "add1", "--ties", "lexicographic"])

    assert capfdbinary.readouterr().out.decode().splitlines()[-1].startswith("Tie at step 1")


def test_a_file_that_is_absent_gives_1(tmp_path, capfd):
    assert main([str(tmp_path / "absent.pb")]) == 1
    assert "could not be opened" in capfd.readouterr().err


@pytest.mark.parametrize(
    "options", [["--rule", "dice"], ["--completion", "add1"], ["--rule", "equal-shares", "--no-skip"]]
)
def test_options_that_do_not_go_together_give_2(path, options, capfd):
    with pytest.raises(SystemExit) as left:
        main([path, *options])

    assert left.value.code == 2
    assert "usage" in capfd.readouterr().err


def test_a_file_that_is_no_election_gives_3_and_the_line(path, tmp_path, capfd):
    broken = tmp_path / "broken.pb"
    broken.write_text(FILE.replace("3;b,c", "3;b,zoo"), encoding="utf-8")

    assert main([str(broken)]) == 3
    assert "Line 15, column vote: The ballot names the project “zoo”" in capfd.readouterr().err


LIMITED = [
    (["--fixed", "b"], ["b", "c"]),
    (["--conflict", "a,c"], ["a"]),
    (["--needs", "a,c"], ["b", "c"]),
    (["--quota", "selected:1=5"], ["b", "c"]),
    (["--quota-number", "selected:0=0"], ["a"]),
]


@pytest.mark.parametrize(("options", "winners"), LIMITED, ids=lambda value: " ".join(value))
def test_limits_are_given_as_options(path, options, winners, capfdbinary):
    assert main([path, "--ties", "lexicographic", "--json", *options]) == 0

    assert json.loads(capfdbinary.readouterr().out)["winners"] == winners


@pytest.mark.parametrize(
    "options",
    [
        ["--fixed", "zoo"],
        ["--needs", "a"],
        ["--quota", "selected:1=many"],
        ["--quota", "colour:red=5"],
        ["--rankings", "harmonic"],
    ],
)
def test_limits_that_make_no_sense_give_2(path, options, capfd):
    with pytest.raises(SystemExit) as left:
        main([path, *options])

    assert left.value.code == 2
    assert "error:" in capfd.readouterr().err


@pytest.mark.parametrize(("rule", "winners"), [("phragmen", ["a"]), ("maximin", ["a", "c"])])
def test_the_other_rules_print_the_same_keys(path, rule, winners, capfdbinary):
    keys = {
        "rule",
        "utility",
        "completion",
        "ties",
        "winners",
        "total_cost",
        "budget",
        "steps",
        "explanations",
        "digest",
    }

    main([path, "--rule", rule, "--json"])

    shown = json.loads(capfdbinary.readouterr().out)
    assert keys <= shown.keys()
    assert (shown["rule"], shown["winners"]) == (rule, winners)


def test_rules_are_compared_in_a_table(path, capfdbinary):
    assert main([path, "--compare", "--ties", "lexicographic"]) == 0

    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0].split() == [
        "rule",
        "projects",
        "spent",
        "voters",
        "with",
        "nothing",
        "projects",
        "per",
        "voter",
    ]
    assert [line[:24].strip() for line in lines[1:]] == [
        "greedy by votes",
        "greedy by votes per cost",
        "equal shares",
        "equal shares, add1, gree",
        "phragmen",
        "maximin",
    ]
    assert lines[1].split()[-4:] == ["2", "10", "0", "1"]


def test_a_file_is_validated_without_counting(path, tmp_path, capfdbinary):
    odd = tmp_path / "odd.pb"
    odd.write_text(FILE.replace("rule;greedy-no-skip", "rule;greedy\nnum_votes;7"), encoding="utf-8")

    assert main([path, "--validate"]) == 0
    assert main([str(odd), "--validate"]) == 4

    assert capfdbinary.readouterr().out.decode().splitlines() == [
        "3 projects, 4 ballots (3 different), approval, budget 10.",
        "Nothing odd was found.",
        "3 projects, 4 ballots (3 different), approval, budget 10.",
        "Line 6: num_votes says 7, the file has 4.",
        "1 remarks; the file can be counted.",
    ]
