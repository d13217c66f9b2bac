"""The words that events are described with; editors keep them in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.foundation.text import validate_plain_line


class EventKind(models.Model):
    """A kind of event, for example workshop, guided tour or talk; its track in the programme."""

    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_plain_line])
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    series = models.PositiveSmallIntegerField(
        _("colour in the programme"),
        default=1,
        choices=[(number, str(number)) for number in range(1, 7)],
        help_text=_("One of the site's six colours for series. The name always stands beside it."),
    )
    sort_order = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of events")

    def __str__(self):
        return self.name


class KeyFeature(models.Model):
    """One of the Key Features of Learning Cities (UNESCO Institute for Lifelong Learning, 2013), for the city's report."""

    number = models.CharField(_("number"), max_length=8, unique=True, help_text=_("For example 2.3."))
    name = models.CharField(_("name"), max_length=200, validators=[validate_plain_line])
    sort_order = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    class Meta:
        ordering = ["sort_order", "number"]
        verbose_name = _("Key Feature of Learning Cities")
        verbose_name_plural = _("Key Features of Learning Cities")

    def __str__(self):
        return f"{self.number} {self.name}"
