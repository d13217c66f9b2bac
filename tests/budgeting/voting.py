"""A budget that is being voted on, and people who may vote in it."""

import datetime as dt
import uuid

from django.utils import timezone

from budgeting.domain.ballot import cast_ballot
from budgeting.domain.box import freeze
from budgeting.enums import BallotStyle, PhaseKind
from budgeting.models import (
    Area,
    Ballot,
    BallotBox,
    BallotDraft,
    BallotEvent,
    BallotLine,
    RollEntry,
    Submission,
)
from tests.factories import AreaFactory, ProjectFactory, VerifiedParticipantFactory, make_budget


def make_voting(
    *,
    costs=(10_000_00, 20_000_00, 30_000_00, 40_000_00),
    frozen=True,
    budget=None,
    phase=PhaseKind.VOTING,
    **fields,
) -> Area:
    """Return a city-wide area (three choices, 60,000.00) of a budget in voting, with one project for each cost."""
    values = {"amount_cents": 60_000_00, "max_choices": 3, "ballot_style": BallotStyle.APPROVAL, **fields}
    area = AreaFactory(budget=budget or make_budget(phase=phase), **values)
    for cost in costs:
        ProjectFactory(area=area, cost_cents=cost)
    if frozen:
        freeze(area.budget)
    return area


def ids(area: Area, *places: int) -> list[int]:
    """The ids of the area's projects at these places (from 0) of the frozen list."""
    projects = list(area.projects.order_by("pk").values_list("pk", flat=True))
    return [projects[place] for place in places]


def vote(area: Area, voter=None, *places: int, key: uuid.UUID | None = None):
    """Cast a ballot for the projects at these places (default the first), by a new resident if nobody is named."""
    return cast_ballot(
        area,
        voter=voter or VerifiedParticipantFactory(),
        choices=ids(area, *(places or (0,))),
        idempotency_key=key or uuid.uuid4(),
    )


def current_choices(area: Area) -> list[list[int]]:
    """What the live ballots of the area hold."""
    ballots = Ballot.objects.filter(area=area, is_current=True)
    return [
        list(ballot.lines.order_by("position").values_list("project_id", flat=True)) for ballot in ballots
    ]


def contents(box: BallotBox) -> dict[str, int]:
    """How many rows of each kind the box holds: equal before and after means that nothing was changed."""
    return {
        "ballots": Ballot.objects.filter(box=box).count(),
        "live": Ballot.objects.filter(box=box, is_current=True).count(),
        "lines": BallotLine.objects.filter(ballot__box=box).count(),
        "events": BallotEvent.objects.filter(box=box).count(),
        "submissions": Submission.objects.filter(box=box).count(),
        "drafts": BallotDraft.objects.filter(box=box).count(),
        "roll": RollEntry.objects.filter(budget=box.budget).count(),
        "voted": RollEntry.objects.filter(budget=box.budget, voted_on__isnull=False).count(),
    }


def end_voting(box: BallotBox) -> BallotBox:
    """Move the close into the past, on any database, as if the time had come."""
    now = timezone.now()
    BallotBox.objects.filter(pk=box.pk).update(
        opens_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(seconds=1)
    )
    box.refresh_from_db()
    return box
