"""An election as the counting rules see it: projects, grouped ballots and a budget in whole units."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.limits import NO_LIMITS, Limits, Permits
from budgeting.counting.money import format_amount

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
POINT_TYPES = ("cumulative", "ordinal", "scoring")
Ints = NDArray[np.int64]


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

    groups: Ints
    projects: Ints
    points: Ints
    voters: Ints


class Ballots(Sequence[Ballot]):
    """Ballots as arrays: that of group g names `projects[starts[g]:starts[g + 1]]`, for `counts[g]` voters."""

    def __init__(self, starts: Ints, projects: Ints, points: Ints, counts: Ints) -> None:
        self.starts = starts
        self.projects = projects
        self.points = points
        self.counts = counts

    @classmethod
    def of(cls, ballots: Iterable[Ballot]) -> "Ballots":
        """Return the ballots as arrays."""
        if isinstance(ballots, Ballots):
            return ballots
        given = tuple(ballots)
        for ballot in given:
            if len(ballot.projects) != len(ballot.points):
                raise ValueError("A ballot must name each project once, with one number of points each.")
        return cls(
            np.cumsum([0, *(len(ballot.projects) for ballot in given)]),
            np.array([project for ballot in given for project in ballot.projects], dtype=np.int64),
            np.array([points for ballot in given for points in ballot.points], dtype=np.int64),
            np.array([ballot.count for ballot in given], dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.counts)

    @overload
    def __getitem__(self, at: int) -> Ballot: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Ballot, ...]: ...
    def __getitem__(self, at: int | slice) -> Ballot | tuple[Ballot, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        start, end = self.starts[at % len(self)], self.starts[at % len(self) + 1]
        return Ballot(
            tuple(self.projects[start:end].tolist()),
            tuple(self.points[start:end].tolist()),
            int(self.counts[at]),
        )

    def __iter__(self) -> Iterator[Ballot]:
        projects, points = self.projects.tolist(), self.points.tolist()
        for start, end, count in zip(
            self.starts[:-1].tolist(), self.starts[1:].tolist(), self.counts.tolist(), strict=True
        ):
            yield Ballot(tuple(projects[start:end]), tuple(points[start:end]), count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def in_order(self) -> bytes:
        """Return the ballots as numbers of 64 bits, highest byte first, sorted as bytes.

        Each ballot is: voters, projects named, and for each of these, in its order, the position and the points.
        """
        lengths = np.diff(self.starts)
        heads = 2 * (self.starts[:-1] + np.arange(len(self)))
        rows = 2 * (np.arange(len(self.projects)) + np.repeat(np.arange(len(self)), lengths)) + 2
        numbers = np.empty(2 * (len(self) + len(self.projects)), dtype=">i8")
        numbers[heads], numbers[heads + 1] = self.counts, lengths
        numbers[rows], numbers[rows + 1] = self.projects, self.points
        content, bounds = numbers.tobytes(), [*(8 * heads).tolist(), 8 * len(numbers)]
        return b"".join(sorted(content[start:end] for start, end in pairwise(bounds)))

    def sums(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return for each ballot the sum of these values, one for each project, over the projects it names."""
        reached = np.append(np.zeros(1, dtype=values.dtype), np.cumsum(values[self.projects]))
        return reached[self.starts[1:]] - reached[self.starts[:-1]]


@dataclass(frozen=True)
class Election:
    """Everything a count depends on. `budget` and costs are in units of 1/`money_scale` currency.

    `limits` holds fixed winners, conflicts, dependencies and quotas; files do not carry any.
    """

    projects: tuple[Project, ...]
    ballots: Ballots
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
        ballots = Ballots.of(self.ballots)
        object.__setattr__(self, "ballots", ballots)
        if np.any(ballots.counts < 1) or np.any(ballots.points < 0):
            raise ValueError("A ballot must stand for at least one voter and give no negative points.")
        if np.any(ballots.projects < 0) or np.any(ballots.projects >= len(ids)):
            raise ValueError("A ballot names a project that is not in the list.")
        keys = self.entries.groups * len(ids) + ballots.projects
        if np.any(keys[1:] <= keys[:-1]) and len(np.unique(keys)) < len(keys):
            raise ValueError("A ballot must name each project once, with one number of points each.")
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
        return int(self.ballots.counts.sum())

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
        ballots = self.ballots
        lengths = np.diff(ballots.starts)
        return Entries(
            groups=np.repeat(np.arange(len(ballots)), lengths),
            projects=ballots.projects,
            points=ballots.points,
            voters=np.repeat(ballots.counts, lengths),
        )

    def _sums(self, values: Ints) -> tuple[int, ...]:
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
        """Return the SHA-256 of what the count depends on, whatever the order of the ballots.

        It is taken of the JSON of everything but the ballots (sorted keys, no spaces), a line feed, and `Ballots.in_order`.
        """
        content: dict[str, object] = {
            "budget": self.budget,
            "money_scale": self.money_scale,
            "vote_type": self.vote_type,
            "projects": [[project.id, project.cost] for project in self.projects],
        }
        if self.limits:
            content["limits"] = self.limits.as_dict()
        text = json.dumps(content, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode() + b"\n" + self.ballots.in_order()).hexdigest()

    def money(self, units: int) -> str:
        """Return units as decimal text in currency."""
        return format_amount(units, self.money_scale)


def group_ballots(ballots: Iterable[Mapping[int, int]]) -> Ballots:
    """Group voters (each a mapping of project position to points) who voted alike, in order of first sight."""
    counts: dict[tuple[tuple[int, int], ...], int] = {}
    for ballot in ballots:
        key = tuple(sorted(ballot.items()))
        counts[key] = counts.get(key, 0) + 1
    return Ballots.of(
        Ballot(tuple(project for project, _ in key), tuple(points for _, points in key), count)
        for key, count in counts.items()
    )
