"""An election as the counting rules see it: projects, grouped ballots and a budget in whole units."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.limits import NO_LIMITS, Limits, Permits
from budgeting.counting.money import format_amount

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
POINT_TYPES = ("cumulative", "ordinal", "scoring")


@dataclass(frozen=True, slots=True)
class Project:
    """One project on the ballot; `cost` is in units of 1/money_scale currency, `columns` keeps everything else."""

    id: str
    cost: int
    name: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> str:
        """Return the text of a further column, or nothing where the column is missing."""
        return dict(self.columns).get(name, "")


@dataclass(frozen=True, slots=True)
class Ballot:
    """`count` voters who named the same projects (positions in `Election.projects`) with the same points.

    On approval ballots every point is 1. A voter who gave a project 0 points named it but does not support it.
    """

    projects: tuple[int, ...]
    points: tuple[int, ...]
    count: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Columns of equal length: number of the ballot group, position of the project, points of each voter, voters."""

    groups: NDArray[np.int64]
    projects: NDArray[np.int64]
    points: NDArray[np.int64]
    voters: NDArray[np.int64]


@dataclass(frozen=True)
class Election:
    """Everything a count depends on. `budget` and costs are in units of 1/`money_scale` currency.

    `limits` holds fixed winners, conflicts, dependencies and quotas; files do not carry any.
    """

    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    budget: int
    money_scale: int = 1
    vote_type: str = "approval"
    meta: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    limits: Limits = NO_LIMITS

    def __post_init__(self) -> None:
        ids = [project.id for project in self.projects]
        if len(set(ids)) != len(ids):
            raise ValueError("Two projects have the same id.")
        if self.vote_type not in VOTE_TYPES:
            raise ValueError(f"The vote type must be one of {', '.join(VOTE_TYPES)}.")
        if self.budget < 0 or any(project.cost < 0 for project in self.projects):
            raise ValueError("The budget and all costs must be zero or more.")
        if self.money_scale < 1:
            raise ValueError("The money scale must be one or more.")
        for ballot in self.ballots:
            if len(ballot.projects) != len(ballot.points) or len(set(ballot.projects)) != len(
                ballot.projects
            ):
                raise ValueError("A ballot must name each project once, with one number of points each.")
            if ballot.count < 1 or any(points < 0 for points in ballot.points):
                raise ValueError("A ballot must stand for at least one voter and give no negative points.")
            if any(not 0 <= project < len(ids) for project in ballot.projects):
                raise ValueError("A ballot names a project that is not in the list.")
        if self.limits:
            _ = self.permits

    @cached_property
    def permits(self) -> Permits:
        """Return the limits by position of the projects."""
        projects = self.projects
        return Permits(self.limits, [p.id for p in projects], [p.cost for p in projects], self.budget)

    @cached_property
    def num_votes(self) -> int:
        """Return the number of voters, empty ballots included."""
        return sum(ballot.count for ballot in self.ballots)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Return for each project how many voters named it."""
        return self._sums(self.entries.voters)

    @cached_property
    def supporters(self) -> tuple[int, ...]:
        """Return for each project how many voters support it: named it and gave it more than 0 points."""
        return self._sums(self.entries.voters * (self.entries.points > 0))

    @cached_property
    def points(self) -> tuple[int, ...]:
        """Return for each project the sum of its points."""
        return self._sums(self.entries.voters * self.entries.points)

    @cached_property
    def entries(self) -> Entries:
        """Return every project on every ballot as one row of four columns."""
        return Entries(
            groups=np.repeat(np.arange(len(self.ballots)), [len(ballot.projects) for ballot in self.ballots]),
            projects=np.array(
                [project for ballot in self.ballots for project in ballot.projects], dtype=np.int64
            ),
            points=np.array([points for ballot in self.ballots for points in ballot.points], dtype=np.int64),
            voters=np.array(
                [ballot.count for ballot in self.ballots for _ in ballot.projects], dtype=np.int64
            ),
        )

    def _sums(self, values: NDArray[np.int64]) -> tuple[int, ...]:
        totals = np.zeros(len(self.projects), dtype=np.int64)
        np.add.at(totals, self.entries.projects, values)
        return tuple(totals.tolist())

    @property
    def has_points(self) -> bool:
        """Return whether voters gave points or ranks instead of plain approvals."""
        return self.vote_type in POINT_TYPES

    @property
    def scores(self) -> tuple[int, ...]:
        """Return the official score: points where voters gave points or ranks, votes otherwise."""
        return self.points if self.has_points else self.votes

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what the count depends on, whatever the order of the ballots."""
        content: dict[str, object] = {
            "budget": self.budget,
            "money_scale": self.money_scale,
            "vote_type": self.vote_type,
            "projects": [[project.id, project.cost] for project in self.projects],
            "ballots": sorted([list(b.projects), list(b.points), b.count] for b in self.ballots),
        }
        if self.limits:
            content["limits"] = self.limits.as_dict()
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()

    def money(self, units: int) -> str:
        """Return units as decimal text in currency."""
        return format_amount(units, self.money_scale)


def group_ballots(ballots: Iterable[Mapping[int, int]]) -> tuple[Ballot, ...]:
    """Group voters (each a mapping of project position to points) who voted alike, in order of first sight."""
    counts: dict[tuple[tuple[int, int], ...], int] = {}
    for ballot in ballots:
        key = tuple(sorted(ballot.items()))
        counts[key] = counts.get(key, 0) + 1
    return tuple(
        Ballot(tuple(project for project, _ in key), tuple(points for _, points in key), count)
        for key, count in counts.items()
    )
