"""The floors of the house (import contracts of pyproject.toml), and what the pure rooms must not load."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_goes_down(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)

    code = cli.lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)

    assert code == cli.EXIT_STATUS_SUCCESS


@pytest.mark.parametrize(
    "room", ["budgeting.counting", "mapping.opening_hours", "mapping.spatial", "learning_events.calendar"]
)
def test_pure_room_runs_without_django(room):
    """Anybody may take them along: they need nothing of the site."""
    program = f"import sys, {room}; sys.exit(any(name.split('.')[0] in ('django', 'wagtail') for name in sys.modules))"

    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)

    assert run.returncode == 0


@pytest.mark.django_db(databases=[])
def test_heavy_libraries_wait_until_they_are_needed():
    """`manage.py` and web workers start light."""
    program = (
        "import os, sys, django; sys.path[:0] = ['.', 'site'];"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'learning_city.settings.test'; django.setup();"
        "import learning_city.urls; print([n for n in ('geopandas', 'pandas', 'typst') if n in sys.modules])"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.stdout.strip().splitlines()[-1:] == ["[]"], run.stderr


def test_what_a_subclass_must_say_cannot_be_forgotten():
    """A class with an abstract method cannot be made; one that raises NotImplementedError fails when somebody comes by."""
    forgetful = [
        str(path.relative_to(ROOT))
        for app in ("participation", "budgeting", "mapping", "learning_events", "site")
        for path in (ROOT / app).rglob("*.py")
        if "raise NotImplementedError" in path.read_text()
    ]

    assert forgetful == []
