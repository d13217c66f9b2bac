"""The texts of `vote` and `points` to grouped ballots."""

from fractions import Fraction

from budgeting.counting.election import Ballot, Project
from budgeting.counting.money import parse_amount
from budgeting.counting.pabulib.amounts import Amounts
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

    def read(self) -> tuple[Ballot, ...]:
        sections = self.sections
        vote_at = sections.vote_columns.index("vote")
        points_at = sections.vote_columns.index("points") if self.uses_points else -1
        texts: dict[tuple[str, str], int] = {}
        for row in sections.vote_rows:
            key = (row[vote_at], row[points_at] if points_at >= 0 else "")
            texts[key] = texts.get(key, 0) + 1
        has_points_column = "points" in sections.vote_columns
        first_lines: dict[tuple[str, str], int] = {}
        for (vote, points), line in sections.first_lines.items():
            first_lines.setdefault((vote, points if points_at >= 0 or not has_points_column else ""), line)
        groups: dict[tuple[tuple[int, int], ...], int] = {}
        for (vote, points), count in texts.items():
            ballot = self._ballot(vote, points, first_lines[vote, points])
            groups[ballot] = groups.get(ballot, 0) + count
        return tuple(
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
