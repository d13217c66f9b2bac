"""Bringing the city's neighbourhoods in: their outlines from one file, their people from another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mapping.domain.version import changing_the_map
from mapping.models import LearningPlace
from mapping.spatial.assignment import assign
from mapping.spatial.outlines import merge_outlines, polygons_of
from mapping.spatial.population import Joined, join_by_name, read_population
from mapping.spatial.reading import Table
from participation.foundation.audit import record
from participation.foundation.errors import Invalid
from participation.foundation.geometry import validate_outline
from participation.foundation.search import fold
from participation.foundation.text import clean_line
from participation.models import Neighbourhood

BATCH = 500


@dataclass(frozen=True)
class People:
    """A table of population: `groups` names the groups and their columns.

    With `total`, the column of all people, the rest that no group counts becomes the group `rest`: the groups of a
    neighbourhood are parts that add up to its people.
    """

    text: str
    groups: Mapping[str, str]
    total: str = ""
    rest: str = ""
    decimal: str = ","


@dataclass
class NeighbourhoodReport:
    """What became of the neighbourhoods of a file (names), and of the table of their people."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_in_file: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    people: Joined | None = None
    places_moved: int = 0


def import_neighbourhoods(
    table: Table,
    *,
    name_column: str,
    key_column: str = "",
    dissolve: bool = False,
    people: People | None = None,
    merge_counted_together: bool = False,
    dry_run: bool = False,
    by=None,
) -> NeighbourhoodReport:
    """Take over the outlines of a table, each under its name, and the people from `people`; all of it or nothing.

    Neighbourhoods are found again by their name; none is ever deleted, because people live there. `key_column` gives the
    short names in addresses. With `dissolve`, features of one name become one neighbourhood; with
    `merge_counted_together`, so do those that the table of people counts in one row. Places are put into the neighbourhoods
    anew. Raises Invalid naming feature, line and fix.
    """
    report = NeighbourhoodReport()
    outlines, keys = _outlines(table, name_column, key_column, dissolve)
    populations: dict[str, dict[str, int]] = {}
    if people is not None:
        rows = _people(people)
        if merge_counted_together:
            outlines = _merged(outlines, join_by_name(rows, outlines).merged)
        report.people = join_by_name(rows, outlines)
        populations = {
            name: _groups(name, people, numbers) for name, numbers in report.people.matched.items()
        }
    outlines = _valid(outlines, report)
    known = {fold(hood.name): hood for hood in Neighbourhood.objects.all()}
    to_add, to_change = [], []
    slugs = {hood.slug for hood in known.values()}
    for position, (name, outline) in enumerate(outlines.items()):
        hood = known.pop(fold(name), None)
        if hood is None:
            slug = _slug(keys.get(name) or name, slugs)
            to_add.append(
                Neighbourhood(
                    name=name,
                    slug=slug,
                    outline=outline,
                    population=populations.get(name, {}),
                    sort_order=position,
                )
            )
            report.new.append(name)
        elif hood.outline == outline and (people is None or hood.population == populations.get(name, {})):
            report.unchanged.append(name)
        else:
            hood.outline = outline
            if people is not None:
                hood.population = populations.get(name, {})
            to_change.append(hood)
            report.changed.append(name)
    report.not_in_file = sorted(hood.name for hood in known.values())
    if dry_run or not (to_add or to_change):
        return report
    with changing_the_map(all_of_it=True) as number:
        Neighbourhood.objects.bulk_create(to_add, batch_size=BATCH)
        Neighbourhood.objects.bulk_update(to_change, ["outline", "population"], batch_size=50)
        report.places_moved = _move_places(number)
        for hood in (*to_add, *to_change):
            record("mapping.import_neighbourhood", hood, by=by)
    return report


def neighbourhoods_changed() -> int:
    """Put the places into the neighbourhoods as they are now, after one was changed by hand; return how many moved.

    Everything that draws or counts neighbourhoods is made anew.
    """
    with changing_the_map(all_of_it=True) as number:
        return _move_places(number)


