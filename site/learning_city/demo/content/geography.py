"""The map of Aldermouth: ten neighbourhoods that tile the city, its river, parks, tram line and named addresses.

Distances inside this module are kilometres east and north of Market Square; everything it returns is EPSG:4326.
"""

import math
import random
from functools import cache
from itertools import pairwise
from typing import Any

from learning_city.demo.content.facts import Neighbourhood, Venue, prose

CITY_NAME = "Aldermouth"
RIVER_NAME = "Alder"
# The Dogger Bank: open sea today, so the city's addresses can never be somebody's real front door.
CENTRE_LONGITUDE, CENTRE_LATITUDE = 2.6, 54.72
KM_PER_DEGREE_LATITUDE = 111.32
KM_PER_DEGREE_LONGITUDE = KM_PER_DEGREE_LATITUDE * math.cos(math.radians(CENTRE_LATITUDE))
AGE_GROUPS = ("0-5", "6-17", "18-29", "30-64", "65+")

Point = tuple[float, float]

# Clockwise from the north-western coast; the last stretch is the sea front with the harbour mouth.
_OUTLINE: tuple[Point, ...] = (
    (-1.7, 4.3), (-0.6, 4.9), (1.0, 5.0), (2.6, 5.3), (4.1, 4.8), (5.3, 4.1), (6.5, 3.6), (7.2, 2.4), (7.0, 1.1),
    (7.3, 0.0), (6.6, -1.2), (5.9, -2.3), (5.2, -3.6), (4.0, -4.5), (2.6, -5.2), (1.2, -5.0), (-0.2, -5.3),
    (-1.4, -4.9), (-2.6, -4.5), (-3.2, -3.5), (-2.9, -2.5), (-2.2, -1.8), (-2.0, -1.0), (-1.55, -0.55),
    (-1.9, 0.1), (-2.5, 0.8), (-3.3, 1.5), (-3.7, 2.5), (-3.2, 3.4), (-2.4, 3.8),
)  # fmt: skip
_RIVER: tuple[Point, ...] = (
    (-1.55, -0.55), (-0.9, -0.45), (-0.2, -0.5), (0.5, -0.75), (1.2, -0.6), (1.8, -0.1), (2.5, 0.15), (3.2, -0.1),
    (3.8, -0.5), (4.5, -0.45), (5.1, 0.1), (5.8, 0.5), (6.4, 0.4), (7.0, 0.55),
)  # fmt: skip

_NORTH, _SOUTH = "north", "south"
# slug -> (bank, one or two hearts of the neighbourhood)
_HEARTS: dict[str, tuple[str, tuple[Point, ...]]] = {
    "old-quay": (_NORTH, ((-0.5, 0.45), (-1.1, 0.3))),
    "lantern-hill": (_NORTH, ((-2.3, 2.3), (-1.2, 3.1))),
    "tramsheds": (_NORTH, ((1.25, 0.75), (1.0, 1.5))),
    "northfields": (_NORTH, ((1.5, 3.5), (2.6, 3.9))),
    "millrace": (_NORTH, ((3.3, 1.3), (3.9, 1.9))),
    "weirside": (_NORTH, ((5.9, 1.7), (5.6, 2.7))),
    "ropewalk": (_SOUTH, ((-0.9, -1.5), (0.1, -1.6))),
    "the-saltings": (_SOUTH, ((-1.9, -3.3), (-0.9, -3.7))),
    "orchard-end": (_SOUTH, ((3.3, -1.5), (4.6, -1.5))),
    "barrow-heath": (_SOUTH, ((2.0, -3.5), (3.3, -3.7))),
}

