"""The electoral roll: one entry per person and budget, made when the person first votes."""

import datetime as dt

from django.db import IntegrityError, transaction

from budgeting.models import ParticipatoryBudget, RollEntry
from budgeting.queries.roll import Obstacle, Voter, voter_or_obstacle
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Participant


def eligible_voter(
    budget_id: int, participant: Participant | None, day: dt.date, *, hold: bool = False
) -> Voter:
    """Return the participant as a voter on `day`; raise NotAllowed, or Conflict for who voted elsewhere, in words.

    With `hold` the roll entry, where there is one, is locked FOR UPDATE.
    """
    voter = voter_or_obstacle(budget_id, participant, day, hold=hold)
    if isinstance(voter, Obstacle):
        refusal = Conflict if voter == Obstacle.VOTED_ELSEWHERE else NotAllowed
        raise refusal(voter.label, code=str(voter.value))
    return voter


def ensure_roll_entry(budget: ParticipatoryBudget, participant: Participant, *, day: dt.date) -> RollEntry:
    """Return the person's one entry on the roll, made on the first call and held FOR UPDATE until the transaction ends.

    The entry outlives the account (V11). Call it inside a transaction. Raises what `eligible_voter` raises.
    """
    voter = eligible_voter(budget.pk, participant, day, hold=True)
    try:
        with transaction.atomic():
            return held_roll_entry(budget.pk, voter)
    except IntegrityError:
        # Another submission of the same person was quicker: wait for it, and look again who may vote.
        return held_roll_entry(budget.pk, eligible_voter(budget.pk, participant, day, hold=True))


def held_roll_entry(budget_id: int, voter: Voter) -> RollEntry:
    """Return the roll entry of a voter read with `hold`, made where there is none: then it is held like a locked one.

    Raises IntegrityError when somebody else made it at the same moment; begin anew then.
    """
    if voter.entry is not None:
        return voter.entry
    return RollEntry.objects.create(
        budget_id=budget_id, person_key=voter.person_key, neighbourhood_id=voter.neighbourhood
    )
