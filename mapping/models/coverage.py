"""Figures of who lives near which places, kept until the map changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CoverageSnapshot(models.Model):
    """The coverage by one choice of places, as computed for one version of the map and the neighbourhoods.

    `key` is a digest of the choice; `figures` is what `mapping.domain.coverage` writes and the page, API and files read.
    """

    key = models.CharField(max_length=64, unique=True)
    choice = models.JSONField(default=dict)
    map_version = models.PositiveBigIntegerField()
    areas_digest = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    computed_at = models.DateTimeField()
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a fresh computation was asked for.")
    )

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")

    def __str__(self):
        return self.key[:12]
