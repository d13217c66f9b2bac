"""Scouts: neighbours who offer to look whether places of a neighbourhood are still as the map says, as long as they like."""

from django.utils.translation import gettext_lazy as _

from mapping.models import Scout
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Neighbourhood

NEIGHBOURHOODS_AT_MOST = 10


def become_scout(neighbourhood: Neighbourhood, *, by) -> Scout:
    """Make `by` a scout of the neighbourhood; twice does no harm. Raises NotAllowed for who has no public name."""
    participant = getattr(by, "participant", None)
    if participant is None:
        raise NotAllowed(_("Please sign in to become a scout."))
    if participant.scouting.exclude(neighbourhood=neighbourhood).count() >= NEIGHBOURHOODS_AT_MOST:
        raise Conflict(
            _("You look after %(most)d neighbourhoods already. Please leave one of them first.")
            % {"most": NEIGHBOURHOODS_AT_MOST}
        )
    scout, _is_new = Scout.objects.get_or_create(participant=participant, neighbourhood=neighbourhood)
    return scout


def stop_scouting(neighbourhood: Neighbourhood, *, by) -> None:
    """End it; questions that were not answered are forgotten, so that others can be asked."""
    participant = by.participant
    Scout.objects.filter(participant=participant, neighbourhood=neighbourhood).delete()
    participant.verifications.filter(
        place__neighbourhood=neighbourhood, asked="scout", answer="", answered_at=None
    ).delete()
