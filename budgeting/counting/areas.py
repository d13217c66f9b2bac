"""Several areas with amounts of their own: each is counted as an election by itself.

A project belongs to one area. A voter counts in an area when the ballot names a project of it, so that the money of a
district is shared among those who took part there, wherever else they voted too. That is how Gdynia, Łódź and Warsaw keep
districts apart from the city-wide list.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from budgeting.counting.election import Ballots, Election
from budgeting.counting.limits import Limits, Quota
from budgeting.counting.outcome import Outcome
from budgeting.counting.rules import RuleSpec
from budgeting.counting.tally import count


def split_areas(election: Election, column: str, amounts: Mapping[str, int]) -> dict[str, Election]:
    """Return an election for each area, named by the text in `column` of its projects, with its amount in units.

    Raises ValueError where a project is in an area without an amount, or the amounts exceed the budget together.
    """
    areas = [project.column(column).strip() for project in election.projects]
    for project, area in zip(election.projects, areas, strict=True):
        if area not in amounts:
            raise ValueError(f"The project “{project.id}” is in the area “{area}”, which has no amount.")
    if sum(amounts.values()) > election.budget:
        raise ValueError("The amounts of the areas exceed the budget together.")
    return {
        area: _part(election, [at for at, named in enumerate(areas) if named == area], amount)
        for area, amount in amounts.items()
    }


def count_areas(
    election: Election, rule: RuleSpec, column: str, amounts: Mapping[str, int]
) -> dict[str, Outcome]:
    """Return the outcome of each area under the same rule."""
    return {area: count(part, rule) for area, part in split_areas(election, column, amounts).items()}


def _part(election: Election, kept: list[int], amount: int) -> Election:
    ballots = election.ballots
    place = np.full(len(election.projects), -1)
    place[kept] = np.arange(len(kept))
    inside = place[ballots.projects] >= 0
    lengths = np.bincount(election.entries.groups[inside], minlength=len(ballots))
    taking_part = lengths > 0
    ids = {election.projects[at].id for at in kept}
    return replace(
        election,
        projects=tuple(election.projects[at] for at in kept),
        ballots=Ballots(
            np.append(0, np.cumsum(lengths[taking_part])),
            place[ballots.projects[inside]],
            ballots.points[inside],
            ballots.counts[taking_part],
        ),
        budget=amount,
        limits=_limits_inside(election.limits, ids),
    )


def _limits_inside(limits: Limits, ids: set[str]) -> Limits:
    """Return what concerns these projects; a project that needs one of another area can never win here."""
    quotas = (
        Quota(quota.name, tuple(p for p in quota.projects if p in ids), quota.most_cost, quota.most_projects)
        for quota in limits.quotas
    )
    outside = [(p, needed) for p, needed in limits.requires if p in ids and needed not in ids]
    if outside:
        project, needed = outside[0]
        raise ValueError(f"The project “{project}” needs “{needed}”, which is in another area.")
    return Limits(
        fixed=tuple(p for p in limits.fixed if p in ids),
        conflicts=tuple(tuple(p for p in group if p in ids) for group in limits.conflicts),
        requires=tuple(pair for pair in limits.requires if pair[0] in ids),
        quotas=tuple(quota for quota in quotas if quota.projects),
    )