_CHARACTER: dict[str, tuple[str, tuple[int, int, int, int, int], str]] = {
    "old-quay": (
        "Old Quay",
        (820, 1490, 4310, 8240, 3090),
        """The oldest streets of the city, between Market Square and the fish quay. Law students rent rooms above
        chandlers' shops, cruise visitors crowd the Customs House, and the Central Library stays open till nine.""",
    ),
    "lantern-hill": (
        "Lantern Hill",
        (910, 2240, 1980, 8370, 5650),
        """Villas, widows' flats and steep stairs under the white lighthouse. The oldest neighbourhood by age: one
        in three is over sixty-five, and the single bus up the hill stops at eight in the evening.""",
    ),
    "tramsheds": (
        "Tramsheds",
        (2150, 3980, 6870, 12640, 2460),
        """Where the trains arrive and newcomers stay. Bakeries from Aleppo, Lviv and Asmara line Station Road, the
        old tram depot is a covered market, and the schools count thirty-eight home languages.""",
    ),
    "northfields": (
        "Northfields",
        (2740, 6120, 5230, 14870, 4410),
        """Eleven-storey blocks from the seventies around a long green, with the largest number of children in the
        city, a swimming pool that is loved and leaking, and a residents' council that has met since 1974.""",
    ),
    "millrace": (
        "Millrace",
        (1180, 2310, 7940, 8860, 2120),
        """Paper mills turned into the Technical College, workshops and student halls. The race still turns one
        wheel, which the college uses to teach electricity.""",
    ),
    "weirside": (
        "Weirside",
        (780, 1820, 1240, 6390, 2980),
        """A river village that joined the city in 1991 and never quite agreed to it. Market gardens, a volunteer
        fire brigade, a cricket green and the last ferry on the Alder.""",
    ),
    "ropewalk": (
        "Ropewalk",
        (1490, 2650, 4720, 10230, 2870),
        """Brick rope works, dry docks and new flats on the south bank. Boatbuilders and app builders share the
        yards; the Seafarers' Mission has fed people here since 1883.""",
    ),
    "the-saltings": (
        "The Saltings",
        (1640, 3580, 3010, 9480, 4190),
        """Low terraces behind the sea wall, six hundred allotments and a nature reserve of mud, samphire and
        curlews. The cannery closed in 2009, and many people retrained for care work and wind farms.""",
    ),
    "orchard-end": (
        "Orchard End",
        (2260, 4870, 2940, 13150, 4380),
        """A garden suburb planned in 1926 around seven orchards, five of which still bear fruit. Young families,
        three primary schools and a waiting list for everything.""",
    ),
    "barrow-heath": (
        "Barrow Heath",
        (1370, 2940, 2630, 9710, 3540),
        """Hospital, prison and heather at the southern edge. Nurses' homes and bungalows look over the Bronze Age
        barrows; the bus into town takes forty minutes.""",
    ),
}

