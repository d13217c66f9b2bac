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


@pytest.mark.parametrize("room", ["budgeting.counting"])
def test_pure_room_runs_without_django(room):
    """Anybody may take the counting along: it needs nothing of the site."""
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
