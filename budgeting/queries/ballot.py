"""What a voter sees of the own ballots: how far each has come, and the choices while voting is open."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from budgeting import link_secret
from budgeting.enums import BallotStage
from budgeting.models import Ballot, BallotBox, BallotDraft, BallotLine
from budgeting.queries.box import FrozenArea, frozen_areas
from budgeting.queries.roll import Obstacle, areas_open_to, voter_or_obstacle
from participation.models import Participant


@dataclass(frozen=True)
class BallotState:
    """One person's ballot in one area. `cast` and `draft` are project ids, None where there is none (or it is over)."""

    area: FrozenArea
    stage: BallotStage
    cast: tuple[int, ...] | None
    draft: tuple[int, ...] | None
    has_voted: bool

    @property
    def choices(self) -> tuple[int, ...]:
        """What to tick when the person opens the ballot: the draft, else what was cast."""
        return self.draft if self.draft is not None else self.cast or ()

    @property
    def has_newer_draft(self) -> bool:
        return self.cast is not None and self.draft is not None


def ballot_states(
    box: BallotBox, participant: Participant | None, moment: dt.datetime
) -> list[BallotState] | Obstacle:
    """Return the person's ballots as of `moment` (from the database's clock), or why there are none; at most 5 queries.

    After the close no choices are told any more, only whether the person has voted. Raises SecretMissing when the open
    box has lost its secret.
    """
    voter = voter_or_obstacle(box.budget_id, participant, timezone.localdate(moment))
    if isinstance(voter, Obstacle):
        return voter
    areas = areas_open_to(voter, frozen_areas(box))
    if box.sealed_at is not None or moment >= box.closes_at:
        return [BallotState(area, BallotStage.CLOSED, None, None, voter.has_voted) for area in areas]
    secret = link_secret.read_secret(box.public_id)
    keys = {area.id: link_secret.link_key(secret, voter.person_key, area.id) for area in areas}
    lines = BallotLine.objects.order_by("position")
    ballots = {
        ballot.area_id: ballot
        for ballot in Ballot.objects.filter(
            area_id__in=keys, link_key__in=keys.values(), is_current=True
        ).prefetch_related(Prefetch("lines", lines))
    }
    drafts = {
        draft.area_id: tuple(draft.choices)
        for draft in BallotDraft.objects.filter(area_id__in=keys, link_key__in=keys.values())
    }
    return [_state(area, ballots.get(area.id), drafts.get(area.id), voter.has_voted) for area in areas]


def _state(
    area: FrozenArea, ballot: Ballot | None, draft: tuple[int, ...] | None, has_voted: bool
) -> BallotState:
    if ballot is not None:
        stage = BallotStage.CHANGED if ballot.version > 1 else BallotStage.CAST
        cast = tuple(line.project_id for line in ballot.lines.all())
        return BallotState(area, stage, cast, draft, has_voted)
    stage = BallotStage.NOT_STARTED if draft is None else BallotStage.DRAFT
    return BallotState(area, stage, None, draft, has_voted)
