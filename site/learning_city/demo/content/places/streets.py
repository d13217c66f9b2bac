"""Streets of Aldermouth: a house number in, a point out, so that neighbours on paper are neighbours on the map.

Kilometres east and north of Market Square inside this module, like in `geography`.
"""

import re
from itertools import pairwise

from learning_city.demo.content.geography import Point, to_degrees

# (house number, km east, km north) at some doors along each street; the others lie between them.
STREETS: dict[str, tuple[tuple[int, float, float], ...]] = {
    # Old Quay
    "Market Square": ((1, 0.0, 0.02), (24, 0.15, 0.22)),
    "Library Lane": ((1, -0.25, 0.25), (14, -0.35, 0.42), (60, -0.5, 1.0)),
    "Fish Quay": ((2, -1.05, 0.0), (50, -0.5, -0.18)),
    "Chandlers' Row": ((1, -0.6, 0.5), (7, -0.75, 0.55), (60, -1.4, 0.7)),
    "Bell Street": ((1, -0.3, 0.5), (31, -0.15, 0.8), (90, 0.0, 1.4)),
    "Pilot Street": ((1, -0.9, 0.2), (50, -1.45, 0.25)),
    "Net Loft Lane": ((1, -0.9, 0.9), (40, -1.25, 1.15)),
    "Court Lane": ((1, -0.06, 0.25), (40, -0.13, 0.55)),
    "North Gate": ((1, -0.5, 1.1), (70, -0.6, 1.5)),
    # Lantern Hill
    "Lighthouse Road": ((1, -1.6, 2.2), (40, -3.1, 2.3)),
    "Beacon Stairs": ((1, -2.3, 1.9), (9, -2.1, 2.1), (40, -1.5, 2.6)),
    "Gull Terrace": ((1, -1.9, 2.9), (3, -1.7, 3.1), (40, -1.0, 3.6)),
    "Fog Signal Lane": ((1, -2.6, 2.9), (50, -1.9, 3.6)),
    "Keepers' Row": ((1, -1.2, 2.1), (60, -0.4, 2.6)),
    # Tramsheds
    "Station Road": ((1, 1.0, 0.55), (60, 1.25, 0.95), (85, 1.55, 0.6), (140, 2.1, 0.8)),
    "Kiln Street": ((1, 1.3, 1.0), (22, 1.5, 1.3), (80, 1.8, 2.0)),
    "Depot Street": ((1, 0.95, 0.9), (70, 0.7, 1.7)),
    "Tinsmiths' Yard": ((1, 1.9, 1.2), (30, 2.2, 1.3)),
    "Bread Street": ((1, 0.75, 0.6), (60, 0.7, 1.2)),
    "Signal Lane": ((1, 1.2, 1.7), (50, 1.6, 2.2)),
    "Siding Street": ((1, 1.0, 0.25), (60, 2.0, 0.35)),
    # Northfields
    "Long Green": ((2, 1.6, 3.4), (48, 2.1, 3.6)),
    "Larch Avenue": ((5, 2.7, 4.1), (90, 3.8, 3.9)),
    "Rowan Court": ((9, 1.2, 3.9), (30, 0.9, 4.3)),
    "Tower Road": ((1, 0.7, 3.3), (60, 1.0, 4.5)),
    # Millrace
    "Race Road": ((1, 3.4, 0.9), (12, 3.3, 1.2), (20, 3.1, 1.6), (80, 3.3, 2.3)),
    "Paper Street": ((3, 3.7, 1.6), (60, 4.4, 2.1)),
    "Ferry Way": ((1, 2.9, 0.6), (77, 3.5, 0.7), (140, 4.4, 0.5)),
    "Pulp Yard": ((1, 3.9, 1.2), (40, 4.3, 1.4)),
    "Watermark Street": ((1, 2.95, 1.7), (60, 3.05, 2.35)),
    "Sluice Lane": ((1, 3.9, 0.7), (30, 4.5, 0.95)),
    # Weirside
    "Weir Lane": ((1, 5.7, 1.5), (16, 6.0, 1.8), (60, 5.8, 2.6)),
    "Cricket Road": ((1, 5.5, 1.8), (40, 5.5, 2.4)),
    "Glasshouse Lane": ((1, 6.1, 2.2), (50, 6.5, 2.5)),
    "Church Row": ((1, 5.5, 1.2), (20, 5.8, 1.25)),
    # Ropewalk
    "Long Shed": ((4, -0.9, -1.3), (40, -0.2, -1.35)),
    "Dock Street": ((1, -1.35, -1.6), (19, -1.3, -1.35), (55, -1.2, -0.95), (90, -0.7, -0.85)),
    "Hemp Lane": ((8, 0.1, -1.5), (60, 0.9, -1.7)),
    "Oakum Street": ((1, -0.6, -1.7), (60, -0.3, -2.3)),
    "Spinners' Wharf": ((1, -0.4, -0.85), (40, 0.2, -1.05)),
    "Capstan Road": ((1, 0.6, -1.2), (80, 1.2, -1.5)),
    # The Saltings
    "Sea Wall": ((1, -2.5, -2.6), (100, -2.3, -3.2), (160, -2.5, -3.6)),
    "Samphire Path": ((3, -1.5, -3.6), (40, -0.8, -3.9)),
    "Tin Street": ((12, -1.4, -2.9), (70, -1.1, -3.4)),
    "Saltpan Road": ((1, -2.2, -2.5), (60, -1.7, -2.6)),
    # Orchard End
    "Russet Road": ((1, 3.0, -1.3), (30, 3.2, -1.5), (90, 3.4, -2.1)),
    "Pippin Square": ((1, 3.6, -1.1), (6, 3.7, -1.2), (11, 3.9, -1.5)),
    "Bramley Lane": ((1, 4.1, -1.5), (40, 4.9, -1.8)),
    "Codlin Way": ((1, 2.6, -0.9), (60, 3.3, -0.85)),
    "Medlar Road": ((1, 4.6, -1.1), (80, 5.4, -1.0)),
    "Quince Street": ((1, 4.0, -2.1), (50, 4.5, -2.7)),
    # Barrow Heath
    "Heath Road": ((1, 2.2, -2.7), (200, 2.2, -3.3), (350, 3.4, -3.9)),
    "Heather Close": ((17, 1.8, -3.8), (40, 2.6, -3.7)),
}
_FROM_THE_KERB_KM = 0.012


def door_at(address: str) -> Point:
    """Longitude and latitude (EPSG:4326) of an address like "14 Library Lane" or "Long Green 48".

    Odd numbers lie on one side of the street and even ones on the other. Raises KeyError for a street that is not there.
    """
    number = int(found[0]) if (found := re.search(r"\d+", address)) else 1
    street = re.sub(r"^\d+\w?\s+|\s+\d+$", "", address)
    doors = STREETS[street]
    stretches = list(pairwise(doors))
    (low, x0, y0), (high, x1, y1) = next((each for each in stretches if number <= each[1][0]), stretches[-1])
    share = min(max((number - low) / (high - low), 0.0), 1.0)
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    side = _FROM_THE_KERB_KM * (1 if number % 2 else -1) / length
    return to_degrees(
        x0 + share * (x1 - x0) - side * (y1 - y0),
        y0 + share * (y1 - y0) + side * (x1 - x0),
    )
