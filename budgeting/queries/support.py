"""Who supports what: only the number is public, and to each person their own."""

from budgeting.models import Proposal, Support


def supports(user, proposal: Proposal) -> bool:
    """Say whether this person supports the proposal."""
    participant = getattr(user, "participant", None)
    return (
        participant is not None
        and Support.objects.filter(proposal=proposal, participant=participant).exists()
    )
