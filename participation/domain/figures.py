"""Giving figures about oneself to be counted among many, and taking them back."""

from django.utils.translation import gettext_lazy as _

from participation.enums import AgeBand, Gender
from participation.foundation.errors import Invalid
from participation.models import OwnFigures, Participant


def give_figures(
    participant: Participant, *, age_band: str = "", gender: str = "", with_neighbourhood: bool = False
) -> OwnFigures | None:
    """Keep what a person says; with nothing said at all nothing is kept. Raises Invalid (fields "age_band", "gender").

    Nothing goes on record: the audit trail would tell who has given figures.
    """
    if age_band and age_band not in AgeBand.values:
        raise Invalid(_("Please choose an age from the list."), field="age_band")
    if gender and gender not in Gender.values:
        raise Invalid(_("Please choose from the list."), field="gender")
    if not (age_band or gender or with_neighbourhood):
        take_figures_back(participant)
        return None
    figures, _is_new = OwnFigures.objects.update_or_create(
        participant=participant,
        defaults={"age_band": age_band, "gender": gender, "with_neighbourhood": with_neighbourhood},
    )
    return figures


def take_figures_back(participant: Participant) -> bool:
    """Delete a person's figures; return whether there were any."""
    gone, _rows = OwnFigures.objects.filter(participant=participant).delete()
    return bool(gone)
