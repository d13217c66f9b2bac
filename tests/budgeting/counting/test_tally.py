"""The outcome as data: canonical bytes, a digest, and numbers that add up."""

import json
import subprocess
import sys
from hashlib import sha256

import pytest

from budgeting.counting import Election, Project, RuleSpec, count, tables_of, write_pabulib
from tests.budgeting.counting.elections import election

SPECS = [
    RuleSpec(),
    RuleSpec(skip=False, threshold=2),
    RuleSpec("equal-shares", "cost", "none"),
    RuleSpec("equal-shares", "cardinality", "add1-until-overspend+utilitarian", seed="lot"),
]


@pytest.fixture
def an_election():
    ballots = [[0, 1], [0, 2], [1], [2, 3], [3], [0, 1, 2, 3], []]
    return election({"ä": 1250, "b": 999, "c": 1700, "d": 450}, ballots, budget=3000, scale=100)


@pytest.mark.parametrize("spec", SPECS)
def test_the_same_count_gives_the_same_bytes_in_another_process(an_election, spec, tmp_path):
    path = tmp_path / "town.pb"
    path.write_bytes(write_pabulib(tables_of(an_election)))
    program = (
        "import sys\n"
        "from budgeting.counting import RuleSpec, count, read_pabulib\n"
        f"sys.stdout.buffer.write(count(read_pabulib(sys.argv[1]).election, {spec!r}).to_json_bytes())\n"
    )

    again = subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=True).stdout

    assert again == count(an_election, spec).to_json_bytes()


def test_the_digest_is_that_of_the_json_without_it(an_election):
    outcome = count(an_election, RuleSpec())
    content = json.loads(outcome.to_json_bytes())

    digest = content.pop("digest")

    assert digest == outcome.digest
    assert (
        digest
        == sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()).hexdigest()
    )


def test_money_is_decimal_text(an_election):
    shown = count(an_election, RuleSpec()).as_dict()

    assert shown["budget"] == "30"
    assert shown["total_cost"] == "26.99"
    assert shown["winners"] == ["b", "d", "ä"]


def test_the_rounds_of_equal_shares_add_up(an_election):
    outcome = count(an_election, RuleSpec("equal-shares", completion="add1"))
    rounds = [step for step in outcome.steps if step.stage == "equal-shares"]

    assert outcome.money_left == outcome.budget - outcome.total_cost
    assert rounds[-1].numbers["money_after"] == an_election.money(outcome.money_left)
    assert [step.number for step in outcome.steps] == list(range(1, len(outcome.steps) + 1))


def test_another_ballot_changes_the_digest_of_the_election(an_election):
    other = Election(
        an_election.projects, an_election.ballots[1:], an_election.budget, an_election.money_scale
    )

    assert other.digest != an_election.digest


@pytest.mark.parametrize(
    "settings",
    [
        {"rule": "borda"},
        {"utility": "joy"},
        {"completion": "add2", "rule": "equal-shares"},
        {"ties": "mood"},
        {"completion": "add1"},
        {"rule": "equal-shares", "skip": False},
        {"threshold": -1},
    ],
)
def test_settings_that_do_not_go_together_are_refused_in_words(settings):
    with pytest.raises(ValueError, match=r"\.$"):
        RuleSpec(**settings)


@pytest.mark.parametrize(
    "change",
    [
        {"projects": (Project("a", 1), Project("a", 2))},
        {"projects": (Project("a", -1),)},
        {"budget": -1},
        {"vote_type": "shouting"},
        {"money_scale": 0},
    ],
)
def test_an_election_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match=r"\.$"):
        Election(**({"projects": (), "ballots": (), "budget": 1} | change))
