"""What people say of themselves, if they like, so that everybody sees for whom committees speak and for whom not yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.enums import AgeBand, Gender


class OwnFigures(models.Model):
    """Figures a person gives to be counted among many; nobody reads them one by one, and each may stay empty."""

    participant = models.OneToOneField(
        "participation.Participant", on_delete=models.CASCADE, related_name="figures"
    )
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand.choices, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, blank=True)
    with_neighbourhood = models.BooleanField(_("count my neighbourhood too"), default=False)
    given_on = models.DateField(auto_now=True)

    # Who refers to whom would tell that somebody has given figures.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("own figures")
        verbose_name_plural = _("own figures")

    def __str__(self):
        return str(self.participant_id)
