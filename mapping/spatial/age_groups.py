"""Groups of people by age as tables name them ("0-5", "65+"), and the few groups that everybody asks about."""

import re
from collections.abc import Iterable, Mapping
from math import isfinite

EVERYONE, CHILDREN, ELDERLY = "everyone", "children", "elderly"
TOTALS = (EVERYONE, CHILDREN, ELDERLY)
ADULT_FROM, ELDERLY_FROM = 18, 65

_FROM_TO = re.compile(r"\s*([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})\s*", re.ASCII)
_FROM = re.compile(r"\s*([0-9]{1,3})\s*\+\s*", re.ASCII)


def ages_of(group: str) -> tuple[int, int | None] | None:
    """Return the first and last year of age of a group, the last None where it is open; None for any other group.

    >>> ages_of("6-17"), ages_of("65+"), ages_of("newcomers")
    ((6, 17), (65, None), None)
    """
    if found := _FROM_TO.fullmatch(group):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    if found := _FROM.fullmatch(group):
        return int(found[1]), None
    return None


def with_totals(population: Mapping[str, object]) -> dict[str, float]:
    """Return the groups of one area with everyone, children (under 18) and the elderly (65 and over) before them.

    The groups are taken as parts of a whole, so everyone is their sum, and groups without ages ("rest") do not matter for
    children and elderly. These are left out where the groups by age do not make up just their ages. What is not a number
    of people is left out, and with it everyone.
    """
    known = {
        group: float(n)
        for group, n in population.items()
        if isinstance(n, int | float) and not isinstance(n, bool) and isfinite(n) and n >= 0
    }
    totals: dict[str, float] = {}
    if known and len(known) == len(population):
        totals[EVERYONE] = sum(known.values())
        for name, within in (
            (CHILDREN, _within(population, last=ADULT_FROM - 1)),
            (ELDERLY, _within(population, first=ELDERLY_FROM)),
        ):
            if within:
                totals[name] = sum(known[group] for group in within)
    return totals | {group: people for group, people in known.items() if group not in TOTALS}


def in_order_of_age(groups: Iterable[str]) -> list[str]:
    """Return each group once: the totals, then ages rising, then all others by name."""

    def rank(group: str) -> tuple:
        if group in TOTALS:
            return (0, TOTALS.index(group), 0, group)
        ages = ages_of(group)
        return (1, ages[0], ages[1] or 1000, group) if ages else (2, 0, 0, group)

    return sorted(set(groups), key=rank)


def _within(groups: Iterable[str], *, first: int = 0, last: int | None = None) -> list[str]:
    """Return the groups that together are just these ages; none where one stands across a limit or an age is missing."""
    aged = sorted(
        (ages[0], ages[1], group) for group in groups if (ages := ages_of(group)) and ages[0] >= first
    )
    found, next_age = [], first
    for starts, ends, group in aged:
        if starts != next_age:
            return []
        found.append(group)
        if ends == last:
            return found
        if ends is None or (last is not None and ends > last):
            return []
        next_age = ends + 1
    return []