def _outlines(
    table: Table, name_column: str, key_column: str, dissolve: bool
) -> tuple[dict[str, dict], dict[str, str]]:
    """Return {name: GeoJSON} in the order of the file, and {name: key}."""
    import shapely

    for column in filter(None, (name_column, key_column)):
        if column not in table.columns:
            words = _("The file has no column “%(column)s”. It has: %(columns)s.")
            raise Invalid(
                words % {"column": column, "columns": ", ".join(table.columns)[:500]}, field="columns"
            )
    found: list[tuple[str, dict]] = []
    first: dict[str, int] = {}
    keys: dict[str, str] = {}
    for cells, geometry, line in zip(table.rows, table.geometries, table.lines, strict=True):
        name = clean_line(cells[name_column] or "")
        if not name or len(name) > 120:
            words = _(
                "Feature %(line)d: The name under “%(column)s” is missing or longer than 120 characters."
            )
            raise Invalid(words % {"line": line, "column": name_column}, field="file", details={"line": line})
        if geometry is None or geometry.geom_type not in ("Polygon", "MultiPolygon"):
            words = _("Feature %(line)d (%(name)s): A neighbourhood needs an outline, a polygon.")
            raise Invalid(words % {"line": line, "name": name}, field="file", details={"line": line})
        if name in first and not dissolve:
            words = _(
                "Feature %(line)d: “%(name)s” is the name of feature %(first)d too. Choose to join features of "
                "one name (--dissolve), or another column."
            )
            raise Invalid(
                words % {"line": line, "name": name, "first": first[name]},
                field="file",
                details={"line": line},
            )
        first.setdefault(name, line)
        if key_column and cells[key_column]:
            keys.setdefault(name, str(cells[key_column]))
        found.append((name, json.loads(shapely.to_geojson(geometry))))
    return merge_outlines(found), keys


def _people(people: People) -> list[tuple[str, dict]]:
    wanted = [*people.groups.values(), *filter(None, [people.total])]
    try:
        return read_population(people.text, groups=wanted, decimal=people.decimal)
    except ValueError as error:
        raise Invalid(_("The table of people: %(words)s") % {"words": error}, field="population") from error


def _groups(name: str, people: People, numbers: Mapping[str, float | None]) -> dict[str, int]:
    groups = {group: numbers.get(column) for group, column in people.groups.items()}
    known = {group: round(number) for group, number in groups.items() if number is not None}
    if any(number < 0 for number in known.values()):
        words = _("The table of people: “%(name)s” has a group with fewer than no people.")
        raise Invalid(words % {"name": name}, field="population")
    total = numbers.get(people.total) if people.total else None
    if total is not None:
        rest = round(total) - sum(known.values())
        if rest < 0:
            words = _("The table of people: in “%(name)s” the groups are more people than the total.")
            raise Invalid(words % {"name": name}, field="population")
        known[people.rest or _("others")] = rest
    return known


def _merged(outlines: Mapping[str, dict], together: Mapping[str, Sequence[str]]) -> dict[str, dict]:
    """Give neighbourhoods that are counted together the name they are counted under, and one outline."""
    name_of = {part: name for name, parts in together.items() for part in parts}
    return merge_outlines((name_of.get(name, name), outline) for name, outline in outlines.items())


def _valid(outlines: Mapping[str, dict], report: NeighbourhoodReport) -> dict[str, dict]:
    import shapely

    polygons, repaired = polygons_of(list(outlines.values()))
    valid: dict[str, dict] = {}
    for number, (name, outline) in enumerate(outlines.items()):
        if polygons[number] is None:
            words = _("“%(name)s” has an outline without a surface. Draw it again.")
            raise Invalid(words % {"name": name}, field="file")
        if number in repaired:
            report.repaired.append(name)
            outline = json.loads(shapely.to_geojson(polygons[number]))
        outline = json.loads(json.dumps(outline))
        try:
            validate_outline(outline)
        except ValidationError as error:
            raise Invalid(f"“{name}”: {error.messages[0]}", field="file") from error
        valid[name] = outline
    return valid


def _slug(words: str, taken: set[str]) -> str:
    stem = slugify(anyascii(words))[:110] or "neighbourhood"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    slug = stem if stem not in taken else next(name for name in numbered if name not in taken)
    taken.add(slug)
    return slug


def _move_places(number: int) -> int:
    """Put every place with a point into the neighbourhood that now holds it; return how many moved."""
    areas = list(
        Neighbourhood.objects.filter(outline__isnull=False).order_by("pk").values_list("pk", "outline")
    )
    places: list[tuple[int, Any, Any, int | None]] = list(
        LearningPlace.objects.filter(latitude__isnull=False)
        .order_by("pk")
        .values_list("pk", "longitude", "latitude", "neighbourhood_id")
    )
    points = np.array([(place[1], place[2]) for place in places], dtype=float).reshape(-1, 2)
    holders = assign(points, [outline for _pk, outline in areas])
    moved: dict[int | None, list[int]] = {}
    for (pk, _longitude, _latitude, before), holder in zip(places, holders.tolist(), strict=True):
        now = areas[holder][0] if holder >= 0 else None
        if now != before:
            moved.setdefault(now, []).append(pk)
    for now, pks in moved.items():
        for start in range(0, len(pks), BATCH):
            rows = LearningPlace.objects.filter(pk__in=pks[start : start + BATCH])
            rows.update(neighbourhood=now, map_version=number)
    return sum(len(pks) for pks in moved.values())
