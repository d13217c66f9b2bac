"""The map of learning places as a Wagtail page."""

from importlib import import_module

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class PlacesPageMixin(RoutablePageMixin, models.Model):
    """Everything a map of learning places is, for a host site that has its own base page."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"])
    categories = ParentalManyToManyField(
        "mapping.PlaceCategory",
        blank=True,
        related_name="+",
        verbose_name=_("only these kinds of places"),
        help_text=_("With all that belongs to them. Choose none to show every place of the city."),
    )
    neighbourhoods = ParentalManyToManyField(
        "participation.Neighbourhood",
        blank=True,
        related_name="+",
        verbose_name=_("only these neighbourhoods"),
        help_text=_("Choose none to show the whole city."),
    )
    takes_registrations = models.BooleanField(_("groups can register their places here"), default=True)
    shows_coverage = models.BooleanField(_("show who lives far from any place"), default=True)
    contact_email = models.EmailField(_("contact for questions"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldPanel("categories", widget=CheckboxSelectMultiple),
                FieldPanel("neighbourhoods", widget=CheckboxSelectMultiple),
            ],
            heading=_("Which places"),
        ),
        MultiFieldPanel(
            [FieldPanel("takes_registrations"), FieldPanel("shows_coverage"), FieldPanel("contact_email")],
            heading=_("What people can do here"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("intro")]
    page_description = _("A list and map of learning places that groups register and keep true.")

    class Meta:
        abstract = True

    @classmethod
    def get_subpage_urls(cls):
        # The views lie on a floor above the models and are looked up by name, so that imports go one way.
        return tuple(import_module("mapping.urls").page_urls)

    @classmethod
    def check(cls, **kwargs):
        # The inherited check reads the views' URLs, which need the app registry that checks of models come before.
        return super(RoutablePageMixin, cls).check(**kwargs)

    def url_of(self, name: str, *args, **kwargs) -> str:
        """Return the path of one of the map's own pages, for example `url_of("place", place.pk)`."""
        return (self.url or "/") + self.reverse_subpage(name, args=args, kwargs=kwargs)


class PlacesPage(PlacesPageMixin, Page):
    """A map of learning places anywhere in the page tree."""

    template = "mapping/pages/places.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("map of learning places")
        verbose_name_plural = _("maps of learning places")
