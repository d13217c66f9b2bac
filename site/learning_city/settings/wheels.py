"""Finds the C libraries that the pyogrio and shapely wheels bring, so that no system package is needed."""

from importlib.util import find_spec
from pathlib import Path


def library_beside(package: str, name: str) -> str | None:
    """Return the path of the shared library `name` that lies in the wheel of `package`, or None."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    for folder in (home.parent / f"{package}.libs", home / ".dylibs", home):
        for found in sorted(folder.glob(f"{name}[-.]*")):
            if found.suffix != ".lib":
                return str(found)
    return None
