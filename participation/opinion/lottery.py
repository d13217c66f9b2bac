"""Which statement a person is asked next: by lot, and the likelier the more can be learned from the answer.

Source: the priority of comments in Polis (Small, Bjorkegren, Erkkila, Shaw, Megill: "Polis: Scaling Deliberation by Mapping
High Dimensional Opinion Spaces", Recerca 26(2), 2021, "comment routing"), written anew from the formula.
"""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from participation.opinion.votes import Counts, Flags, Key

META_PRIORITY = 49.0
Floats = NDArray[np.float64]


def priorities(agreed: Counts, passed: Counts, seen: Counts, reach: Floats, meta: Flags) -> Floats:
    """Return how many lots each statement has, always more than none.

    ((1 - p) (E + 1) a (1 + 8 * 2^(-N / 5)))^2 with p = (passes + 1) / (N + 2), a = (agreements + 1) / (N + 2), N the number of
    votes, and E = `reach`, the length of the statement's own place on the map. A statement nobody has voted on has nine times
    the weight of one with many votes before squaring, so newcomers are heard. Statements about people themselves have 49.
    """
    pass_rate = (passed + 1) / (seen + 2)
    agree_rate = (agreed + 1) / (seen + 2)
    newcomer = 1 + 8 * np.exp2(-seen / 5)
    lots = ((1 - pass_rate) * (reach + 1) * agree_rate * newcomer) ** 2
    return np.asarray(np.where(meta, META_PRIORITY, lots), dtype=np.float64)


def draw(lots: Floats, available: Flags, count: int, *, seed: Iterable[int | str]) -> list[int]:
    """Return up to `count` different positions among those available, drawn with chances proportional to their lots.

    Each position draws a number u between 0 and 1, and the greatest u^(1 / lots) win (Efraimidis and Spirakis, "Weighted random
    sampling with a reservoir", Information Processing Letters 97, 2006). The same seed draws the same numbers, so that
    reloading a page does not change the question.
    """
    rng = np.random.default_rng([part if isinstance(part, int) else crc32(part.encode()) for part in seed])
    luck = np.log(1 - rng.random(len(lots))) / lots
    luck[~available] = -np.inf
    order = np.argsort(-luck, kind="stable")[: max(0, count)]
    return [int(position) for position in order if available[position]]


def seed_for(person: Key) -> int | str:
    """Return what stands for a person in a seed: numbers below zero and words alike."""
    return person if isinstance(person, int) and person >= 0 else str(person)
