"""The texts of `vote` and `points` to grouped ballots."""

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise, repeat

import numpy as np

from budgeting.counting.election import Ballot, Ballots, Ints, Project
from budgeting.counting.money import parse_amount
from budgeting.counting.pabulib.amounts import Amounts
from budgeting.counting.pabulib.sections import Sections
from budgeting.counting.pabulib.tables import PabulibError, short

MAX_POINTS = 10**6

_POINTS = re.compile(r"[0-9]{1,7}")


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
        votes = self.sections.vote_cells("vote")
        points = self.sections.vote_cells("points") if self.uses_points else None
        texts = Counter(votes if points is None else zip(votes, points, strict=True))
        different: list[tuple[str, str]] = [
            (text, "") if isinstance(text, str) else (text[0], text[1]) for text in texts
        ]
        counts = np.fromiter(texts.values(), dtype=np.int64, count=len(texts))
        table = self._plain(different, counts)
        return table if table is not None else self._one_by_one(different, counts)

    def _lines_of(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Return the first line of each of these texts."""
        votes = self.sections.vote_cells("vote")
        points = self.sections.vote_cells("points") if self.uses_points else repeat("", len(votes))
        first: dict[tuple[str, str], int] = {}
        for row, text in enumerate(zip(votes, points, strict=True)):
            if text in wanted and text not in first:
                first[text] = self.sections.vote_line(row)
        return first

    def _plain(self, texts: list[tuple[str, str]], counts: Ints) -> Ballots | None:
        """Read all ballots at once; return None where one needs a closer look, or a warning or an error."""
        if self.default_points:
            return None
        items = ",".join([vote for vote, _ in texts]).split(",") if texts else []
        named = np.fromiter(map(self.index.get, items, repeat(-1)), dtype=np.int64, count=len(items))
        lengths = np.fromiter((vote.count(",") for vote, _ in texts), dtype=np.int64, count=len(texts)) + 1
        least, most = self.limits["min_length"], self.limits["max_length"]
        if len(named) and (
            named.min() < 0
            or _outside(int(lengths.min()), least, most)
            or _outside(int(lengths.max()), least, most)
        ):
            return None
        ballots = np.repeat(np.arange(len(texts)), lengths)
        if self.uses_points:
            given = self._plain_points([points for _, points in texts], lengths)
            if given is None:
                return None
        elif self.vote_type == "ordinal":
            longest = np.repeat(np.full(len(texts), self.limits["max_length"] or 0), lengths)
            starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
            places = np.arange(len(named)) - starts
            given = np.maximum(np.where(longest > 0, longest, np.repeat(lengths, lengths)) - places, 0)
        else:
            given = np.ones(len(named), dtype=np.int64)
        order = np.argsort(ballots * len(self.projects) + named, kind="stable")
        keys = (ballots * len(self.projects) + named)[order]
        if np.any(keys[1:] == keys[:-1]):
            return None
        return _grouped(lengths, named[order], given[order], counts)

    def _plain_points(self, texts: list[str], lengths: Ints) -> Ints | None:
        items = ",".join(texts).split(",") if texts else []
        if len(items) != lengths.sum() or [text.count(",") + 1 for text in texts] != lengths.tolist():
            return None
        known = {item: int(item) for item in set(items) if _POINTS.fullmatch(item)}
        given = np.fromiter(map(known.get, items, repeat(-1)), dtype=np.int64, count=len(items))
        if not len(given):
            return given
        limits = self.limits
        sums = np.add.reduceat(given, np.cumsum(lengths) - lengths)
        if (
            given.min() < 0
            or given.max() > MAX_POINTS
            or _outside(int(sums.min()), limits["min_sum_points"], limits["max_sum_points"])
            or _outside(int(sums.max()), limits["min_sum_points"], limits["max_sum_points"])
            or _outside(int(given.min()), limits["min_points"], limits["max_points"])
            or _outside(int(given.max()), limits["min_points"], limits["max_points"])
        ):
            return None
        return given

    def _one_by_one(self, texts: list[tuple[str, str]], counts: Ints) -> Ballots:
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


def _grouped(lengths: Ints, projects: Ints, points: Ints, counts: Ints) -> Ballots:
    """Put ballots together that are equal once their projects are in order; the first one gives the place."""
    ends = np.cumsum(lengths)
    content = np.column_stack((projects, points)).astype(np.int32).tobytes()
    bounds = [0, *(ends * 8).tolist()]
    places: dict[bytes, int] = {}
    which = np.fromiter(
        (places.setdefault(content[start:end], len(places)) for start, end in pairwise(bounds)),
        dtype=np.int64,
        count=len(lengths),
    )
    if len(places) == len(lengths):
        return Ballots(np.append(0, ends), projects, points, counts)
    kept = np.unique(which, return_index=True)[1]
    rows = np.repeat(np.isin(np.arange(len(lengths)), kept), lengths)
    return Ballots(
        np.append(0, np.cumsum(lengths[kept])),
        projects[rows],
        points[rows],
        np.bincount(which, counts, len(places)).astype(np.int64),
    )


def _outside(value: int, least: int | None, most: int | None) -> bool:
    return (least is not None and value < least) or (most is not None and value > most)
