"""The site's own page types: the home page and pages of information."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from budgeting.blocks import BudgetStatusBlock, ProposalCardsBlock
from learning_city.home.blocks import TextBlocks
from learning_events.blocks import ProgrammeBlock
from mapping.blocks import CoverageBlock, OnePlaceBlock, PlaceListBlock, PlacesMapBlock
from participation.blocks import NextMeetingsBlock
from participation.foundation import audit


class LiveBlocks(TextBlocks):
    """Text, and live content of places, the festival and committees."""

    places_map = PlacesMapBlock()
    place_list = PlaceListBlock()
    place = OnePlaceBlock()
    coverage = CoverageBlock()
    programme = ProgrammeBlock()
    meetings = NextMeetingsBlock()


class HomeBlocks(LiveBlocks):
    """What a home page is made of: text, and live content of the plugins."""

    budget = BudgetStatusBlock()
    proposals = ProposalCardsBlock()


class HomePage(Page):
    """The first page of a city's site."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown beside the title; purely decorative. Without one the city's mosaic is shown."),
    )
    main_link = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("first button leads to"),
    )
    main_link_text = models.CharField(_("words on the first button"), max_length=60, blank=True)
    body = StreamField(HomeBlocks(), verbose_name=_("content"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        MultiFieldPanel([FieldPanel("main_link"), FieldPanel("main_link_text")], heading=_("First button")),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    template = "learning_city/pages/home.html"
    page_description = _("The first page of the site, with live content.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def edition(self) -> str:
        """What the body is kept under: it changes with everything that goes on record."""
        return audit.edition()


class InformationPage(Page):
    """A page of text: how something works, privacy, accessibility, imprint."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = StreamField(LiveBlocks(), verbose_name=_("content"), blank=True)
    in_footer = models.BooleanField(_("link at the foot of every page"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("in_footer")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    template = "learning_city/pages/information.html"
    page_description = _("A page of text, such as how it works, privacy or imprint.")

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
