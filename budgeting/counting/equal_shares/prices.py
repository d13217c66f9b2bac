"""Bounds of the price of a project, computed in floating point with a proven bound on the error."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.exact import Floats, Support

EPS = 2.0**-52
_MOST_TRIES = 60


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a price per utility, infinite where it cannot be paid; `middle` is the computed price per point.

    Where all supporters who have anything left can certainly pay the full price, `points` are the points they gave, so that
    the price per point is exactly cost / points; otherwise it is 0.
    """

    lowest: float
    middle: float
    highest: float
    points: int = 0


UNPAYABLE = Bounds(inf, inf, inf)


def full_price(support: Support, factor: float) -> Bounds:
    """Return the bounds of the price that is paid if every supporter can pay it in full."""
    price = support.cost / support.total_points
    each = price / factor
    return Bounds(each * (1 - 8 * EPS), price, each * (1 + 8 * EPS), support.total_points)


def bounds_of(support: Support, purses: Floats, distance: float, factor: float, guess: float = inf) -> Bounds:
    """Bound the price of a project; `support` may leave out supporters who certainly have nothing left.

    `distance` bounds the summed error of all purses, `factor` is what a point is worth in utility, and `guess` a price per
    point to try first. What supporters pay together is a concave function of the price: a tangent reaches the cost too
    early, so that Newton's method comes from below and ends after a few steps without sorting anybody.
    """
    if not len(purses):
        return UNPAYABLE
    cost = float(support.cost)
    alike = support.most_points == 1
    ratios = purses if alike else purses / support.points
    if ratios.min() - distance > cost / support.total_points * (1 + 8 * EPS):
        return full_price(support, factor)
    slack = distance + 4 * (len(purses) + 16) * EPS * cost
    weights = support.voters if alike else support.voters * support.points
    held = weights * ratios
    total, everybody = float(held.sum()), float(support.total_points)
    if total < cost - slack:
        return UNPAYABLE
    price, able = _newton(ratios, weights, held, everybody, cost, guess)
    if able <= 0 or total < cost + slack:
        return _sorted_bounds(ratios, weights, held, cost, slack, factor)
    lowest = price - slack / able
    highest = price + 2 * slack / able
    # To the right of the price fewer can pay: with half of them, twice the step is enough.
    if 2 * float(weights @ (ratios >= highest)) < able:
        return _sorted_bounds(ratios, weights, held, cost, slack, factor)
    return Bounds(
        lowest=max(lowest, 0.0) / factor * (1 - 16 * EPS),
        middle=price,
        highest=highest / factor * (1 + 16 * EPS),
    )


def _newton(
    ratios: Floats, weights: Floats, held: Floats, everybody: float, cost: float, guess: float
) -> tuple[float, float]:
    """Return the price per point and the points of those who can pay it in full, 0 points where none was found.

    What the poor give is added up by itself: as a difference from what all hold, its rounding error could exceed the bound.
    """
    price = guess if guess < inf else cost / everybody
    able = 0.0
    for _ in range(_MOST_TRIES):
        poor = ratios < price
        richer = everybody - float(weights @ poor)
        if richer <= 0:
            if guess == inf:
                return price, 0.0
            price, guess = cost / everybody, inf
            continue
        further = (cost - float(held @ poor)) / richer
        if richer == able and abs(further - price) <= 4 * EPS * price:
            return further, richer
        price, able = further, richer
    return price, 0.0


def _sorted_bounds(
    ratios: Floats, weights: Floats, held: Floats, cost: float, slack: float, factor: float
) -> Bounds:
    """Find the price by sorting the supporters from the poorest on, which works in every case."""
    order = np.argsort(ratios)
    sorted_ratios, weights, held = ratios[order], weights[order], held[order]
    paid = np.cumsum(held)
    poorer = paid - held
    able = weights.sum() - (np.cumsum(weights) - weights)
    collected = poorer + sorted_ratios * able
    prices = []
    for target in (cost - slack, cost, cost + slack):
        at = int(np.searchsorted(collected, target))
        prices.append(float((target - poorer[at]) / able[at]) if at < len(collected) else inf)
    return Bounds(
        lowest=max(prices[0], 0.0) / factor * (1 - 8 * EPS),
        middle=prices[1],
        highest=prices[2] / factor * (1 + 8 * EPS),
    )


def who_is_poor(
    support: Support, purses: Floats, distance: float, bounds: Bounds, factor: float
) -> NDArray[np.bool_] | None:
    """Return which supporters cannot pay the price, None where that is uncertain or the price cannot be paid."""
    if bounds.highest == inf:
        return None
    poor: NDArray[np.bool_] = purses + distance < bounds.lowest * factor * (1 - 4 * EPS) * support.points
    able = purses - distance > bounds.highest * factor * (1 + 4 * EPS) * support.points
    return poor if bool(np.all(poor | able)) else None
