"""Supporting a proposal and taking it back."""

import pytest

from budgeting.domain.support import give_support, take_support_back
from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Support
from participation.foundation.errors import Conflict, Missing, NotAllowed
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db


def test_a_person_supports_once(citizen):
    proposal = ProposalFactory()

    assert give_support(proposal, by=citizen) is True
    assert give_support(proposal, by=citizen) is False
    assert Support.objects.filter(proposal=proposal, participant=citizen.participant).count() == 1


def test_support_can_be_taken_back(citizen):
    proposal = ProposalFactory()
    give_support(proposal, by=citizen)

    assert take_support_back(proposal, by=citizen) is True
    assert take_support_back(proposal, by=citizen) is False
    assert not Support.objects.exists()


def test_a_stranger_is_asked_to_sign_in(stranger):
    with pytest.raises(NotAllowed):
        give_support(ProposalFactory(), by=stranger)


@pytest.mark.parametrize("status", [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN])
def test_f29_what_left_the_page_meanwhile_cannot_be_supported(status, citizen):
    proposal = ProposalFactory()
    type(proposal).objects.filter(pk=proposal.pk).update(status=status)

    with pytest.raises(Missing):
        give_support(proposal, by=citizen)

    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("phase", "is_possible"),
    [
        (PhaseKind.SUBMISSION, True),
        (PhaseKind.REVIEW, True),
        (PhaseKind.VOTING, False),
        (PhaseKind.IMPLEMENTATION, False),
    ],
)
def test_supporting_lasts_until_voting_begins(phase, is_possible, citizen):
    proposal = ProposalFactory(area=AreaFactory(budget=make_budget(phase=phase)))

    if is_possible:
        assert give_support(proposal, by=citizen)
        return
    with pytest.raises(Conflict):
        give_support(proposal, by=citizen)


def test_a_proposal_that_is_not_feasible_takes_no_support(citizen):
    with pytest.raises(Conflict):
        give_support(ProposalFactory(status=ProposalStatus.REJECTED), by=citizen)
