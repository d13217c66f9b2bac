"""What a budget's own page needs to know: where it stands, what one can do now, and its money."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from budgeting.enums import PhaseKind
from budgeting.models import BallotBox, ParticipatoryBudget, Phase, Proposal
from budgeting.models.proposal import PUBLIC_STATUSES


@dataclass(frozen=True)
class Standing:
    """Where a budget stands at one moment.

    `stage` is a PhaseKind, "before" the first phase, "between" two, "over" after the last, or "published" once there is a
    result; `phase` is the phase that runs, `next_phase` the one that opens next.
    """

    stage: str
    phase: Phase | None
    next_phase: Phase | None
    days_left: int | None
    has_result: bool


def standing_of(budget: ParticipatoryBudget, moment: dt.datetime | None = None) -> Standing:
    """Return where the budget stands; the ballot box's own times win over the page's."""
    moment = moment or timezone.now()
    box = box_times(budget)
    phase = budget.phase_at(moment)
    coming = [each for each in budget.phase_by_kind.values() if each.opens_at > moment]
    next_phase = min(coming, key=lambda each: each.opens_at, default=None)
    has_result = box is not None and box["published_at"] is not None
    if has_result and (phase is None or phase.kind in (PhaseKind.VOTING, PhaseKind.COUNTING)):
        stage = "published"
    elif phase is not None:
        stage = str(phase.kind)
    elif next_phase is None:
        stage = "over"
    else:
        stage = "before" if len(coming) == len(budget.phase_by_kind) else "between"
    if (
        phase is not None
        and phase.kind == PhaseKind.VOTING
        and box is not None
        and box["closes_at"] <= moment
    ):
        stage = str(PhaseKind.COUNTING)
    closes_at = phase.closes_at if phase else None
    days_left = (
        (timezone.localtime(closes_at).date() - timezone.localtime(moment).date()).days if closes_at else None
    )
    return Standing(stage, phase, next_phase, days_left, has_result)


def box_times(budget: ParticipatoryBudget) -> dict | None:
    """Return when the ballot box closes and its result was published, or None before voting has opened."""
    if budget.pk is None:
        return None
    return BallotBox.objects.filter(budget=budget).values("closes_at", "published_at").first()


def count_public_proposals(budget: ParticipatoryBudget) -> int:
    return Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES).count() if budget.pk else 0


def count_proposals_by_area(budget: ParticipatoryBudget) -> dict[int, int]:
    """Return {area id: number of public proposals} of the areas that have any."""
    if budget.pk is None:
        return {}
    rows = Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES)
    return dict(rows.order_by().values_list("area").annotate(number=Count("pk")))
