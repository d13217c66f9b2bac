"""The web workers start light: heavy libraries wait until a function needs them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = ["assignment", "cells", "coverage", "outlines", "population", "reading", "similar", "writing"]
HEAVY = ["django", "shapely", "geopandas", "pandas", "pyogrio", "pyproj", "openpyxl"]


def test_the_room_opens_without_heavy_libraries():
    program = "\n".join([
        "import sys",
        *[f"import mapping.spatial.{name}" for name in MODULES],
        f"print(sorted(set({HEAVY}) & set(sys.modules)))",
    ])  # fmt: skip

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert said.stdout.strip() == "[]"
