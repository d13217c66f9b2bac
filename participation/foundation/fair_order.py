"""The arithmetic of a fair order: what most agree with first, and a lot for what few have judged."""

import datetime as dt
import math

# The quantile of the normal distribution for 95% confidence.
Z = 1.96


def wilson_lower_bound(agree: int, judged: int) -> float:
    """Return the least share of agreement, from 0 to 1, that so many opinions make likely (E. B. Wilson, JASA 22, 1927, p. 209).

    One yes of one (0.21) says less than ninety of a hundred (0.83). Nobody's opinion is 0.
    """
    if judged <= 0:
        return 0.0
    share, square = agree / judged, Z * Z
    spread = Z * math.sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    return max(0.0, (share + square / (2 * judged) - spread) / (1 + square / judged))


def multiplier_of(day: dt.date, prime: int) -> int:
    """Return the day's number from 1 to prime - 1: lots times it, modulo the prime, stand in another order every day."""
    # A primitive root of 2^31 - 1 (Park and Miller, CACM 31, 1988) to the day, so that no two days of a lifetime are alike.
    return pow(16807, day.toordinal(), prime)
