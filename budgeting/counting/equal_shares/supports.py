"""Who supports each project, as arrays of ballot groups."""

from collections.abc import Iterable

import numpy as np

from budgeting.counting.election import Election
from budgeting.counting.exact import Floats, Ints, Support
from budgeting.counting.rules import RuleSpec

_MOST_PAIRS = 50_000_000


def find_supports(election: Election, spec: RuleSpec, projects: Iterable[int]) -> list[Support | None]:
    """Return the supporters of these projects by position; None for the others and where nobody supports one."""
    entries = election.entries
    given = np.flatnonzero(entries.points)
    ordered = given[np.argsort(entries.projects[given], kind="stable")]
    starts = np.searchsorted(entries.projects[ordered], np.arange(len(election.projects) + 1))
    supports: list[Support | None] = [None] * len(election.projects)
    for project in projects:
        rows = ordered[starts[project] : starts[project + 1]]
        if len(rows):
            supports[project] = _support(
                entries.groups[rows],
                entries.voters[rows].astype(np.float64),
                entries.points[rows].astype(np.float64) if spec.uses_points else np.ones(len(rows)),
                election.projects[project].cost,
            )
    return supports


def _support(groups: Ints, voters: Floats, points: Floats, cost: int) -> Support:
    return Support(
        groups=groups,
        voters=voters,
        points=points,
        cost=cost,
        total_voters=int(voters.sum()),
        total_points=int(voters @ points),
        most_points=int(points.max()),
    )


def part_of(support: Support, kept: Ints) -> Support:
    voters, points = support.voters[kept], support.points[kept]
    return Support(
        groups=support.groups[kept],
        voters=voters,
        points=points,
        cost=support.cost,
        total_voters=support.total_voters,
        total_points=int(voters @ points),
        most_points=support.most_points,
    )


def find_overlap(election: Election) -> list[list[int]] | None:
    """Return for each project those named on a ballot with it, None where that takes longer than it saves."""
    projects, groups = election.entries.projects, election.entries.groups
    size = len(election.projects)
    longest = int(np.diff(election.ballots.starts).max(initial=0))
    if longest * len(projects) > _MOST_PAIRS:
        return None
    together = np.eye(size, dtype=np.bool_)
    for apart in range(1, longest):
        pairs = groups[apart:] == groups[:-apart]
        together[projects[apart:][pairs], projects[:-apart][pairs]] = True
    together |= together.T
    return [np.flatnonzero(row).tolist() for row in together]
