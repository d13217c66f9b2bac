"""The festival as a Wagtail page: the umbrella over its events, with its dates and rules."""

from importlib import import_module

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from learning_events.models.translating import SameInEveryLanguage
from participation.foundation.routing import FilesBelow
from participation.foundation.text import validate_plain_line
from participation.foundation.zones import city_zone, validate_zone


class FestivalMixin(FilesBelow, RoutablePageMixin, models.Model):
    """Everything a festival of learning is, for a host site that has its own base page."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    theme = models.CharField(_("theme"), max_length=160, blank=True)
    intro = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul", "h3"]
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        default=city_zone,
        validators=[validate_zone],
        help_text=_("IANA name."),
    )
    takes_submissions = models.BooleanField(_("organisers can submit events"), default=True)
    submissions_close_on = models.DateField(
        _("last day to submit"), null=True, blank=True, help_text=_("Empty: no deadline.")
    )
    changes_close_on = models.DateField(
        _("last day on which organisers change their events themselves"),
        null=True,
        blank=True,
        help_text=_("After it they ask for a change and an editor decides. Empty: no deadline."),
    )
    prints_on = models.DateField(_("the programme goes to print on"), null=True, blank=True)
    contact_email = models.EmailField(_("contact for questions"), blank=True)
    contact_phone = models.CharField(
        _("telephone for people without e-mail"),
        max_length=40,
        blank=True,
        help_text=_("Shown wherever people can get a seat, so that nobody needs an account or a computer."),
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes a seat is held while somebody fills in the form"),
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(60)],
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a seat from the waiting list"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
    )
    offers_end_hours = models.PositiveSmallIntegerField(
        _("hours before the begin without new offers from the waiting list"),
        default=3,
        validators=[MaxValueValidator(72)],
    )
    reminder_hours = models.PositiveSmallIntegerField(
        _("hours before the begin at which a reminder is mailed"),
        default=24,
        validators=[MaxValueValidator(168)],
        help_text=_("0: no reminders."),
    )
    no_show_minutes = models.PositiveSmallIntegerField(
        _("minutes after the begin at which seats of people who have not come are free for others"),
        default=10,
        validators=[MaxValueValidator(120)],
        help_text=_("0: never by itself. Counts only where people are checked in at the door."),
    )
    anonymise_days = models.PositiveSmallIntegerField(
        _("days after which names and addresses of the booked are erased"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("theme"),
        FieldPanel("picture"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("zone")],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes_submissions"),
                FieldRowPanel([FieldPanel("submissions_close_on"), FieldPanel("changes_close_on")]),
                FieldPanel("prints_on"),
            ],
            heading=_("Deadlines"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("hold_minutes"), FieldPanel("reminder_hours")]),
                FieldRowPanel([FieldPanel("offer_hours"), FieldPanel("offers_end_hours")]),
                FieldRowPanel([FieldPanel("no_show_minutes"), FieldPanel("anonymise_days")]),
            ],
            heading=_("Seats"),
        ),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")], heading=_("Contact")),
        InlinePanel("partners", heading=_("Partners"), label=_("partner")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("intro")]
    override_translatable_fields = SameInEveryLanguage("zone", "contact_phone")
    page_description = _("A festival of learning: many organisers, one programme.")

    class Meta:
        abstract = True

    @classmethod
    def get_subpage_urls(cls):
        # The views lie on a floor above the models and are looked up by name, so that imports go one way.
        return tuple(import_module("learning_events.urls").festival_urls)

    @classmethod
    def reserved_slugs(cls) -> set[str]:
        """Return what no page below a festival may be called, because the festival's own pages begin with it."""
        first = {str(route.pattern).split("/")[0] for route in cls.get_subpage_urls()}
        return {name for name in first if name and "<" not in name}

    @classmethod
    def check(cls, **kwargs):
        # The inherited check reads the views' URLs, which need the app registry that checks of models come before.
        return super(RoutablePageMixin, cls).check(**kwargs)

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first.")})

    def url_of(self, name: str, *args, **kwargs) -> str:
        """Return the path of one of the festival's own pages, for example `url_of("day", "2026-09-14")`."""
        return (self.url or "/") + self.reverse_subpage(name, args=args, kwargs=kwargs)


class Festival(FestivalMixin, Page):
    """A festival of learning anywhere in the page tree; its events are the pages below it."""

    template = "learning_events/pages/programme.html"
    subpage_types = ["learning_events.EventPage"]

    class Meta:
        verbose_name = _("festival of learning")
        verbose_name_plural = _("festivals of learning")


class FestivalPartner(Orderable):
    """Who carries the festival together with the city."""

    festival = ParentalKey(Festival, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_line])
    website = models.URLField(_("website"), max_length=300, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name
