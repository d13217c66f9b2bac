"""Tables of population as statistical offices write them, and their names joined to areas without counting twice."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Signs for "nothing", "unknown", "secret" and "not yet" in German and Eurostat tables (DIN 55301).
_MISSING = {"", ".", "..", "...", "-", "–", "—", "/", "x", "X", ":", "n/a", "NA"}
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
_AND = re.compile(r"\s+(?:und|and|et|y|e|&|\+)\s+|\s*[,/]\s*")


def clean_number(text: str | None, *, decimal: str = ",") -> float | None:
    """Read a number as offices print it: blanks between thousands, a decimal comma (or `decimal="."`), "-  23".

    Returns None for a missing value ("." and the like). Raises ValueError for anything else that is not a number.
    """
    written = (text or "").strip()
    if written in _MISSING:
        return None
    plain = _BLANKS.sub("", written).replace("−", "-")
    grouping = "." if decimal == "," else ","
    whole, comma, rest = plain.partition(decimal)
    if grouping in whole:
        groups = whole.lstrip("+-").split(grouping)
        if not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
            raise ValueError(f"“{written}” is not a number.")
        whole = whole.replace(grouping, "")
    plain = f"{whole}.{rest}" if comma else whole
    if not _NUMBER.fullmatch(plain) or len(plain) > 30:
        raise ValueError(f"“{written}” is not a number.")
    return float(plain)


def read_population(
    text: str, *, groups: Sequence[str] | None = None, decimal: str = ","
) -> list[tuple[str, dict]]:
    """Return (name, {group: number or None}) for each row, in the order of the file; the first column is the name.

    A list, because one name may stand for a district and for the larger district around it. `groups` picks columns by
    their heading. Raises ValueError naming line and column for a cell that is not a number.
    """
    first = text.removeprefix("\ufeff").split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    heading = [name.strip() for name in next(reader, [])]
    missing = [name for name in groups or () if name not in heading[1:]]
    if missing:
        raise ValueError(f"The first line has no column “{missing[0]}”.")
    wanted = [
        (i, name) for i, name in enumerate(heading) if i and name and (groups is None or name in groups)
    ]
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(heading):
            raise ValueError(
                f"Line {reader.line_num} has {len(cells)} cells, the first line has {len(heading)}."
            )
        numbers = {}
        for i, name in wanted:
            try:
                numbers[name] = clean_number(cells[i], decimal=decimal)
            except ValueError as error:
                raise ValueError(f"Line {reader.line_num}, column “{name}”: {error}") from None
        rows.append((cells[0].strip(), numbers))
    return rows


@dataclass(frozen=True, slots=True)
class Joined:
    """Which row belongs to which area, and what nobody could place."""

    matched: Mapping[str, dict]
    """Area name -> {group: number or None}."""
    unmatched_areas: tuple[str, ...]
    unmatched_rows: tuple[str, ...]
    merged: Mapping[str, tuple[str, ...]]
    """Row name -> the areas it counts together ("Moorburg und Altenwerder"); they need merging before they count."""
    repeated: tuple[str, ...]
    """Names with a second row (a larger district of the same name, say): the first row counted."""


def join_by_name(rows: Iterable[tuple[str, dict]], names: Iterable[str]) -> Joined:
    """Give each area the first row of its name; a later row of the same name is reported and never added.

    Offices list the parts before the wholes, so the first "Harburg" is the quarter and the second the borough.
    """
    areas = {_folded(name): name for name in names}
    matched: dict[str, dict] = {}
    merged: dict[str, tuple[str, ...]] = {}
    unmatched: list[str] = []
    repeated: list[str] = []
    for name, numbers in rows:
        area = areas.get(_folded(name))
        if area is not None:
            if area in matched:
                repeated.append(name)
            else:
                matched[area] = numbers
            continue
        parts = [areas[_folded(part)] for part in _AND.split(name) if _folded(part) in areas]
        if len(parts) > 1 and len(parts) == len(_AND.split(name)):
            merged[name] = tuple(parts)
        else:
            unmatched.append(name)
    return Joined(
        matched=matched,
        unmatched_areas=tuple(name for name in areas.values() if name not in matched),
        unmatched_rows=tuple(unmatched),
        merged=merged,
        repeated=tuple(repeated),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
