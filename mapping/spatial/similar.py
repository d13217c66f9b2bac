"""Places that may be the same: near each other and called alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import cos, degrees, radians

from participation.foundation.distance import EARTH_RADIUS_M, distance_m

# Words that say what a place is and not which one: alone they make no two places the same.
GENERIC = frozenset(
    """
    library public central branch city town municipal community centre center school primary secondary high house
    museum gallery theatre theater university college kindergarten nursery church club association office hall the of
    and for in at bibliothek buecherei bucherei bucherhalle buecherhalle stadtbibliothek stadtteilbibliothek schule
    grundschule gymnasium stadtteilschule stadtteilzentrum burgerhaus buergerhaus haus kita kindertagesstatte
    kindertagesstaette zentrum verein ev gmbh universitat universitaet hochschule kirche gemeinde der die das des und
    fur fuer im am an von zu stadt obecna obecni mestska knihovna kniznica biblioteca bibliotheque mediatheque
    kutuphanesi ecole escuela centro centre de la le les du el los las
    """.split()  # noqa: SIM905
)
_LIGHT = 0.15
_FULL = 1.0
_ALIKE = 0.8  # two words this alike count as one misspelt: "Barmbek" and "Barmbeck"

# Letters that no accent explains (Unicode does not decompose them).
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that may be the same place: how alike the names are (0 to 1) and how far apart they lie."""

    id: object
    name: str
    similarity: float
    distance_m: float


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters without accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+", plain))


def common_words(names: Iterable[str], *, share: float = 0.05, at_least: int = 5) -> frozenset[str]:
    """Return the words that so many of the names have that they tell none apart ("obecna" in 700 of 962 libraries)."""
    names = list(names)
    counts = Counter(word for name in names for word in set(words_of(name)))
    return frozenset(word for word, count in counts.items() if count >= max(at_least, share * len(names)))


def similar_names(a: str, b: str, *, common: frozenset[str] = frozenset()) -> float:
    """Return how alike two names are, from 0 to 1; the order of words, accents and signs do not count.

    Each word of one name is paired with the most alike word of the other. Words that many places share weigh little:
    those in GENERIC, and those in `common` (see `common_words`). Where a name has only such words, all words must be in
    both, misspelt or not.
    A name inside the other ("Barmbek" in "Bücherhalle Barmbek") is nearly the same.
    """
    first, second = (tuple(dict.fromkeys(words_of(name))) for name in (a, b))
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0

    def weight(word: str) -> float:
        return _LIGHT if word in GENERIC or word in common else _FULL

    if all(weight(word) < _FULL for word in first) or all(weight(word) < _FULL for word in second):
        # Nothing tells them apart but the words themselves: only the same words are the same, misspelt or not.
        if len(first) == len(second):
            closest = [max(_alike(word, other) for other in second) for word in first]
            if min(closest) >= _ALIKE:
                return sum(closest) / len(closest)
        return 0.5 * len(set(first) & set(second)) / len(set(first) | set(second))
    shared = whole = 0.0
    left = list(second)
    for word in sorted(first, key=lambda word: (-weight(word), -len(word), word)):
        whole += weight(word)
        best, alike = None, 0.0
        for other in left:
            ratio = _alike(word, other)
            if ratio > alike:
                best, alike = other, ratio
        if best is not None and alike >= _ALIKE:
            left.remove(best)
            whole += weight(best)
            shared += alike * (weight(word) + weight(best))
    whole += sum(map(weight, left))
    return shared / whole


@lru_cache(maxsize=16_384)
def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if a.isdigit() or b.isdigit() or min(len(a), len(b)) < 4:
        return 0.0  # "Library 1" is not "Library 2", and short words are alike by chance
    # The matcher answers differently for (a, b) and (b, a).
    matcher = SequenceMatcher(None, min(a, b), max(a, b), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def possible_duplicates(
    name: str,
    lat: float,
    lon: float,
    candidates: Sequence[tuple[object, str, float, float]],
    within_m: float = 100,
    at_least: float = 0.6,
    *,
    common: frozenset[str] = frozenset(),
) -> list[Match]:
    """Return the candidates (id, name, latitude, longitude) that may be this place, the likeliest first.

    Only those within `within_m` metres whose names are alike by `at_least`; of equal names the nearer comes first.
    """
    # A box first: most candidates of a city are far away, and the box needs no trigonometry for each.
    north = degrees(within_m / EARTH_RADIUS_M) * 1.001
    # Around a pole every longitude is near.
    east = north / cos(radians(abs(lat) + north)) if abs(lat) + north < 89.99 else 360.0
    found = []
    for identifier, other, other_lat, other_lon in candidates:
        if abs(other_lat - lat) > north:
            continue
        apart = abs(other_lon - lon)
        if min(apart, 360 - apart) > east:
            continue
        metres = distance_m(lat, lon, other_lat, other_lon)
        if metres > within_m:
            continue
        similarity = similar_names(name, other, common=common)
        if similarity >= at_least:
            found.append(Match(identifier, other, similarity, metres))
    return sorted(found, key=lambda match: (-match.similarity, match.distance_m, str(match.id)))
