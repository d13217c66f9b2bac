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
