"""Server CPU a request of the public pages, beside the home page of a bare Wagtail site served the same way."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.servers import bare_wagtail, serving

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def loaded_city(tmp_path_factory):
    """A demo city of its own with 400 and with 3,000 proposals beside it, and a proposal with 100 comments."""
    var = tmp_path_factory.mktemp("city")
    environment = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "learning_city.settings.dev"}
    environment.pop("DATABASE_URL", None)
    manage = [sys.executable, "site/manage.py"]
    subprocess.run(
        [*manage, "demo", "--load-only"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    script = "from tests.benchmarks.crowd import fill; fill()"
    subprocess.run(
        [*manage, "shell", "--verbosity", "0", "-c", script], cwd=ROOT, env=environment, check=True
    )
    return environment


def test_pages_cost_at_most_a_few_bare_home_pages(loaded_city, tmp_path):
    settings, path, environment = bare_wagtail(tmp_path)
    pages = {
        "home": ("/", 2),
        "budget": ("/budget/", 3),
        "list of 30 proposals": ("/crowd-30/proposals/", 3),
        "list of 400 proposals": ("/crowd-400/proposals/", 3),
        "list of 3,000 proposals": ("/crowd-3000/proposals/", 6),
        "map points of 400 proposals": ("/crowd-400/proposals/points/", 3),
        "proposal with 100 comments": ("/crowd-400/proposals/{commented}/", 3),
        "result of 40,000 ballots": ("/budget-2025/results/", 3),
    }
    commented = (Path(loaded_city["VAR_DIR"]) / "commented").read_text()
    with (
        serving(settings=settings, path=path, environment=environment) as bare,
        serving(
            settings="learning_city.settings.dev",
            path=[ROOT, ROOT / "site"],
            environment={"VAR_DIR": loaded_city["VAR_DIR"]},
            application="learning_city.asgi",
        ) as ours,
    ):
        for name, (address, goal) in pages.items():
            address = address.format(commented=commented)
            # In turns, since what else the machine does changes what a request costs.
            pairs = [(ours.cpu_ms(address), bare.cpu_ms("/")) for _ in range(ROUNDS)]
            cost, floor = (min(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(cost / floor for cost, floor in pairs)
            _status, body = ours.get(address)
            print(
                f"{name:<30} {cost:6.1f} ms, bare home page {floor:5.1f} ms: {ratio:4.2f} times (goal {goal})"
                f"  {len(body) / 1000:6.1f} kB"
            )
