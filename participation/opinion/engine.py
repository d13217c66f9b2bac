"""The engine of a room: takes votes at any time and tells, when asked, which groups there are and what they say."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from participation.opinion.analysis import (
    Analysis,
    Place,
    Settings,
)
from participation.opinion.grouping import (
    Clusters,
    Steadiness,
    aligned,
    base_clusters,
    group,
    most_groups,
    silhouette,
)
from participation.opinion.lottery import draw, priorities, seed_for
from participation.opinion.projection import (
    Axes,
    Floats,
    Singles,
    centred,
    find_axes,
    means_of,
    places,
    seen_by,
)
from participation.opinion.stability import chance_to_stay
from participation.opinion.telling import Grouping, hidden, told
from participation.opinion.votes import UNSEEN, Key, VoteMatrix


class Engine:
    """The opinions of one room. `votes` may be written at any time; not to be shared between threads.

    The same votes in the same order, seed (0 or more) and memory give the same analyses.
    """

    def __init__(
        self, settings: Settings | None = None, *, seed: int = 0, memory: Mapping[str, Any] | None = None
    ) -> None:
        self.votes = VoteMatrix()
        self.settings = settings or Settings()
        self.seed = seed
        self._axes: Axes | None = None
        self._last: Analysis | None = None
        self._last_change = -1
        self._early: set[Key] = set()
        self._names: dict[Key, int] = {}
        self._centres: dict[int, tuple[float, float]] = {}
        self._described: frozenset[int] = frozenset()
        self._steady: Steadiness | None = None
        self._earlier_directions: dict[Key, tuple[float, float]] = {}
        if memory is not None:
            self._early = set(memory["early"])
            self._names = dict(memory["names"])
            self._centres = {name: (x, y) for name, x, y in memory["centres"]}
            self._steady = Steadiness(*memory["steady"]) if memory["steady"] else None
            self._earlier_directions = {statement: (x, y) for statement, x, y in memory["axes"]}

    def remember(self) -> dict[str, Any]:
        """Return what the next engine of this room needs to go on as if it were this one, ready for JSON.

        It names people: keep it as private as the votes.
        """
        steady = self._steady
        return {
            "early": [person for person in self.votes.people if person in self._early],
            "names": [[person, self._names[person]] for person in self.votes.people if person in self._names],
            "centres": [[name, x, y] for name, (x, y) in self._centres.items()],
            "steady": [steady.shown, steady.found, steady.times] if steady else None,
            "axes": [[statement, x, y] for statement, (x, y) in self._earlier_directions.items()],
        }

    def analyse(self) -> Analysis:
        """Return the analysis of all votes taken so far, starting from the last one; the last itself if nothing changed."""
        if self._last is None or self._last_change != self.votes.changes:
            self._last = self._analysed()
            self._last_change = self.votes.changes
        return self._last

    def place_of(self, person: Key) -> Place | None:
        """Return where a person stands now on the map of the last analysis; None if nothing is shown or without a vote.

        For that person's eyes only.
        """
        row = self.votes.row_of(person)
        if row is None or self._axes is None or self._last is None or not self._last.shown:
            return None
        known = len(self._axes.means)
        set_aside = self.votes.set_aside[:known]
        cells = self.votes.cells[row : row + 1, :known]
        away = centred(cells, self._axes.means, set_aside)
        seen = ((cells != UNSEEN) | set_aside).sum(axis=1, dtype=np.int32)
        point = places(away, self._axes.directions, seen)[0]
        name = self._names.get(person, -1)
        votes = int(self.votes.seen[row])
        return Place(
            float(point[0]),
            float(point[1]),
            name if name in self._described else None,
            votes,
            0 if name >= 0 else max(0, self._votes_needed() - votes),
        )

    def published_groups(self) -> dict[Key, int]:
        """Return the label of each person in a described group of the last analysis, for a file in which people have no name."""
        return {person: name for person, name in self._names.items() if name in self._described}

    def next_statements(self, person: Key, count: int = 1, *, without: Collection[Key] = ()) -> list[Key]:
        """Return up to `count` statements this person has not voted on, drawn by lot, none of `without`.

        They stay the same until the person votes or the room's votes change the lots enough to matter.
        """
        votes = self.votes
        row = votes.row_of(person)
        available = ~votes.set_aside
        if row is not None:
            available &= votes.cells[row] == UNSEEN
        barred = set(without)
        if barred:
            available &= np.array([statement not in barred for statement in votes.statements], dtype=np.bool_)
        answered = 0 if row is None else int(votes.seen[row])
        chosen = draw(self.lots(), available, count, seed=(self.seed, seed_for(person), answered))
        return [votes.statements[column] for column in chosen]

    def lots(self) -> Floats:
        """Return for each statement how many lots it has when the next one is drawn (`lottery.priorities`)."""
        votes = self.votes
        reach = np.zeros(len(votes.statements))
        if self._axes is not None:
            reach[: len(self._axes.means)] = self._axes.reach()
        seen = votes.agreed + votes.passed + votes.disagreed
        return priorities(votes.agreed, votes.passed, seen, reach, votes.meta)

    def _votes_needed(self) -> int:
        return min(self.settings.votes_to_group, len(self.votes.statements))

    def _analysed(self) -> Analysis:
        votes, settings = self.votes, self.settings
        people = len(votes.people)
        means = means_of(votes)
        away = centred(votes.cells, means, votes.set_aside)
        self._axes = find_axes(votes, away, means, self._start(), self.seed)
        self._earlier_directions = {
            statement: (x, y)
            for statement, (x, y) in zip(votes.statements, self._axes.directions.tolist(), strict=True)
        }
        missing = max(0, settings.people_to_show - people)
        if missing or not votes.statements:
            self._described = frozenset()
            return hidden(votes, missing)
        grouping = self._grouped(away, self._axes)
        self._described = frozenset(grouping.described(settings.smallest_group))
        return told(votes, settings, self._axes, grouping, self._stability(away, self._axes, grouping))

    def _start(self) -> Floats | None:
        if not self._earlier_directions:
            return None
        nowhere = (0.0, 0.0)
        known = [self._earlier_directions.get(statement, nowhere) for statement in self.votes.statements]
        start = np.array(known, dtype=np.float64).reshape(-1, 2)
        return start if start.any() else None

    def _placed(self) -> NDArray[np.intp]:
        """Return the rows of those who are placed in a group."""
        votes = self.votes
        enough = votes.seen >= self._votes_needed()
        enough[votes.rows_of(self._early)] = True
        lacking = self.settings.people_to_group - int(enough.sum())
        if lacking > 0:
            keenest = np.argsort(-votes.seen, kind="stable")
            enough[keenest[~enough[keenest]][:lacking]] = True
        rows = np.flatnonzero(enough)
        few = votes.seen[rows] < self.settings.votes_to_group
        self._early = {votes.people[row] for row in rows[few]}
        return rows

    def _grouped(self, away: Singles, axes: Axes) -> Grouping:
        votes, settings = self.votes, self.settings
        rows = self._placed()
        everywhere = places(away, axes.directions, seen_by(votes))
        points = everywhere[rows]
        base = base_clusters(points, settings.base_clusters)
        weights = np.bincount(base.labels, minlength=len(base.centres)).astype(np.float64)
        found, clearness = self._best_grouping(base.centres, weights)
        labels = found.labels[base.labels]
        people = [votes.people[row] for row in rows.tolist()]
        earlier = np.array([self._names.get(person, -1) for person in people], dtype=np.intp)
        given = np.array(aligned(labels, earlier, settings.most_groups), dtype=np.intp)
        names = given[labels]
        self._names = dict(zip(people, names.tolist(), strict=True))
        self._centres = {
            int(name): (float(centre[0]), float(centre[1]))
            for name, centre in zip(given, found.centres, strict=True)
        }
        return Grouping(rows, points, names, self._centres, clearness)

    def _best_grouping(self, centres: Floats, weights: Floats) -> tuple[Clusters, float]:
        """Return the groups of base clusters that are shown, and their silhouette; one group where all stand together."""
        settings = self.settings
        most = min(most_groups(len(centres), settings.most_groups), len(np.unique(centres, axis=0)))
        warm = np.array([self._centres[name] for name in sorted(self._centres)]).reshape(-1, 2)
        tried: dict[int, tuple[Clusters, float]] = {}
        large_enough = []
        for k in range(2, most + 1):
            rng = np.random.default_rng([self.seed, k])
            found = group(centres, weights, k, rng, warm if len(warm) == k else None)
            if len(np.unique(found.labels)) < k:
                continue
            tried[k] = found, silhouette(centres, weights, found.labels)
            if np.bincount(found.labels, weights).min() >= settings.smallest_group:
                large_enough.append(k)
        if not tried:
            self._steady = None
            middle = (centres * weights[:, None]).sum(axis=0, keepdims=True) / weights.sum()
            return Clusters(np.zeros(len(centres), dtype=np.intp), middle, 0.0), 0.0
        best = max(large_enough or tried, key=lambda k: tried[k][1])
        steady = self._steady.after(best, settings.equal_results) if self._steady else None
        if steady is None or steady.shown not in tried:
            steady = Steadiness(best, best, 1)
        self._steady = steady
        return tried[steady.shown]

    def _stability(self, away: Singles, axes: Axes, grouping: Grouping) -> dict[int, float]:
        order = sorted(grouping.centres)
        rng = np.random.default_rng([self.seed, self.settings.trials])
        share = chance_to_stay(
            self.votes,
            away,
            grouping.rows,
            axes.directions,
            np.array([grouping.centres[name] for name in order]),
            np.searchsorted(order, grouping.names),
            self.settings.trials,
            rng,
        )
        return {name: float(share[place]) for place, name in enumerate(order)}
