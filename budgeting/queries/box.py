"""What a ballot box says of itself: its frozen rules, its stage, and how many took part."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from budgeting.enums import BallotStyle, PhaseKind
from budgeting.models import BallotBox, ParticipatoryBudget, RollEntry
from participation.models import RegisterEntry


@dataclass(frozen=True)
class FrozenProject:
    """A project as it stands on the ballot; money in cents."""

    id: int
    code: str
    title: str
    cost_cents: int


@dataclass(frozen=True)
class FrozenArea:
    """A pot of money and its ballot as frozen when voting opened; money in cents, no `max_choices` means no limit."""

    id: int
    name: str
    neighbourhood: int | None
    amount_cents: int
    ballot_style: str
    max_choices: int | None
    rule: str
    currency: str
    projects: Mapping[int, FrozenProject] = field(repr=False)

    @property
    def money_limit_cents(self) -> int | None:
        """What one ballot may cost at most, or None where only the number of projects is limited."""
        return self.amount_cents if self.ballot_style == BallotStyle.KNAPSACK else None

    def total_cents(self, choices) -> int:
        return sum(self.projects[choice].cost_cents for choice in choices)


def box_of(budget: ParticipatoryBudget) -> BallotBox | None:
    """Return the budget's ballot box, or None before its rules are frozen."""
    return BallotBox.objects.filter(budget_id=budget.pk).first()


def frozen_areas(box: BallotBox) -> list[FrozenArea]:
    """Return the areas with their projects as the box's frozen rules tell them, in the order of the page."""
    return [_frozen_area(area, box.rules["budget"]["currency"]) for area in box.rules["areas"]]


def frozen_area(box: BallotBox, area_id: int) -> FrozenArea | None:
    """Return one area of the frozen rules, or None when nobody votes there."""
    for area in box.rules["areas"]:
        if area["id"] == area_id:
            return _frozen_area(area, box.rules["budget"]["currency"])
    return None


def _frozen_area(area: Mapping[str, Any], currency: str) -> FrozenArea:
    return FrozenArea(
        id=area["id"],
        name=area["name"],
        neighbourhood=area["neighbourhood"],
        amount_cents=area["amount_cents"],
        ballot_style=area["ballot_style"],
        max_choices=area["max_choices"],
        rule=area["rule"],
        currency=currency,
        projects={project["id"]: FrozenProject(**project) for project in area["projects"]},
    )


def voting_window(
    budget: ParticipatoryBudget, box: BallotBox | None
) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when voting opens and closes: by the box, or before there is one by the page; None when none is planned."""
    if box is not None:
        return box.opens_at, box.closes_at
    phase = budget.phase(PhaseKind.VOTING)
    return (phase.opens_at, phase.closes_at) if phase else None


def last_voting_day(box: BallotBox) -> dt.date:
    """Return the last local day on which a vote could be cast."""
    return timezone.localdate(box.closes_at - dt.timedelta(microseconds=1))


def count_eligible(box: BallotBox) -> int:
    """Return how many people of the register may vote in at least one of the box's areas by the last day of voting."""
    people = RegisterEntry.objects.filter(
        Q(may_vote_from=None) | Q(may_vote_from__lte=last_voting_day(box)), is_active=True
    )
    homes = {area["neighbourhood"] for area in box.rules["areas"]}
    if None not in homes:
        people = people.filter(neighbourhood__in=homes)
    return people.count()


def count_participants(box: BallotBox) -> int:
    """Return how many people have voted so far, each counted once."""
    return RollEntry.objects.filter(budget_id=box.budget_id, voted_on__isnull=False).count()