# slug: (name, address, neighbourhood, km east, km north)
_VENUES: tuple[tuple[str, str, str, str, float, float], ...] = (
    ("city-hall", "City Hall", "1 Market Square", "old-quay", 0.0, 0.02),
    ("central-library", "Central Library", "14 Library Lane", "old-quay", -0.35, 0.42),
    ("customs-house", "Customs House Museum", "2 Fish Quay", "old-quay", -1.05, 0.0),
    ("st-brannocks", "St Brannock's Hall", "7 Chandlers' Row", "old-quay", -0.75, 0.55),
    ("radio-loft", "The Radio Loft", "31 Bell Street", "old-quay", -0.15, 0.8),
    ("lighthouse", "Lantern Hill Lighthouse", "Lighthouse Road 40", "lantern-hill", -3.1, 2.3),
    ("hilltop-centre", "Hilltop Day Centre", "9 Beacon Stairs", "lantern-hill", -2.1, 2.1),
    ("observatory-house", "Observatory House", "3 Gull Terrace", "lantern-hill", -1.7, 3.1),
    ("tram-depot", "Old Tram Depot", "60 Station Road", "tramsheds", 1.25, 0.95),
    ("station-hall", "Station Hall", "1 Station Road", "tramsheds", 1.0, 0.55),
    ("kiln-street-school", "Kiln Street Primary School", "22 Kiln Street", "tramsheds", 1.5, 1.3),
    ("welcome-house", "Welcome House", "85 Station Road", "tramsheds", 1.55, 0.6),
    ("northfields-pool", "Northfields Pool", "Long Green 2", "northfields", 1.6, 3.4),
    ("long-green", "Long Green Pavilion", "Long Green 48", "northfields", 2.1, 3.6),
    ("northfields-school", "Northfields Comprehensive School", "5 Larch Avenue", "northfields", 2.7, 4.1),
    ("block-nine", "Block Nine Community Flat", "9 Rowan Court", "northfields", 1.2, 3.9),
    ("wheel-house", "The Wheel House", "Technical College, 12 Race Road", "millrace", 3.3, 1.2),
    ("mill-makerspace", "Mill Three Makerspace", "3 Paper Street", "millrace", 3.7, 1.6),
    ("college-hall", "Technical College", "20 Race Road", "millrace", 3.1, 1.6),
    ("student-kitchen", "Halfway Kitchen", "77 Ferry Way", "millrace", 3.5, 0.7),
    ("weirside-hall", "Weirside Village Hall", "1 Weir Lane", "weirside", 5.7, 1.5),
    ("fire-station", "Weirside Volunteer Fire Station", "16 Weir Lane", "weirside", 6.0, 1.8),
    ("ferry-landing", "Ferry Landing", "Landing Stage, Weir Lane", "weirside", 5.9, 0.95),
    ("rope-works", "Rope Works Yard 4", "4 Long Shed", "ropewalk", -0.9, -1.3),
    ("seafarers-mission", "Seafarers' Mission", "19 Dock Street", "ropewalk", -1.3, -1.35),
    ("dry-dock", "Dry Dock Two", "Dock Street 55", "ropewalk", -1.2, -0.95),
    ("ropewalk-school", "Ropewalk Primary School", "8 Hemp Lane", "ropewalk", 0.1, -1.5),
    ("sea-wall-centre", "Sea Wall Centre", "100 Sea Wall", "the-saltings", -2.3, -3.2),
    ("allotment-barn", "Allotment Barn", "Samphire Path 3", "the-saltings", -1.5, -3.6),
    ("cannery", "The Cannery", "12 Tin Street", "the-saltings", -1.4, -2.9),
    ("curlew-hide", "Curlew Hide", "Reserve Track", "the-saltings", -2.4, -4.0),
    ("orchard-school", "Orchard End Primary School", "30 Russet Road", "orchard-end", 3.2, -1.5),
    ("pippin-hall", "Pippin Hall", "6 Pippin Square", "orchard-end", 3.7, -1.2),
    ("third-orchard", "Third Orchard", "Bramley Lane", "orchard-end", 4.6, -1.7),
    ("orchard-library", "Orchard End Library", "11 Pippin Square", "orchard-end", 3.9, -1.5),
    ("heath-hospital", "Barrow Heath Hospital", "200 Heath Road", "barrow-heath", 2.2, -3.3),
    ("heath-prison", "Barrow Heath Prison", "350 Heath Road", "barrow-heath", 3.4, -3.9),
    ("barrow-hall", "Barrow Hall", "17 Heather Close", "barrow-heath", 1.8, -3.8),
    ("heath-school", "Heather Close School", "40 Heather Close", "barrow-heath", 2.6, -3.7),
)

_PARKS: tuple[tuple[str, float, float, float, float], ...] = (
    ("Long Green", 1.9, 3.5, 0.75, 0.16),
    ("Lighthouse Down", -3.0, 2.5, 0.35, 0.5),
    ("Saltings Reserve", -2.5, -4.05, 0.4, 0.28),
    ("Third Orchard", 4.6, -1.7, 0.3, 0.22),
    ("Heath and Barrows", 2.9, -4.4, 0.8, 0.3),
    ("Weirside Green", 5.6, 1.75, 0.16, 0.14),
)
_TRAM: tuple[Point, ...] = (
    (-1.0, 0.1),
    (-0.3, 0.15),
    (0.4, 0.4),
    (1.0, 0.5),
    (1.3, 1.1),
    (1.5, 2.2),
    (1.8, 3.3),
)


def to_degrees(east_km: float, north_km: float) -> Point:
    """Longitude and latitude (EPSG:4326, six decimals: about 10 cm) of a place given in km from Market Square."""
    return (
        round(CENTRE_LONGITUDE + east_km / KM_PER_DEGREE_LONGITUDE, 6),
        round(CENTRE_LATITUDE + north_km / KM_PER_DEGREE_LATITUDE, 6),
    )


