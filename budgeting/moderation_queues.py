"""What of proposals moderators look at."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal
from budgeting.rules import may_review_proposals
from participation.foundation.moderation_queues import OtherQueue


def queues(user) -> list[OtherQueue]:
    """Return the hidden proposals, for who may see them in the review."""
    if not may_review_proposals(user):
        return []
    hidden = Proposal.objects.filter(status=ProposalStatus.HIDDEN).count()
    return [OtherQueue(_("Hidden proposals"), hidden, reverse("budgeting_review_queue") + "?status=hidden")]
