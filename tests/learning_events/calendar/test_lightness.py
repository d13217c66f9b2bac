"""The web workers start light: what parses and writes calendars waits until it is needed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = ["events", "recurrence", "differences", "clashes", "reading", "writing"]
HEAVY = ["django", "shapely", "geopandas", "pandas", "pyproj", "openpyxl", "recurring_ical_events"]


def test_the_room_opens_without_heavy_libraries():
    program = "\n".join([
        "import sys",
        *[f"import learning_events.calendar.{name}" for name in MODULES],
        f"print(sorted(set({HEAVY}) & set(sys.modules)))",
    ])  # fmt: skip

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert said.stdout.strip() == "[]"
