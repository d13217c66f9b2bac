"""Importing every real election: time for 1,000 ballots as files grow, and the memory of the largest."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from budgeting.domain.count import recount
from budgeting.domain.election_import import import_election
from tests.budgeting.elections import root_page

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.benchmark

GROWING = [
    "Poland_Lodz_2022_Karolew-Retkinia_Wschod.pb",
    "Poland_Wroclaw_2018.pb",
    "Poland_Lodz_2022.pb",
    "Poland_Wroclaw_2015_150_-_500.pb",
]
MOST_MEMORY_MB = 600
MOST_GROWTH = 2.5


# The peak of this very program: what `ru_maxrss` says of a child begins with the memory of its parent.
RUN = """
import pathlib, re, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print("PEAK", re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def manage(tmp_path):
    """Run a command of the site in a process of its own, on a database of its own."""
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "learning_city.settings.dev",
    }
    environment.pop("DATABASE_URL", None)

    def run(*arguments: str) -> tuple[float, int]:
        """Return CPU seconds and the peak of memory in MB."""
        before = cpu_s()
        command = [sys.executable, "-c", RUN, "site/manage.py", *arguments]
        said = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout
        return cpu_s() - before, int(said.split("PEAK ")[-1]) // 1024

    run("migrate", "--verbosity", "0")
    return run


def test_time_for_a_ballot_stays_flat_and_memory_low(shared_data, manage):
    start, _memory = manage("check")
    cost = {}
    print(f"\n{'ballots':>8} {'CPU s':>6} {'ms for 1,000':>13} {'peak MB':>8}")
    for name in GROWING:
        path = shared_data / "pabulib" / name
        content = path.read_text()
        ballots = len(content.split("VOTES", 1)[1].splitlines()) - 2
        spent, memory = manage("import_election", str(path))
        spent -= start
        cost[name] = spent / ballots * 1_000_000
        print(f"{ballots:>8,} {spent:>6.1f} {cost[name]:>13.0f} {memory:>8.0f}")
        assert memory < MOST_MEMORY_MB
    # A ballot of Wrocław 2015 holds one project, one of Łódź up to five: compare like with like.
    small, large = cost[GROWING[0]], cost[GROWING[2]]
    print(f"largest beside smallest with the same ballots: {large / small:.2f}")
    assert large < small * MOST_GROWTH


def test_every_shared_election_is_imported_and_recounted(db, shared_data):
    from django.db import transaction

    files = sorted((shared_data / "pabulib").glob("*.pb"), key=lambda path: path.stat().st_size)
    kinds: dict[str, int] = {}
    slowest = (0.0, "")
    for path in files:
        began = time.process_time()
        with transaction.atomic():
            made = import_election(path.read_bytes(), parent=root_page())
            slowest = max(slowest, (time.process_time() - began, path.name))
            box = made.budget.ballot_box
            told = box.counts.get(is_official=True).comparison["official"]
            kinds[told["kind"]] = kinds.get(told["kind"], 0) + 1
            if told["same"] is False:
                print(f"{path.name}: {told['sentence'][:160]}")
            if path.stat().st_size < 500_000:
                assert all(again.same for again in recount(box)), path.name
            transaction.set_rollback(True)
    print(
        f"{len(files)} files; beside the official winners: {kinds}; slowest: {slowest[1]} {slowest[0]:.1f} s CPU"
    )
    assert sum(kinds.values()) == len(files)
