"""The words that places are described with; editors keep them in the admin."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from mapping.enums import Symbol
from participation.foundation.text import validate_plain_line


class PlaceCategory(index.Indexed, models.Model):
    """A kind of place in a tree of at most three levels."""

    MAX_LEVELS = 3

    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_plain_line])
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    symbol = models.CharField(
        _("drawing on the map"), max_length=20, choices=Symbol.choices, default=Symbol.PIN
    )
    description = models.CharField(_("what belongs here"), max_length=300, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("kind of place")
        verbose_name_plural = _("kinds of places")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        levels, above = 1, self.parent
        while above is not None and levels <= self.MAX_LEVELS:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A kind of place cannot belong to itself.")})
            levels, above = levels + 1, above.parent
        if levels > self.MAX_LEVELS:
            raise ValidationError(
                {"parent": _("The tree has at most three levels. Please choose a kind further up.")}
            )


class Term(models.Model):
    """One word of a flat vocabulary."""

    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_plain_line])
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name


class Audience(Term):
    """For whom something is, for example newcomers or families."""

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Topic(Term):
    """What one can learn, for example languages or repairing things."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
