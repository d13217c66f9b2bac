"""`make test`: runs the tests in parallel and ends by saying what was left out and how to include it.

With DATABASE_URL pointing to PostgreSQL the whole suite runs there; the suite on SQLite is the default.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def missing() -> list[str]:
    """Return one phrase for each thing this machine lacks, with the way to bring it in."""
    left_out = []
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left_out.append("races on PostgreSQL (set DATABASE_URL=postgres://user@host/name)")
    if not os.environ.get("REDIS_URL"):
        left_out.append("Redis (set REDIS_URL=redis://host:6379/1)")
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")):
        left_out.append("browser journeys (install Chromium, or set CHROMIUM=/path/to/chromium)")
    data = os.environ.get("LEARNING_CITY_DATA") or ROOT.parent / "shared" / "data"
    if not Path(data).is_dir():
        left_out.append("real data (set LEARNING_CITY_DATA to its folder)")
    return left_out


def main(arguments: list[str]) -> int:
    """Run pytest on all cores, print what was left out, and return pytest's exit code."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        os.environ.get("TEST_WORKERS", "auto"),
        "--dist",
        "loadgroup",
        "-q",
    ]
    command += ["-m", "not benchmark", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    left_out = missing()
    print("Left out: " + "; ".join(left_out) + "." if left_out else "Nothing was left out.", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