def _curve(points: tuple[Point, ...], step_km: float, *, closed: bool) -> list[Point]:
    """A Catmull-Rom curve through the points, sampled about every `step_km`."""
    count = len(points)
    sampled: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + offset, 0), count - 1)] for offset in (-1, 0, 1, 2))
        steps = max(2, round(math.dist(p1, p2) / step_km))
        for k in range(steps):
            t = k / steps
            x, y = (
                0.5
                * (
                    2 * b
                    + (c - a) * t
                    + (2 * a - 5 * b + 4 * c - d) * t * t
                    + (3 * b - a - 3 * c + d) * t * t * t
                )
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            )
            sampled.append((x, y))
    if not closed:
        sampled.append(points[-1])
    return sampled


def _beside(line: list[Point], distance_km: float, *, closed: bool) -> list[tuple[Point, Point]]:
    """For each point of a line the two points left and right of it, in the direction of the line."""
    pairs = []
    count = len(line)
    for i, (x, y) in enumerate(line):
        before = line[(i - 1) % count] if closed else line[max(i - 1, 0)]
        after = line[(i + 1) % count] if closed else line[min(i + 1, count - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy)
        nx, ny = -dy / length * distance_km, dx / length * distance_km
        pairs.append(((x + nx, y + ny), (x - nx, y - ny)))
    return pairs


def _nearest_heart(point: Point, bank: str) -> str:
    x, y = point
    # A gentle warp makes borders wander as streets do instead of running straight.
    wx = x + 0.22 * math.sin(1.9 * y + 0.6) + 0.1 * math.sin(4.3 * y - x)
    wy = y + 0.2 * math.sin(1.7 * x + 1.1) + 0.1 * math.cos(4.7 * x + y)
    candidates = [
        (math.dist((wx, wy), heart), slug)
        for slug, (side, hearts) in _HEARTS.items()
        if side == bank
        for heart in hearts
    ]
    return min(candidates)[1]


@cache
def _borders() -> dict[str, list[Point]]:
    """The ring of every neighbourhood in degrees; rings share their border points exactly.

    Many small Voronoi cells get the label of their neighbourhood (or "outside"), cells of one label melt together, and
    each stretch of border between two meeting points is smoothed once for both sides. Pairs of mirrored points along
    the river and the outline make cell edges follow them, so nothing has to be clipped.
    """
    from shapely import STRtree, line_merge, polygonize, unary_union, voronoi_polygons
    from shapely.geometry import LineString, MultiPoint, Polygon
    from shapely.geometry import Point as ShapelyPoint

    rng = random.Random(1926)
    outline = _curve(_OUTLINE, 0.16, closed=True)
    river = _curve(_RIVER, 0.16, closed=False)
    city = Polygon(outline)
    river_line = LineString(river)

    def bank_of(point: Point) -> str:
        along = river_line.project(ShapelyPoint(point))
        ahead = river_line.interpolate(min(along + 0.05, river_line.length))
        behind = river_line.interpolate(max(along - 0.05, 0))
        cross = (ahead.x - behind.x) * (point[1] - behind.y) - (ahead.y - behind.y) * (point[0] - behind.x)
        return _NORTH if cross > 0 else _SOUTH

    labelled: list[tuple[Point, str]] = []
    for left, right in _beside(outline, 0.07, closed=True):
        # The outline runs clockwise: the city lies to the right.
        labelled.append((left, "outside"))
        labelled.append((right, _nearest_heart(right, bank_of(right))))
    for left, right in _beside(river, 0.06, closed=False)[2:-2]:
        labelled.append((left, _nearest_heart(left, _NORTH)))
        labelled.append((right, _nearest_heart(right, _SOUTH)))
    spacing = 0.24
    for i in range(-18, 34):
        for j in range(-25, 25):
            x = (i + rng.uniform(0.1, 0.9)) * spacing
            y = (j + rng.uniform(0.1, 0.9)) * spacing
            point = ShapelyPoint(x, y)
            inland = city.contains(point) and city.exterior.distance(point) > 0.15
            if inland and river_line.distance(point) > 0.14:
                labelled.append(((x, y), _nearest_heart((x, y), bank_of((x, y)))))
    cells = list(voronoi_polygons(MultiPoint([point for point, _ in labelled])).geoms)
    tree = STRtree(cells)
    members: dict[str, list[Any]] = {}
    for point, label in labelled:
        (index,) = tree.query(ShapelyPoint(point), predicate="within")[:1]
        members.setdefault(label, []).append(cells[index])
    members.pop("outside")

    linework = unary_union([unary_union(parts).boundary for parts in members.values()])
    arcs = [_softened(list(arc.coords)) for arc in line_merge(linework).geoms]
    faces = list(polygonize([LineString([to_degrees(x, y) for x, y in arc]) for arc in arcs]).geoms)
    rings: dict[str, list[Point]] = {}
    for face in faces:
        middle = face.representative_point()
        x = (middle.x - CENTRE_LONGITUDE) * KM_PER_DEGREE_LONGITUDE
        y = (middle.y - CENTRE_LATITUDE) * KM_PER_DEGREE_LATITUDE
        label = next(
            slug
            for slug, parts in members.items()
            if any(part.contains(ShapelyPoint(x, y)) for part in parts)
        )
        # RFC 7946, section 3.1.6: exterior rings run counter-clockwise.
        ring = list(face.exterior.coords)
        if not face.exterior.is_ccw:
            ring.reverse()
        rings.setdefault(label, ring)
    return rings


def _softened(arc: list[Point]) -> list[Point]:
    """A stretch of border with its corners cut once (Chaikin 1974); the two ends stay where they are."""
    if len(arc) < 4:
        return arc
    thinned = [arc[0], *arc[1:-1:2], arc[-1]]
    smooth = [thinned[0]]
    for (ax, ay), (bx, by) in pairwise(thinned):
        smooth.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
        smooth.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
    smooth.append(thinned[-1])
    return smooth


@cache
def neighbourhoods() -> tuple[Neighbourhood, ...]:
    """The ten neighbourhoods in a fixed order; their boundaries tile the city without gaps or overlaps."""
    rings = _borders()
    return tuple(
        Neighbourhood(
            slug=slug,
            name=name,
            boundary={"type": "Polygon", "coordinates": [[list(point) for point in rings[slug]]]},
            population=dict(zip(AGE_GROUPS, people, strict=True)),
            description=prose(text),
        )
        for slug, (name, people, text) in _CHARACTER.items()
    )


@cache
def venues() -> dict[str, Venue]:
    """Named addresses by slug, each at least some streets inside its neighbourhood."""
    found = {}
    for slug, name, address, neighbourhood, east, north in _VENUES:
        longitude, latitude = to_degrees(east, north)
        found[slug] = Venue(slug, name, address, neighbourhood, longitude, latitude)
    return found


def landscape() -> dict[str, Any]:
    """River, parks and tram line as a GeoJSON FeatureCollection: a base map that needs no tiles from anywhere."""
    features: list[dict[str, Any]] = [
        _feature("river", RIVER_NAME, "LineString", _in_degrees(_curve(_RIVER, 0.2, closed=False))),
        _feature("tram", "Line 1", "LineString", _in_degrees(_curve(_TRAM, 0.2, closed=False))),
    ]
    for name, x, y, width, height in _PARKS:
        ring = []
        for k in range(24):
            angle = 2 * math.pi * k / 24
            swell = 1 + 0.12 * math.sin(3 * angle + x)
            ring.append((x + width * swell * math.cos(angle), y + height * swell * math.sin(angle)))
        features.append(_feature("park", name, "Polygon", [_in_degrees([*ring, ring[0]])]))
    return {"type": "FeatureCollection", "features": features}


def _in_degrees(points: list[Point]) -> list[list[float]]:
    return [list(to_degrees(x, y)) for x, y in points]


def _feature(kind: str, name: str, shape: str, coordinates: list[Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": shape, "coordinates": coordinates},
    }
