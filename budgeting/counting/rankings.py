"""Ways to read a ranking as points, chosen by name.

Sources: Emerson, "The original Borda count and partial voting" (Social Choice and Welfare 40, 2013) for what a ballot
shorter than the longest one gives; Reilly, "Social Choice in the South Seas" (International Political Science Review 23,
2002) for Dowdall's harmonic points, used in Nauru.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from budgeting.counting.election import Ballots, Election, Ints

# 720720 is the least number that 1 to 16 divide: harmonic points are exact up to the 16th place and cut off beyond.
HARMONIC = 720_720

RANKINGS: dict[str, Callable[[Ints, Ints], Ints]] = {
    # As in the files: `max_length` for the first place, one less for each further one.
    "borda": lambda points, places: points,
    # One less throughout, so that the last of `max_length` places gets nothing.
    "borda-from-zero": lambda points, places: np.maximum(points - 1, 0),
    # A full point for the first place, half for the second, a third for the third.
    "harmonic": lambda points, places: HARMONIC // places,
    # Every project that is named at all counts the same.
    "approval": lambda points, places: np.ones_like(points),
    # Only the favourite counts.
    "first-place": lambda points, places: (places == 1).astype(np.int64),
}


def with_rankings(election: Election, way: str) -> Election:
    """Return the election with the places on its ballots turned into points in this way.

    Raises ValueError for a way not in `RANKINGS`, or where the ballots are not rankings. Places beyond `max_length`, which
    share 0 points, are all taken as the first of them.
    """
    if way not in RANKINGS:
        raise ValueError(f"rankings is “{way}”; choose one of {', '.join(RANKINGS)}.")
    if election.vote_type != "ordinal":
        raise ValueError("The ballots are not rankings, so that no way to read rankings applies.")
    ballots = election.ballots
    groups = election.entries.groups
    most = int(ballots.points.max(initial=0)) + 1
    # In each ballot the points fall with the place: sorting by them gives the places back.
    order = np.argsort(groups * most + (most - 1 - ballots.points), kind="stable")
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order)) - ballots.starts[groups[order]] + 1
    unplaced = ballots.points == 0
    if unplaced.any():
        first = np.full(len(ballots), np.iinfo(np.int64).max)
        np.minimum.at(first, groups[unplaced], places[unplaced])
        places[unplaced] = first[groups[unplaced]]
    points = RANKINGS[way](ballots.points, places)
    return replace(election, ballots=Ballots(ballots.starts, ballots.projects, points, ballots.counts))
