"""Supporting a proposal: once a person, taken back at will."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from budgeting.models import Proposal, Support
from budgeting.rules import may_support
from participation.foundation.errors import Conflict, Missing, NotAllowed
from participation.foundation.locks import lock_for_share
from participation.foundation.rules import is_signed_in
from participation.rules import has_public_name


def give_support(proposal: Proposal, *, by) -> bool:
    """Let `by` (a user) support a public proposal; return whether that is new. Asking twice, or in parallel, does no harm (V1).

    Raises NotAllowed, Missing (not public any more, F29) or Conflict (supporting is over).
    """
    if not (is_signed_in & has_public_name)(by):
        raise NotAllowed(_("To support a proposal, please sign in and choose a name that others see."))
    with transaction.atomic():
        proposal = _held(proposal)
        if not may_support(by, proposal):
            raise Conflict(_("This proposal cannot be supported any more."), code="closed")
        # The unique constraint decides between parallel requests; the loser finds the winner's row.
        _row, is_new = Support.objects.get_or_create(proposal=proposal, participant=by.participant)
    return is_new


def take_support_back(proposal: Proposal, *, by) -> bool:
    """Take the support of `by` back; return whether there was any. Possible while supporting is."""
    if not (is_signed_in & has_public_name)(by):
        raise NotAllowed(_("To do this, please sign in."))
    with transaction.atomic():
        proposal = _held(proposal)
        if not may_support(by, proposal):
            raise Conflict(_("The supports of this proposal cannot change any more."), code="closed")
        gone, _by_model = Support.objects.filter(proposal=proposal, participant=by.participant).delete()
    return bool(gone)


def _held(proposal: Proposal) -> Proposal:
    lock_for_share(proposal)
    found = Proposal.objects.select_related("budget").filter(pk=proposal.pk).first()
    if found is None or not found.is_public:
        raise Missing
    return found
