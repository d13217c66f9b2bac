"""Where places come from that nobody registered: sources with their licence, and files brought in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.foundation.text import validate_plain_line


class PlaceSource(models.Model):
    """Who a set of places comes from, and what must be said about it wherever they are shown or exported."""

    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_plain_line])
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    attribution = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        help_text=_("For example: © OpenStreetMap contributors, ODbL."),
    )
    licence_url = models.URLField(_("address of the licence"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("source of places")
        verbose_name_plural = _("sources of places")

    def __str__(self):
        return self.name


class NeighbourhoodFile(models.Model):
    """A file of neighbourhoods, and one of their people, on their way in: gzip-compressed, for a day at most."""

    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    people = models.BinaryField(null=True)
    crs = models.CharField(max_length=40, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("file of neighbourhoods")
        verbose_name_plural = _("files of neighbourhoods")

    def __str__(self):
        return self.file_name


class PlaceImport(models.Model):
    """One file of places: as it was uploaded, how its columns are read, and what bringing it in did or would do.

    `content` is the file itself, gzip-compressed, until it is brought in or thrown away; `report` is written by
    `mapping.domain.bringing_in` and holds counts and one line per row that is not simply new.
    """

    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    reading = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    source = models.ForeignKey(
        PlaceSource, null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")

    def __str__(self):
        return self.file_name
