"""The lock files: every version with its hash, no address, and nothing older than the last security fix we know (S20)."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
FLOORS = {
    "django": (5, 2, 19),
    "wagtail": (8, 0, 1),
    "djangorestframework": (3, 18, 0),
    "django-allauth": (65, 14, 3),
    "pillow": (11, 3, 0),
    "uvicorn": (0, 35, 0),
    "nh3": (0, 3, 0),
    "channels": (4, 3, 0),
}


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_every_requirement_is_pinned_with_a_hash_and_names_no_address(name):
    text = (FOLDER / name).read_text()
    blocks = re.split(r"\n(?=[a-z])", text.strip())

    assert "://" not in text
    assert all(re.match(r"[a-z0-9._-]+==\S+", block) and "--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("package", sorted(FLOORS))
def test_s20_no_dependency_is_older_than_its_floor(package):
    found = re.search(rf"^{package}==([\d.]+)", (FOLDER / "runtime.txt").read_text(), re.MULTILINE)

    assert tuple(map(int, found[1].split("."))) >= FLOORS[package]


def test_tests_run_with_what_the_site_runs_with():
    def pins(name):
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", (FOLDER / name).read_text(), re.MULTILINE))

    assert pins("runtime.txt") <= pins("dev.txt")
