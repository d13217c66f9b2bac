"""What a budget's own page needs to know: where it stands, what one can do now, and its money."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils import timezone

from budgeting.enums import PhaseKind
from budgeting.models import BallotBox, ParticipatoryBudget, Phase, Proposal
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.queries.open_data import public_budgets
from participation.models import Organisation

SIGNPOSTS_KEPT_FOR = 60


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


def phases_begun(*, since: dt.datetime, until: dt.datetime) -> QuerySet[Phase]:
    """Return the phases of public budgets, none of them imported, that began in this time and are not over."""
    return (
        Phase.objects.filter(
            budget__in=public_budgets().values("pk"),
            budget__is_imported=False,
            opens_at__gt=since,
            opens_at__lte=until,
            closes_at__gt=until,
        )
        .select_related("budget__locale")
        .prefetch_related("budget__areas")
        .order_by("opens_at", "pk")
    )


def box_times(budget: ParticipatoryBudget) -> Mapping[str, Any] | None:
    """Return when the ballot box closes and its result was published, or None before voting has opened."""
    if budget.pk is None:
        return None
    if ParticipatoryBudget.ballot_box.is_cached(budget):
        box = getattr(budget, "ballot_box", None)
        return {"closes_at": box.closes_at, "published_at": box.published_at} if box else None
    return BallotBox.objects.filter(budget=budget).values("closes_at", "published_at").first()


def count_public_proposals(budget: ParticipatoryBudget) -> int:
    return Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES).count() if budget.pk else 0


def count_proposals_by_area(budget: ParticipatoryBudget) -> dict[int, int]:
    """Return {area id: number of public proposals} of the areas that have any."""
    if budget.pk is None:
        return {}
    rows = Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES)
    return dict(rows.order_by().values_list("area").annotate(number=Count("pk")))


@dataclass(frozen=True)
class Signposts:
    """What every page of a budget shows around its subject; public, and the same for everybody.

    `areas` and `organisations` (those with a proposal) have (id, name), `call` is when proposals may be handed in, as
    (opens, closes).
    """

    areas: tuple[tuple[int, str], ...]
    organisations: tuple[tuple[int, str], ...]
    call: tuple[dt.datetime, dt.datetime] | None

    def call_is_open(self) -> bool:
        """Say whether to show the way to a new proposal; whether it is taken is decided by `rules.submission_is_open`."""
        return self.call is not None and self.call[0] <= timezone.now() < self.call[1]


def signposts(budget: ParticipatoryBudget) -> Signposts:
    """Return the budget's signposts, kept for a minute or until the page is published anew."""
    if budget.pk is None:
        return _put_up_signposts(budget)
    key = f"budgeting.signposts.{budget.translation_key}.{budget.locale_id}.{budget.live_revision_id}"
    posts = cache.get(key)
    if posts is None:
        posts = _put_up_signposts(budget)
        cache.set(key, posts, SIGNPOSTS_KEPT_FOR)
    return posts


def _put_up_signposts(budget: ParticipatoryBudget) -> Signposts:
    organisations: list[tuple[int, str]] = []
    if budget.pk is not None:
        proposing = (
            Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES)
            .order_by()
            .values("organisation")
        )
        organisations = list(Organisation.objects.filter(pk__in=proposing).values_list("pk", "name"))
    call = budget.phase(PhaseKind.SUBMISSION)
    return Signposts(
        areas=tuple((area.pk, area.name) for area in budget.areas.all()),
        organisations=tuple(organisations),
        call=(call.opens_at, call.closes_at) if call else None,
    )
