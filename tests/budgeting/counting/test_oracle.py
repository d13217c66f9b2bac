"""Winners of real elections against those of an independent implementation (see ORACLE.md beside the data)."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest

from budgeting.counting import RuleSpec, count, read_pabulib
from budgeting.counting.money import parse_amount

RULES = {"greedy": "greedy", "mes": "equal-shares", "phragmen": "phragmen"}
# The files are shared out, so that several processes can check them at once.
SHARES = 12
# Add1 takes seconds on these; `make bench` counts them.
SLOW_WITH_ADD1 = {
    "France_Toulouse_2022.pb",
    "Poland_Warszawa_2022_Bielany.pb",
    "Poland_Warszawa_2023_Bielany.pb",
    "Poland_Warszawa_2023_Mokotow.pb",
}
TIES = {"lexicographic": "lexicographic", "min_cost_then_max_score_then_name": "cost-score-name"}


@lru_cache(maxsize=1)
def rows(folder: Path) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in json.loads((folder / "oracle.json").read_text())["records"]:
        if row["rule"] in RULES and row["winners"] is not None:
            found.setdefault(row["file"], []).append(row)
    return found


def spec_of(row: dict) -> RuleSpec:
    return RuleSpec(
        rule=RULES[row["rule"]],
        utility="cost" if row["rule"] == "phragmen" else row["satisfaction"].replace("_", "-"),
        completion=row["completion"].replace("_", "-"),
        ties=TIES[row["tie_breaking"]],
    )


def test_the_oracle_is_whole(shared_data):
    assert sum(map(len, rows(shared_data / "pabulib").values())) == 1363


@pytest.mark.parametrize("share", range(SHARES))
def test_winners_are_those_of_the_oracle(shared_data, share):
    folder = shared_data / "pabulib"

    different = [
        row
        for name, records in islice(sorted(rows(folder).items()), share, None, SHARES)
        for row in differing(folder, name, [row for row in records if not is_slow(row)])
    ]

    assert different == []


def is_slow(row: dict) -> bool:
    return row["file"] in SLOW_WITH_ADD1 and row["completion"].startswith("add1")


def differing(folder: Path, name: str, records: list[dict]) -> list[tuple]:
    """Return the rows of a file in which our winners, costs or endowments are others."""
    election = read_pabulib(folder / name).election
    outcomes = {spec: count(election, spec) for spec in needed(map(spec_of, records))}
    different = []
    for row in records:
        spec = spec_of(row)
        if spec in outcomes:
            found = sorted(outcomes[spec].winners), outcomes[spec].details.get("raised_by")
            assert outcomes[spec].total_cost == parse_amount(row["total_cost"]) * election.money_scale
        else:
            completed = outcomes[replace(spec, completion=completed_by(spec))]
            steps = [step for step in completed.steps if step.stage == "equal-shares"]
            found = sorted(step.project for step in steps), completed.details.get("raised_by")
        stated = row.get("endowment_raised_by")
        if found != (row["winners"], found[1] if stated is None else stated):
            different.append((name, spec))
    return different


def needed(specs: Iterable[RuleSpec]) -> set[RuleSpec]:
    """Leave out what a count with the greedy completion does on its way, because Add1 takes long."""
    every = set(specs)
    return {
        spec
        for spec in every
        if completed_by(spec) == spec.completion or replace(spec, completion=completed_by(spec)) not in every
    }


def completed_by(spec: RuleSpec) -> str:
    if spec.rule != "equal-shares" or spec.completes_greedily:
        return spec.completion
    return f"{spec.completion}+utilitarian" if spec.add1 else "utilitarian"


@pytest.mark.parametrize("number", [298, 692, 1171, 1660, 2252, 4634])
def test_where_floating_point_errs_we_do_not(shared_data, number):
    name = f"synthetic_float_trap_{number}.pb"
    election = read_pabulib(shared_data / "pabulib" / name).election
    traps = [row for row in rows(shared_data / "pabulib")[name] if row.get("winners_with_floats_wrong")]

    assert traps
    for row in traps:
        winners = sorted(count(election, spec_of(row)).winners)
        assert winners == row["winners"]
        assert winners != row["winners_with_floats_wrong"]
