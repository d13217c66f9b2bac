"""Following a discussion, to hear what happens to its thing."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Missing, NotAllowed
from participation.models import Discussion, Follow, Participant
from participation.rules import may_find_discussion, may_follow


def follow(discussion: Discussion, *, participant: Participant) -> None:
    """Follow; asking twice, or twice at the same moment, is one follow (the database holds it, V1).

    Raises Missing for a discussion that this person may not read, NotAllowed for a closed account.
    """
    if not may_find_discussion(participant.user, discussion):
        raise Missing
    if not may_follow(participant.user, discussion):
        raise NotAllowed(_("Please sign in to follow this."))
    Follow.objects.bulk_create(
        [Follow(discussion=discussion, participant=participant)], ignore_conflicts=True
    )


def unfollow(discussion: Discussion, *, participant: Participant) -> None:
    """Follow no more; possible whatever has become of the discussion."""
    Follow.objects.filter(discussion=discussion, participant=participant).delete()
