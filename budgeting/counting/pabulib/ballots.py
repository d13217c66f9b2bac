"""The texts of `vote` and `points` to grouped ballots."""

from collections import Counter
from fractions import Fraction
from itertools import repeat

import numpy as np

from budgeting.counting.election import Ballot, Ballots, Ints, Project
from budgeting.counting.money import parse_amount
from budgeting.counting.pabulib.amounts import Amounts
from budgeting.counting.pabulib.plain import grouped, plain_items, plain_numbers
from budgeting.counting.pabulib.sections import Sections
from budgeting.counting.pabulib.tables import PabulibError, short

MAX_POINTS = 10**6


class BallotReader:
    """Turns the texts of `vote` and `points` into grouped ballots; each different text is read once."""

    def __init__(self, sections: Sections, vote_type: str, projects: tuple[Project, ...]) -> None:
        self.sections = sections
        self.vote_type = vote_type
        self.projects = projects
        self.index = {project.id: position for position, project in enumerate(projects)}
        self.limits = {
            key: Amounts(sections).whole(key)
            for key in (
                "min_length",
                "max_length",
                "min_points",
                "max_points",
                "min_sum_points",
                "max_sum_points",
            )
        }
        self.default_points = self._default_points()

    def _default_points(self) -> int:
        text = self.sections.meta.get("default_score", "").strip()
        if self.vote_type != "scoring" or not text:
            return 0
        return self._points_of(text, self.sections.meta_lines["default_score"], "default_score")

    def read(self) -> Ballots:
        """Return the grouped ballots, in the order in which they were first seen."""
        all_votes = self.sections.vote_cells("vote")
        if self.uses_points:
            pairs = Counter(zip(all_votes, self.sections.vote_cells("points"), strict=True))
            votes, points = [vote for vote, _ in pairs], [given for _, given in pairs]
            counts = np.fromiter(pairs.values(), dtype=np.int64, count=len(pairs))
        else:
            texts = Counter(all_votes)
            votes, points = list(texts), [""] * len(texts)
            counts = np.fromiter(texts.values(), dtype=np.int64, count=len(texts))
        table = self._plain(votes, points, counts)
        return table if table is not None else self._one_by_one(votes, points, counts)

    def _lines_of(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Return the first line of each of these texts."""
        votes = self.sections.vote_cells("vote")
        points = self.sections.vote_cells("points") if self.uses_points else repeat("", len(votes))
        first: dict[tuple[str, str], int] = {}
        for row, text in enumerate(zip(votes, points, strict=True)):
            if text in wanted and text not in first:
                first[text] = self.sections.vote_line(row)
        return first

    def _plain(self, votes: list[str], points: list[str], counts: Ints) -> Ballots | None:
        """Read all ballots at once; return None where one needs a closer look, or a warning or an error."""
        found = None if self.default_points or not votes else plain_items(votes, list(self.index))
        if found is None:
            return None
        named, lengths = found
        if not self._within(lengths, "length"):
            return None
        if self.uses_points:
            given = plain_numbers(points, lengths)
            if given is None or int(given.max()) > MAX_POINTS:
                return None
            sums = np.add.reduceat(given, np.cumsum(lengths) - lengths)
            if not (self._within(sums, "sum_points") and self._within(given, "points")):
                return None
        elif self.vote_type == "ordinal":
            places = np.arange(len(named)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            longest = self.limits["max_length"] or np.repeat(lengths, lengths)
            given = np.maximum(longest - places, 0)
        else:
            given = np.ones(len(named), dtype=np.int64)
        return grouped(lengths, named, given, counts)

    def _within(self, values: Ints, what: str) -> bool:
        least, most = self.limits[f"min_{what}"], self.limits[f"max_{what}"]
        return not (_outside(int(values.min()), least, most) or _outside(int(values.max()), least, most))

    def _one_by_one(self, votes: list[str], given: list[str], counts: Ints) -> Ballots:
        texts = list(zip(votes, given, strict=True))
        first_lines = self._lines_of(set(texts))
        groups: dict[tuple[tuple[int, int], ...], int] = {}
        for (vote, points), count in zip(texts, counts.tolist(), strict=True):
            ballot = self._ballot(vote, points, first_lines[vote, points])
            groups[ballot] = groups.get(ballot, 0) + count
        return Ballots.of(
            Ballot(tuple([project for project, _ in key]), tuple([points for _, points in key]), count)
            for key, count in groups.items()
        )

    @property
    def uses_points(self) -> bool:
        return self.vote_type in ("cumulative", "scoring")

    def _ballot(self, vote: str, points: str, line: int) -> tuple[tuple[int, int], ...]:
        named = [self._project(item.strip(), line) for item in vote.split(",")] if vote.strip() else []
        self._check_length(named, line)
        if self.uses_points:
            given = self._points(points, len(named), line)
        elif self.vote_type == "ordinal":
            longest = self.limits["max_length"] or len(named)
            given = [max(longest - place, 0) for place in range(len(named))]
        else:
            given = [1] * len(named)
        ballot: dict[int, int] = (
            dict.fromkeys(range(len(self.projects)), self.default_points) if self.default_points else {}
        )
        seen: set[int] = set()
        for project, value in zip(named, given, strict=True):
            if project not in seen:
                ballot[project] = value
            elif self.uses_points:
                ballot[project] += value
            seen.add(project)
        return tuple(sorted(ballot.items()))

    def _project(self, item: str, line: int) -> int:
        try:
            return self.index[item]
        except KeyError:
            raise PabulibError(
                f"The ballot names the project {short(item)}, which is not in PROJECTS."
                if item
                else "The ballot has an empty place between two commas.",
                fix="Add the project to PROJECTS or correct the ballot.",
                line=line,
                column="vote",
            ) from None

    def _points(self, text: str, wanted: int, line: int) -> list[int]:
        values = (
            [self._points_of(item.strip(), line, "points") for item in text.split(",")]
            if text.strip()
            else []
        )
        if len(values) != wanted:
            raise PabulibError(
                f"The ballot names {wanted} projects and gives {len(values)} numbers of points.",
                fix="Give one number of points for each project named.",
                line=line,
                column="points",
            )
        total = sum(values)
        if _outside(total, self.limits["min_sum_points"], self.limits["max_sum_points"]):
            self.sections.warn(
                "The points of the ballot add up to a sum outside the limits; it was counted.", line
            )
        if any(_outside(value, self.limits["min_points"], self.limits["max_points"]) for value in values):
            self.sections.warn("The ballot gives a project points outside the limits; it was counted.", line)
        return values

    def _points_of(self, text: str, line: int, column: str) -> int:
        try:
            value = parse_amount(text)
        except ValueError:
            value = Fraction(1, 2)
        if value.denominator != 1 or value > MAX_POINTS:
            raise PabulibError(
                f"{short(text)} is not a number of points.",
                fix=f"Write whole numbers from 0 to {MAX_POINTS}.",
                line=line,
                column=column,
            )
        return int(value)

    def _check_length(self, named: list[int], line: int) -> None:
        if len(set(named)) != len(named):
            self.sections.warn(
                "The ballot names a project twice; its points were added up."
                if self.uses_points
                else "The ballot names a project twice; it was counted once.",
                line,
                "vote",
            )
        if not named:
            self.sections.warn(
                "The ballot is empty; it counts as a voter who supports nothing.", line, "vote"
            )
        elif _outside(len(named), self.limits["min_length"], self.limits["max_length"]):
            self.sections.warn(
                "The ballot names fewer or more projects than allowed; it was counted.", line, "vote"
            )


def _outside(value: int, least: int | None, most: int | None) -> bool:
    return (least is not None and value < least) or (most is not None and value > most)
