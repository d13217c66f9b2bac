"""Where the places of a table are: from its geometries, or from columns in degrees or in metres."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.spatial.outlines import WGS84, transformer
from mapping.spatial.reading.columns import guess_columns
from mapping.spatial.reading.geometry import named_crs
from mapping.spatial.reading.refusal import Unreadable
from mapping.spatial.reading.table import Table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII)
_MAX_DIGITS = 40

PROBLEMS = {
    "number": "“%(value)s” is not a coordinate. Write it in plain digits with a point, for example 53.5511.",
    "range": "The coordinate %(value)s lies outside the world.",
    "pair": "“%(value)s” is not a position. Write latitude, a comma and longitude, for example 53.5511,9.9937.",
    "half": "Only one of the two coordinates is given. Add the other, or leave both empty.",
    "outside-crs": "The position %(value)s does not lie in the area of %(crs)s. Check the coordinate system.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row has no position: where, in which column, and the sentence (`message_id`) with its parameters."""

    line: int
    column: str
    code: str
    params: dict[str, str]

    @property
    def message_id(self) -> str:
        return PROBLEMS[self.code]

    def __str__(self) -> str:
        return self.message_id % self.params


def coordinate(text: str) -> float:
    """Read a coordinate as people and files write it; ValueError with the code "number" for anything unusual.

    Only ASCII digits, one point and a minus: no exponents, no "1_0", no other digits, no NaN (what Python would take).
    """
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(text) > _MAX_DIGITS:
        raise ValueError("number")
    return float(text)


def points_of(
    table: Table,
    *,
    x: str | None = None,
    y: str | None = None,
    latlon: str | None = None,
    crs: str = WGS84,
) -> tuple[list[Position | None], list[Problem]]:
    """Return (latitude, longitude) or None for each row, and the problems of the rows that are wrong.

    Columns: `latlon` holds "lat,lon" in one text; `x` and `y` are longitude and latitude, or east and north in `crs`
    ("EPSG:27700"). Without any, the table's geometries count (of an outline, a point inside), else the headings
    are guessed. A row with nothing written is None without a problem. Raises Unreadable for an unknown system or column.
    """
    if x is None and y is None and latlon is None:
        if any(table.geometries):
            return [_point_of(geometry) for geometry in table.geometries], []
        guessed = guess_columns(table)
        latlon = guessed.get("latlon")
        x, y = guessed.get("longitude"), guessed.get("latitude")
        if crs != WGS84 and "x" in guessed:
            x, y = guessed["x"], guessed["y"]
    if (x is None or y is None) and latlon is None:
        raise Unreadable("no-position")
    for column in (x, y, latlon):
        if column is not None and column not in table.columns:
            raise Unreadable("no-position")
    if x is not None and y is not None:
        return _from_columns(table, x, y, named_crs(crs))
    return _from_texts(table, str(latlon))


def _point_of(geometry: "BaseGeometry | None") -> Position | None:
    if geometry is None:
        return None
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return (point.y, point.x)


def _from_texts(table: Table, column: str) -> tuple[list[Position | None], list[Problem]]:
    points: list[Position | None] = []
    problems = []
    for row, line in zip(table.rows, table.lines, strict=True):
        text, point = row[column], None
        if text:
            parts = re.split(r"[,;]|\s+", re.sub(r"\s*([,;])\s*", r"\1", text.strip()))
            if len(parts) == 2:
                point, problem = _in_degrees(parts[0], parts[1], line, column, column)
            else:
                problem = Problem(line, column, "pair", {"value": text[:40]})
            if problem:
                problems.append(problem)
        points.append(point)
    return points, problems


def _from_columns(table: Table, x: str, y: str, crs: str) -> tuple[list[Position | None], list[Problem]]:
    points: list[Position | None] = []
    problems = []
    for row, line in zip(table.rows, table.lines, strict=True):
        east, north = row[x], row[y]
        point: Position | None = None
        problem: Problem | None = None
        if east and north:
            if crs == WGS84:
                point, problem = _in_degrees(north, east, line, y, x)
            else:
                point, problem = _in_metres(east, north, line, x, y, crs)
        elif east or north:
            problem = Problem(line, y if east else x, "half", {})
        if problem:
            problems.append(problem)
        points.append(point)
    return points, problems


def _in_degrees(
    north: str, east: str, line: int, y: str, x: str
) -> tuple[Position, None] | tuple[None, Problem]:
    numbers = []
    for text, column, limit in ((north, y, 90), (east, x, 180)):
        try:
            number = coordinate(text)
        except ValueError:
            return None, Problem(line, column, "number", {"value": text[:40]})
        if abs(number) > limit:
            return None, Problem(line, column, "range", {"value": text[:40]})
        numbers.append(number)
    return (numbers[0], numbers[1]), None


def _in_metres(
    east: str, north: str, line: int, x: str, y: str, crs: str
) -> tuple[Position, None] | tuple[None, Problem]:
    import pyproj

    numbers = []
    for text, column in ((east, x), (north, y)):
        try:
            numbers.append(coordinate(text))
        except ValueError:
            return None, Problem(line, column, "number", {"value": text[:40]})
    try:
        longitude, latitude = transformer(crs, WGS84).transform(numbers[0], numbers[1])
    except pyproj.exceptions.ProjError:
        longitude = latitude = float("nan")
    area = pyproj.CRS(crs).area_of_use
    margin = 1.0
    inside = area is None or (
        area.south - margin <= latitude <= area.north + margin
        and (
            area.west - margin <= longitude <= area.east + margin
            if area.west <= area.east
            else longitude >= area.west - margin or longitude <= area.east + margin
        )
    )
    if not inside or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, Problem(line, x, "outside-crs", {"value": f"{east[:20]}, {north[:20]}", "crs": crs})
    return (latitude, longitude), None
