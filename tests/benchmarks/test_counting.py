"""Counting beside its yardsticks in the same run: pandas for reading, the reading itself for one count, pabutools for Add1.

pabutools is not among our requirements. Name a Python that has it in PABUTOOLS_PYTHON and its time is measured too, on files
where it ends within five minutes.
"""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from budgeting.counting import Ballots, Election, Project, RuleSpec, count, read_pabulib
from tests.budgeting.counting.test_oracle import differing, is_slow, rows

pytestmark = pytest.mark.benchmark

CITIES = (
    "Poland_Lodz_2022",
    "Poland_Krakow_2018",
    "Poland_Krakow_2021",
    "Poland_Wroclaw_2015_150_-_500",
    "Poland_Wroclaw_2018",
    "Poland_Wroclaw_2021",
)
OTHERS = ("Hungary_Budapest_2024", "Netherlands_Amsterdam_621", "Poland_Czestochowa_2024")
ADD1 = RuleSpec("equal-shares", completion="add1", ties="lexicographic")
ONCE = RuleSpec("equal-shares", completion="utilitarian", ties="lexicographic")
# Files on which pabutools' Add1 ends within five minutes.
BESIDE_PABUTOOLS = (
    "Poland_Wroclaw_2018",
    "Poland_Gdynia_2020",
    "Poland_Gdynia_2024",
    "Netherlands_Amsterdam_335",
)
ROUNDS = 5


def best_s(work, rounds=ROUNDS):
    spent = []
    for _round in range(rounds):
        begun = time.process_time()
        found = work()
        spent.append(time.process_time() - begun)
    return min(spent), found


@pytest.fixture(scope="module")
def files(shared_data):
    return lambda name: (shared_data / "pabulib" / f"{name}.pb").read_bytes()


def test_reading_takes_hardly_longer_than_pandas(files):
    import pandas

    ours_total = pandas_total = 0.0
    print()
    for name in (*CITIES, *OTHERS):
        content = files(name)
        pandas_s, _ = best_s(
            lambda content=content: pandas.read_csv(io.BytesIO(content), sep=";", names=range(12), dtype=str)
        )
        ours_s, _ = best_s(lambda content=content: read_pabulib(content))
        ours_total, pandas_total = ours_total + ours_s, pandas_total + pandas_s
        print(
            f"{name}: pandas {pandas_s * 1000:.0f} ms, ours {ours_s * 1000:.0f} ms, ratio {ours_s / pandas_s:.2f}"
        )
        assert ours_s < 2.5 * pandas_s
    print(f"all: ratio {ours_total / pandas_total:.2f}")
    assert ours_total < 1.5 * pandas_total


def test_one_count_takes_less_than_twice_the_reading(files):
    print()
    for name in CITIES:
        content = files(name)
        read_s, _ = best_s(lambda content=content: read_pabulib(content))
        fresh = [read_pabulib(content).election for _round in range(ROUNDS)]
        count_s, _ = best_s(lambda fresh=fresh: count(fresh.pop(), RuleSpec("equal-shares")))
        print(
            f"{name}: read {read_s * 1000:.0f} ms, counted {count_s * 1000:.0f} ms, ratio {count_s / read_s:.2f}"
        )
        assert count_s < 2 * read_s


def test_add1_of_a_large_city_takes_less_than_three_seconds(files):
    print()
    for name in CITIES:
        spent, outcome = best_s(lambda name=name: count(read_pabulib(files(name)).election, ADD1), rounds=1)
        print(f"{name}: raised by {outcome.details['raised_by']} in {spent:.2f} s")
        assert spent < 3


@pytest.mark.parametrize(
    "name", ["Hungary_Budapest_2025_VIII_Jozsefvaros", "Hungary_Budapest_2023_VIII_Jozsefvaros"]
)
def test_tens_of_thousands_of_steps_are_skipped(files, name):
    spent, outcome = best_s(lambda: count(read_pabulib(files(name)).election, ADD1), rounds=1)

    print(f"\n{name}: raised by {outcome.details['raised_by']} in {spent:.2f} s")
    assert spent < 10


