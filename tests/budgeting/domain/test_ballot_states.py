"""Whatever people press in whatever order, the box and the page tell the same story."""

import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from budgeting.domain.ballot import cast_ballot, save_draft
from budgeting.domain.box import close_voting, seal
from budgeting.enums import BallotStage
from budgeting.models import Ballot, BallotBox
from budgeting.queries.ballot import ballot_states
from participation.foundation.clock import database_now
from participation.foundation.errors import Refused
from tests.budgeting.voting import current_choices, ids, make_voting
from tests.factories import VerifiedParticipantFactory

PLACES = st.lists(st.integers(0, 4), max_size=5)
STEPS = st.one_of(
    st.tuples(st.just("draft"), PLACES),
    st.tuples(st.just("cast"), PLACES),
    st.tuples(st.just("again"), PLACES),
    st.tuples(st.sampled_from(["close", "seal"]), st.just([])),
)


class Rollback(Exception):
    pass


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=6))
def test_the_stage_follows_from_what_was_pressed(officer, steps):
    try:
        with transaction.atomic():
            play(officer, steps)
            raise Rollback
    except Rollback:
        pass


def play(officer, steps) -> None:
    area, voter = make_voting(max_choices=3), VerifiedParticipantFactory()
    box = BallotBox.objects.get(budget=area.budget)
    projects = ids(area, 0, 1, 2, 3)
    cast, draft, versions, is_open, last_key = None, None, 0, True, uuid.uuid4()
    for step, places in steps:
        # Place 4 is a project that is not on the ballot.
        choices = [projects[place] if place < 4 else projects[-1] + 999 for place in places]
        is_own = len(set(choices)) == len(choices) and 4 not in places
        is_valid = is_own and 1 <= len(choices) <= 3
        if step == "draft":
            done = allowed(lambda chosen=choices: save_draft(area, voter=voter, choices=chosen))
            assert done == (is_open and is_own)
            draft = sorted(choices) if done else draft
        elif step in ("cast", "again"):
            key = uuid.uuid4() if step == "cast" else last_key
            before = versions
            done = allowed(
                lambda chosen=choices, used=key: cast_ballot(
                    area, voter=voter, choices=chosen, idempotency_key=used
                )
            )
            versions = Ballot.objects.filter(area=area).count()
            if versions > before:
                assert is_open
                assert is_valid
                cast, draft, last_key = sorted(choices), None, key
            else:
                # Nothing new: refused, or the repeat of a press that is in the box.
                assert done == (
                    step == "again" and versions > 0 and sorted(choices) == cast and not box.sealed_at
                )
        elif step == "close":
            done = allowed(lambda: close_voting(box, by=officer, reason="The time has come."))
            assert done == is_open
            is_open = False
        else:
            done = allowed(lambda: seal(box, by=officer))
            assert done == (not is_open)
        box.refresh_from_db()

    assert [sorted(choices) for choices in current_choices(area)] == ([cast] if cast else [])
    (state,) = ballot_states(box, voter, database_now())
    if not is_open:
        assert (state.stage, state.cast, state.draft) == (BallotStage.CLOSED, None, None)
    elif cast is None:
        assert state.stage == (BallotStage.DRAFT if draft is not None else BallotStage.NOT_STARTED)
    else:
        assert state.stage == (BallotStage.CHANGED if versions > 1 else BallotStage.CAST)
        assert sorted(state.cast) == cast
        assert (state.draft is None) == (draft is None)
    assert state.has_voted == (cast is not None)


def allowed(act) -> bool:
    """Do `act`; say whether it was allowed."""
    try:
        with transaction.atomic():
            act()
    except Refused:
        return False
    return True
