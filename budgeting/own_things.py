"""A person's own proposals, for the profile."""

from django.utils.translation import gettext_lazy as _

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal
from participation.foundation.own_things import OwnThing

HEADING = _("My proposals")
_TONES = {ProposalStatus.SUBMITTED: "info", ProposalStatus.ACCEPTED: "good", ProposalStatus.REJECTED: "bad"}


def things(participant) -> list[OwnThing]:
    """Return the newest fifty proposals of this person, drafts included."""
    proposals = (
        Proposal.objects.filter(author=participant).select_related("discussion").order_by("-created_at")[:50]
    )
    return [
        OwnThing(
            proposal.title,
            proposal.discussion.path,
            str(proposal.get_status_display()),
            _TONES.get(ProposalStatus(proposal.status), "quiet"),
        )
        for proposal in proposals
    ]
