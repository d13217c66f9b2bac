"""Figures about groups of people in which no small group can be seen, also not by taking one figure from another."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10
STEP = 5


@dataclass(frozen=True)
class Shown:
    """What may be shown: the total and the number of each group, None for what stays hidden.

    `rest` is how many are in the hidden groups together; None when none are hidden, or when even that stays hidden.
    """

    total: int | None
    cells: dict[str, int | None]
    rest: int | None


def shown(counts: Mapping[str, int], *, least: int = LEAST, step: int = STEP) -> Shown:
    """Return what may be shown of a partition of people into groups (each person in exactly one).

    Groups with fewer than `least` people are hidden, and further ones, the smallest first (all that are equal together), until
    what is hidden gives nothing away: at least two groups, together at least `least` people, and either one of them not small
    itself, so that nobody knows which, or so few that each could be many numbers. Thus the total minus what is shown is no
    small group either (complementary suppression: Hundepool et al., Statistical Disclosure Control, 2012, chapter 4). Where
    that cannot be had, nothing is shown at all. What is shown is rounded down to a multiple of `step`, so that one person who
    comes or goes is not seen from one day to the next.
    """
    total = sum(counts.values())
    small = {name for name, number in counts.items() if number < least}
    hidden = set(small)
    while hidden and not _is_safe(hidden, small, counts, least):
        others = [number for name, number in counts.items() if name not in hidden]
        if not others:
            return Shown(None, dict.fromkeys(counts), None)
        hidden |= {name for name, number in counts.items() if name not in hidden and number == min(others)}
    if total < least:
        return Shown(None, dict.fromkeys(counts), None)
    cells = {name: None if name in hidden else number // step * step for name, number in counts.items()}
    together = sum(counts[name] for name in hidden)
    return Shown(total // step * step, cells, together // step * step if hidden else None)


def _is_safe(hidden: set[str], small: set[str], counts: Mapping[str, int], least: int) -> bool:
    together = sum(counts[name] for name in hidden)
    if len(hidden) < 2 or together < least:
        return False
    return hidden != small or together <= len(hidden) * (least - 1) - least
