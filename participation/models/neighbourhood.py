"""Neighbourhoods: the parts of the city that people belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from participation.foundation.geometry import validate_outline


class Neighbourhood(index.Indexed, models.Model):
    """A part of the city with its outline and its people."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)
    outline = models.JSONField(
        _("outline"),
        null=True,
        blank=True,
        validators=[validate_outline],
        help_text=_("A GeoJSON Polygon or MultiPolygon in degrees of longitude and latitude (EPSG:4326)."),
    )
    population = models.JSONField(
        _("population by age"),
        default=dict,
        blank=True,
        help_text=_("Number of people by age group, for example {“0-5”: 820, “6-17”: 1430}."),
    )
    sort_order = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")

    def __str__(self):
        return self.name

    @property
    def inhabitants(self) -> int:
        return sum(self.population.values())
