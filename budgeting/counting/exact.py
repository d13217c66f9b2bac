"""Exact purses: what every voter has left, as whole numbers over one common denominator.

Voters who paid the same so far share one entry, so that few numbers are kept; no rounding happens anywhere.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Who supports one project: group numbers, voters in each group, points each of these voters gave (1 or more)."""

    groups: Ints
    voters: Floats
    points: Floats
    cost: int
    total_voters: int
    total_points: int
    most_points: int


@dataclass(frozen=True, slots=True)
class Price:
    """A price per point: numerator / (denominator of the purses * points)."""

    numerator: int
    points: int


@dataclass(frozen=True, slots=True)
class Payment:
    """What supporters paid: the price per point is numerator / denominator units, `in_full` voters could pay it."""

    numerator: int
    denominator: int
    in_full: int

    @property
    def price(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class ExactPurses:
    """The money of all groups, starting with the same endowment of numerator/denominator units for each voter."""

    def __init__(self, groups: int, numerator: int, denominator: int) -> None:
        self._kind: Ints = np.ones(groups, dtype=np.int64)
        self._amounts = [0, numerator]
        self._stages = [0, 0]
        self._denominators = [denominator]

    @property
    def denominator(self) -> int:
        return self._denominators[-1]

    def _amount(self, kind: int) -> int:
        stage = len(self._denominators) - 1
        if self._stages[kind] != stage:
            self._amounts[kind] *= self._denominators[-1] // self._denominators[self._stages[kind]]
            self._stages[kind] = stage
        return self._amounts[kind]

    def _purses(self, support: Support) -> tuple[list[tuple[int, int, int]], Ints]:
        """Return the different purses among supporters as (amount, points, voters), and which one each group has."""
        span = support.most_points + 1
        keys = self._kind[support.groups] * span + support.points.astype(np.int64)
        different, which = np.unique(keys, return_inverse=True)
        voters = np.bincount(which, weights=support.voters, minlength=len(different))
        purses = [
            (self._amount(key // span), key % span, int(count))
            for key, count in zip(different.tolist(), voters.tolist(), strict=True)
        ]
        return purses, which

    def money(self, support: Support) -> Fraction:
        """Return what the supporters have left together, in units."""
        purses, _ = self._purses(support)
        return Fraction(sum(amount * voters for amount, _, voters in purses), self.denominator)

    def price(self, support: Support) -> Price | None:
        """Return the price per point at which the supporters can just pay the cost, or None if they cannot."""
        return self._price(self._purses(support)[0], support.cost)

    def _price(self, purses: list[tuple[int, int, int]], cost: int) -> Price | None:
        missing = cost * self.denominator
        if sum(amount * voters for amount, _, voters in purses) < missing:
            return None
        rich = [purse for purse in purses if purse[0]]
        # Whoever cannot pay a price cannot pay a higher one: take them out with all they have, and the price rises.
        while True:
            points = sum(given * voters for _, given, voters in rich)
            able: list[tuple[int, int, int]] = []
            poor: list[tuple[int, int, int]] = []
            for purse in rich:
                (able if purse[0] * points >= purse[1] * missing else poor).append(purse)
            if not poor:
                return Price(missing, points)
            missing -= sum(amount * voters for amount, _, voters in poor)
            rich = able

    def charge(self, support: Support) -> Payment:
        """Let the supporters, who must be able to, pay for the project."""
        purses, which = self._purses(support)
        price = self._price(purses, support.cost)
        if price is None:
            raise ArithmeticError("The supporters cannot pay for this project.")
        common = gcd(price.numerator, price.points)
        numerator, points = price.numerator // common, price.points // common
        self._denominators.append(self.denominator * points)
        kinds = []
        in_full = 0
        for amount, given, voters in purses:
            left = amount * points - numerator * given
            if left >= 0:
                in_full += voters
            if left <= 0:
                kinds.append(0)
                continue
            kinds.append(len(self._amounts))
            self._amounts.append(left)
            self._stages.append(len(self._denominators) - 1)
        self._kind[support.groups] = np.array(kinds, dtype=np.int64)[which]
        return Payment(numerator, self.denominator, in_full)


class Lineage:
    """Names for purses by what their owners paid for, so that purses of one name are equal at every endowment.

    A price depends only on the cost and on the purses of the supporters. Two projects with the same signature
    therefore have the same price now, and would have it at any other endowment with the same projects funded so far.
    """

    def __init__(self, groups: int) -> None:
        self._names: Ints = np.zeros(groups, dtype=np.int64)
        self._known: dict[object, int] = {}

    def signature(self, support: Support) -> int:
        return self._signature(support)[0]

    def _signature(self, support: Support) -> tuple[int, list[int], Ints, int]:
        span = support.most_points + 1
        keys = self._names[support.groups] * span + support.points.astype(np.int64)
        different, which = np.unique(keys, return_inverse=True)
        voters = np.bincount(which, weights=support.voters, minlength=len(different))
        held = tuple((key // span, key % span) for key in different.tolist())
        content = ("project", support.cost, held, tuple(voters.tolist()))
        return self._number(content), different.tolist(), which, span

    def charge(self, support: Support) -> None:
        """Rename the purses of the supporters after they paid for the project."""
        signature, different, which, span = self._signature(support)
        names = [self._number(("purse", key // span, key % span, signature)) for key in different]
        self._names[support.groups] = np.array(names, dtype=np.int64)[which]

    def _number(self, content: object) -> int:
        return self._known.setdefault(content, len(self._known) + 1)
