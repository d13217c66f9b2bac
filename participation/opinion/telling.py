"""From groups of people to what everybody may read: no person, no group under five, nothing from which such could be told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from participation.opinion import statements
from participation.opinion.analysis import (
    Analysis,
    Dot,
    Group,
    Representative,
    Said,
    Settings,
    StatementResult,
)
from participation.opinion.grouping import Labels, halves
from participation.opinion.projection import Axes, Floats
from participation.opinion.statements import Tally
from participation.opinion.votes import Key, VoteMatrix

MOST_DOTS = 150


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """People placed (ascending rows), where they stand, the name of each one's group, and the groups' centres by name."""

    rows: NDArray[np.intp]
    points: Floats
    names: Labels
    centres: dict[int, tuple[float, float]]
    silhouette: float

    def described(self, smallest: int) -> list[int]:
        """Return the names of groups of at least `smallest` people, in order."""
        return [name for name in sorted(self.centres) if np.count_nonzero(self.names == name) >= smallest]


def hidden(votes: VoteMatrix, missing: int) -> Analysis:
    """Return an analysis that tells only how many people and votes there are, and how many people are missing."""
    return Analysis(shown=False, people=len(votes.people), missing=missing, votes=int(votes.seen.sum()))


def told(
    votes: VoteMatrix, settings: Settings, axes: Axes, grouping: Grouping, stays: dict[int, float]
) -> Analysis:
    """Return what is told of the groups; `stays` is the share (0 to 1) of each group, by name, that stays in the trials."""
    members = {
        name: np.flatnonzero(grouping.names == name) for name in grouping.described(settings.smallest_group)
    }
    parts = [grouping.rows[places] for places in members.values()]
    counts = statements.tally(votes.cells, [*parts, _others(votes, parts, settings.smallest_group)])
    groups, everybody = counts.first(len(parts)), counts.of_all()
    said, said_by_all = groups.said(), everybody.said()[0]
    usable = ~votes.set_aside
    agreed = statements.consensus(groups.agreed, groups.seen)
    disagreed = statements.consensus(groups.disagreed, groups.seen)
    gap, gap_z = statements.gaps(groups)

    def listed(scores: Floats) -> tuple[Key, ...]:
        return tuple(votes.statements[column] for column in statements.best(scores, usable, settings.listed))

    return Analysis(
        shown=True,
        people=len(votes.people),
        missing=0,
        votes=int(votes.seen.sum()),
        people_placed=len(grouping.rows),
        too_small=len(grouping.rows) - sum(map(len, parts)),
        explained=axes.shares,
        silhouette=grouping.silhouette,
        stays=round(100 * sum(stays[name] * np.mean(grouping.names == name) for name in grouping.centres)),
        groups=tuple(
            Group(
                label=name,
                people=len(places),
                centre=_middle(grouping.points[places]),
                stays=round(100 * stays[name]),
                representative=_representative(votes, settings, groups, row, said[row])
                if len(members) > 1
                else (),
            )
            for row, (name, places) in enumerate(members.items())
        ),
        dots=tuple(
            Dot(*_middle(grouping.points[places[part]]), len(part), name)
            for name, places in members.items()
            for part in halves(
                grouping.points[places],
                max(1, MOST_DOTS * len(places) // len(grouping.rows)),
                settings.smallest_group,
            )
        ),
        statements=tuple(
            StatementResult(
                statement=votes.statements[column],
                everybody=said_by_all[column],
                groups=tuple(by_group[column] for by_group in said),
                shared_agreement=float(agreed[column]),
                shared_disagreement=float(disagreed[column]),
                gap=float(gap[column]),
            )
            for column in np.flatnonzero(usable).tolist()
        ),
        unites=listed(np.where(statements.in_every_group(groups.agreed, groups.seen), agreed, 0.0)),
        unites_against=listed(
            np.where(statements.in_every_group(groups.disagreed, groups.seen), disagreed, 0.0)
        ),
        majority=listed(statements.majority(everybody.agreed, everybody.seen)[0]),
        majority_against=listed(statements.majority(everybody.disagreed, everybody.seen)[0]),
        divides=listed(np.where(gap_z > statements.SURE, gap, 0.0)),
    )


def _others(votes: VoteMatrix, parts: list[NDArray[np.intp]], smallest: int) -> NDArray[np.intp]:
    """Return the rows of all others, or none if they are too few: totals less the groups would give away their votes."""
    elsewhere = np.ones(len(votes.people), dtype=np.bool_)
    for rows in parts:
        elsewhere[rows] = False
    others = np.flatnonzero(elsewhere)
    return others if len(others) >= smallest else others[:0]


def _middle(points: Floats) -> tuple[float, float]:
    x, y = points.mean(axis=0)
    return float(x), float(y)


def _representative(
    votes: VoteMatrix, settings: Settings, groups: Tally, row: int, said: list[Said]
) -> tuple[Representative, ...]:
    found = statements.representative(groups, row, ~votes.set_aside, settings.listed)
    return tuple(
        Representative(votes.statements[column], agrees, said[column], times, sure)
        for column, agrees, times, sure in found
    )
