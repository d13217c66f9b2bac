"""The budget as a Wagtail page, with its phases and areas."""

import datetime as dt
from importlib import import_module

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from budgeting.enums import BallotStyle, CountingRule, PhaseKind
from budgeting.validators import refuse_frozen_changes
from participation.foundation.fields import CentsField


class BudgetPageMixin(RoutablePageMixin, models.Model):
    """Everything a participatory budget is, for a host site that has its own base page.

    Once voting has opened, the rules that count are the frozen ones in `BallotBox`; the page's own phases and areas are
    then only their history, and `validators.refuse_frozen_changes` keeps an editor from changing them.
    """

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for cards and the top of the page."),
    )
    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul", "h3"],
        help_text=_("What the money is for, who decides, and what people can do here."),
    )
    how_it_works = RichTextField(
        _("how it works"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul", "h3"],
        help_text=_("The steps from an idea to a project, in plain words."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_(
            "Decoration at the top of the page, at least 800 × 640 pixels. A pattern of tiles is shown without one."
        ),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters (ISO 4217), for example EUR."))],
        help_text=_("Three capital letters (ISO 4217), for example EUR."),
    )
    contact_email = models.EmailField(
        _("contact for questions"), blank=True, help_text=_("Shown on every page of this budget.")
    )
    is_imported = models.BooleanField(default=False, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("intro"),
        FieldPanel("how_it_works"),
        FieldRowPanel([FieldPanel("currency"), FieldPanel("contact_email")], heading=_("Money and contact")),
        InlinePanel(
            "phases",
            heading=_("Phases"),
            label=_("phase"),
            min_num=1,
            help_text=_(
                "The dates alone open and close each phase; nobody has to press a button. A budget usually has all five. "
                "Once voting has opened, the dates of voting stay as they are."
            ),
        ),
        InlinePanel(
            "areas",
            heading=_("Areas and money"),
            label=_("area"),
            min_num=1,
            help_text=_(
                "Each area has its own money and its own ballot: one for the whole city, or one for each neighbourhood. "
                "Once voting has opened, areas, amounts and rules stay as they are."
            ),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("intro")]
    page_description = _("A budget whose learning projects residents propose, discuss and vote on.")

    class Meta:
        abstract = True

    @classmethod
    def get_subpage_urls(cls):
        # The views lie on a floor above the models and are looked up by name, so that imports go one way.
        return tuple(import_module("budgeting.urls").page_urls)

    @classproperty
    def base_form_class(cls):
        return import_module("budgeting.forms.budget").BudgetPageForm

    @classmethod
    def check(cls, **kwargs):
        # The inherited check reads the views' URLs, which need the app registry that checks of models come before.
        return super(RoutablePageMixin, cls).check(**kwargs)

    def clean(self):
        super().clean()
        refuse_frozen_changes(self)

    def url_of(self, name: str, *args, **kwargs) -> str:
        """Return the path of one of the budget's own pages, for example `url_of("proposal", proposal.pk)`."""
        return (self.url or "/") + self.reverse_subpage(name, args=args, kwargs=kwargs)

    @cached_property
    def phase_by_kind(self) -> dict[str, "Phase"]:
        return {phase.kind: phase for phase in self.phases.all()}

    def phase(self, kind: str) -> "Phase | None":
        return self.phase_by_kind.get(kind)

    def phase_at(self, moment: dt.datetime | None = None) -> "Phase | None":
        """Return the phase that runs at `moment` (default now), or None between and outside phases."""
        moment = moment or timezone.now()
        running = [phase for phase in self.phase_by_kind.values() if phase.is_open_at(moment)]
        return max(running, key=lambda phase: phase.opens_at, default=None)


class ParticipatoryBudget(BudgetPageMixin, Page):
    """A participatory budget anywhere in the page tree."""

    template = "budgeting/pages/budget.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("participatory budget")
        verbose_name_plural = _("participatory budgets")
        permissions = [("run_budget", "Can close, count and publish budgets and keep projects up to date")]


class Phase(Orderable):
    """A stretch of time in the life of a budget; its dates decide, no job has to run."""

    budget = ParentalKey(ParticipatoryBudget, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=20, choices=PhaseKind.choices)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    note = models.CharField(_("what happens, in one sentence"), max_length=300, blank=True)

    panels = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        ordering = ["opens_at"]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.UniqueConstraint(fields=["budget", "kind"], name="one_phase_of_a_kind_per_budget"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="phase_closes_after_opening"
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    def clean(self):
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("This phase closes before it opens. Choose a later end.")})

    def is_open_at(self, moment: dt.datetime) -> bool:
        return self.opens_at <= moment < self.closes_at


class Area(Orderable):
    """A pot of money with its own ballot: the whole city or one neighbourhood."""

    budget = ParentalKey(ParticipatoryBudget, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(_("name"), max_length=120)
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("neighbourhood"),
        help_text=_("Leave empty for the whole city: then every verified resident votes here."),
    )
    amount_cents = CentsField(
        _("amount of money"),
        validators=[MinValueValidator(1)],
        help_text=_("In whole units of the budget's currency, for example 50000."),
    )
    ballot_style = models.CharField(
        _("ballot"), max_length=12, choices=BallotStyle.choices, default=BallotStyle.APPROVAL
    )
    max_choices = models.PositiveSmallIntegerField(
        _("most projects on one ballot"),
        null=True,
        blank=True,
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("Leave empty for no limit. A ballot up to the amount of money needs none."),
    )
    rule = models.CharField(
        _("counting"), max_length=20, choices=CountingRule.choices, default=CountingRule.EQUAL_SHARES
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("neighbourhood"),
        FieldPanel("amount_cents"),
        MultiFieldPanel(
            [FieldPanel("ballot_style"), FieldPanel("max_choices"), FieldPanel("rule")], heading=_("Ballot")
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["budget", "name"], name="area_names_differ_in_a_budget"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="area_has_money"),
        ]

    def __str__(self):
        return self.name