def test_add1_beside_pabutools(files, shared_data):
    python = os.environ.get("PABUTOOLS_PYTHON")
    script = Path(__file__).with_name("pabutools_add1.py")
    print()
    for name in BESIDE_PABUTOOLS:
        fresh = [read_pabulib(files(name)).election for _round in range(3)]
        ours_s, outcome = best_s(lambda fresh=fresh: count(fresh.pop(), ADD1), rounds=3)
        print(f"{name}: ours {ours_s:.3f} s", end="")
        assert outcome.details["raised_by"] >= 0
        if python:
            told = subprocess.run(
                [python, script, shared_data / "pabulib" / f"{name}.pb"],
                capture_output=True,
                check=True,
                timeout=300,
            )
            theirs = json.loads(told.stdout)
            assert theirs["winners"] == sorted(outcome.winners)
            print(
                f", pabutools {theirs['seconds']:.1f} s, {theirs['seconds'] / ours_s:.0f} times as long",
                end="",
            )
        print()


def test_slow_rows_of_the_oracle_agree_too(shared_data):
    folder = shared_data / "pabulib"
    slow = [(name, list(filter(is_slow, records))) for name, records in rows(folder).items()]

    assert sum(len(records) for _, records in slow) == 8
    assert [row for name, records in slow if records for row in differing(folder, name, records)] == []


def made_up(voters: int, projects: int = 200) -> Election:
    """Ballots of three to seven projects; a few projects are far more popular than the others."""
    chance = np.random.default_rng(7)
    lengths = chance.integers(3, 8, voters)
    named = (projects * chance.random((voters, 7)) ** 2).astype(np.int64)
    named.sort(axis=1)
    kept = np.arange(7) < lengths[:, None]
    kept[:, 1:] &= named[:, 1:] != named[:, :-1]
    groups = Ballots(
        np.append(0, np.cumsum(kept.sum(axis=1))),
        named[kept],
        np.ones(int(kept.sum()), dtype=np.int64),
        np.ones(voters, dtype=np.int64),
    )
    costs = chance.integers(20_000, 2_000_000, projects)
    return Election(
        tuple(Project(f"P{at:03}", int(cost)) for at, cost in enumerate(costs)), groups, budget=30_000_000
    )


def test_twice_the_votes_take_little_more_than_twice_the_time():
    sizes = [100_000, 200_000, 400_000]
    made = [[made_up(size) for _round in range(3)] for size in sizes]
    spent = [best_s(lambda fresh=fresh: count(fresh.pop(), ONCE), rounds=3)[0] for fresh in made]

    print(f"\n{', '.join(f'{size:,} votes {s:.1f} s' for size, s in zip(sizes, spent, strict=True))}")
    assert spent[2] / spent[0] < 2.3**2


MILLION = """
import io, resource, sys, time
sys.path.insert(0, {root!r})
from tests.benchmarks.test_counting import made_up, ONCE
from budgeting.counting import count, read_pabulib
begun = time.process_time()
content = open({path!r}, "rb").read()
election = read_pabulib(content).election
read = time.process_time() - begun
outcome = count(election, ONCE)
print(read, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(outcome.winners))
"""


def test_a_million_ballots_are_read_and_counted_in_a_minute_and_two_gigabytes(tmp_path):
    election = made_up(1_000_000)
    path = tmp_path / "million.pb"
    with path.open("w") as out:
        out.write(
            f"META\nkey;value\nbudget;{election.budget}\nvote_type;approval\nrule;unknown\nPROJECTS\nproject_id;cost\n"
        )
        out.writelines(f"{project.id};{project.cost}\n" for project in election.projects)
        out.write("VOTES\nvoter_id;vote;age;sex\n")
        ids = [project.id for project in election.projects]
        for voter, ballot in enumerate(election.ballots):
            out.write(f"{voter};{','.join([ids[at] for at in ballot.projects])};{voter % 80};F\n")
    del election

    code = MILLION.format(root=str(Path(__file__).parents[2]), path=str(path))
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.split()

    read_s, all_s, memory_mb = map(float, told[:3])
    print(
        f"\n1,000,000 ballots, {path.stat().st_size / 1e6:.0f} MB: read in {read_s:.1f} s, counted after "
        f"{all_s:.1f} s, {memory_mb:.0f} MB, {told[3]} winners"
    )
    assert all_s < 60
    assert memory_mb < 2000
