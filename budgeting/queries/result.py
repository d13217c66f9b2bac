"""Reads a result as it was stored when it was counted: nothing is counted here, whatever the number of ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from budgeting.enums import BallotStyle, BoxEvent
from budgeting.models import BallotBox, BallotEvent, Count, ElectionFile, ParticipatoryBudget, ProjectResult
from budgeting.queries.count import counts_of
from budgeting.rules import may_see_result


@dataclass(frozen=True)
class AreaResult:
    """The result of one area: its official count, the count to compare with, each project's line, and what was frozen."""

    frozen: Mapping
    official: Count
    other: Count | None
    lines: Sequence[ProjectResult] = field(repr=False)
    other_winners: frozenset[int] = field(repr=False)
    channels: Mapping[str, int]

    @property
    def amount_cents(self) -> int:
        return self.frozen["amount_cents"]

    @property
    def left_cents(self) -> int:
        return self.amount_cents - self.official.spent_cents

    @property
    def with_points(self) -> bool:
        return self.frozen["ballot_style"] in (BallotStyle.POINTS, BallotStyle.RANKING)

    @property
    def funded(self) -> list[ProjectResult]:
        return [line for line in self.lines if line.is_funded]

    @property
    def not_funded(self) -> list[ProjectResult]:
        return [line for line in self.lines if not line.is_funded]

    @property
    def titles(self) -> dict[str, str]:
        return {project["code"]: project["title"] for project in self.frozen["projects"]}

    @property
    def only_here(self) -> list[ProjectResult]:
        """The winners that would not win under the other rule."""
        return [line for line in self.funded if line.project_id not in self.other_winners]

    @property
    def only_there(self) -> list[ProjectResult]:
        """The projects that would win only under the other rule."""
        return [line for line in self.not_funded if line.project_id in self.other_winners]


@dataclass(frozen=True)
class Result:
    """The result of a budget, area by area, with turnout as it was written down at the seal and the count."""

    box: BallotBox
    areas: Sequence[AreaResult]
    channels: Mapping[str, int]

    @property
    def spent_cents(self) -> int:
        return sum(area.official.spent_cents for area in self.areas)

    @property
    def amount_cents(self) -> int:
        return sum(area.amount_cents for area in self.areas)

    @property
    def turnout(self) -> float | None:
        """Which part of those who could vote did, from 0 to 1; None where that is not known."""
        if not self.box.eligible or self.box.participants is None:
            return None
        return self.box.participants / self.box.eligible


def result_of(budget: ParticipatoryBudget, user, *, area_id: int | None = None) -> Result | None:
    """Return the result that this person may see (V19), of one area or all; None before that; four queries.

    People who run the budget may look at a counted result before it is published.
    """
    stored = list(counts_of(budget).select_related("box"))
    if not stored or not may_see_result(user, stored[0].box):
        return None
    box = stored[0].box
    box.budget = budget
    counts: dict[int, dict[bool, Count]] = {}
    for count in stored:
        counts.setdefault(count.area_id, {})[count.is_official] = count
    wanted = [frozen for frozen in box.rules["areas"] if area_id in (None, frozen["id"])]
    shown = [count for frozen in wanted for count in counts[frozen["id"]].values()]
    lines: dict[int, list[ProjectResult]] = {}
    for line in (
        ProjectResult.objects.filter(count__in=shown).select_related("project").defer("project__source")
    ):
        lines.setdefault(line.count_id, []).append(line)
    counted = (
        BallotEvent.objects.filter(box=box, kind=BoxEvent.COUNTED).values_list("detail", flat=True).first()
        or {}
    )
    channels = {told["area"]: told["channels"] for told in counted.get("areas", [])}
    areas = []
    for frozen in wanted:
        official, other = counts[frozen["id"]][True], counts[frozen["id"]].get(False)
        winners = (
            frozenset(line.project_id for line in lines.get(other.pk, []) if line.is_funded)
            if other
            else frozenset()
        )
        areas.append(
            AreaResult(
                frozen, official, other, lines.get(official.pk, []), winners, channels.get(frozen["id"], {})
            )
        )
    return Result(box, areas, counted.get("channels", {}))


def files_of(box: BallotBox, *, area_id: int | None = None) -> list[ElectionFile]:
    """Return the files of one area and of the budget as a whole, without content."""
    files = ElectionFile.objects.filter(box=box).defer("content_gzip")
    return [file for file in files if area_id is None or file.area_id in (None, area_id)]
