"""The wheel holds the four plugins with their templates and files, and nothing of the site."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = {"participation", "budgeting", "mapping", "learning_events"}


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_only_the_plugins_are_inside(names):
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert tops == PLUGINS


@pytest.mark.parametrize("plugin", sorted(PLUGINS))
def test_every_tracked_file_of_a_plugin_is_inside(names, plugin):
    tracked = subprocess.run(
        ["git", "ls-files", plugin, f"templates/{plugin}"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    wanted = {
        f"{plugin}/{name}" if name.startswith("templates/") else name
        for name in tracked
        if (ROOT / name).exists()
    }

    assert wanted <= names


def test_the_wheel_says_its_licence(names):
    assert any(name.endswith("licenses/LICENSE") for name in names)
