"""Proposals: what people would like to learn, what it costs, and what the city says to it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from budgeting.enums import ProposalStatus, ReviewOutcome
from participation.foundation.text import validate_plain_line

PUBLIC_STATUSES = (ProposalStatus.SUBMITTED, ProposalStatus.ACCEPTED, ProposalStatus.REJECTED)
MAX_COST_CENTS = 10_000_000_000_00


class Proposal(index.Indexed, models.Model):
    """A learning project somebody proposes. `version` rises with every edit, so that two editors cannot overwrite each other."""

    budget = models.ForeignKey(
        "budgeting.ParticipatoryBudget", on_delete=models.CASCADE, related_name="proposals"
    )
    area = models.ForeignKey(
        "budgeting.Area",
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("area"),
        null=True,
        blank=True,
    )
    author = models.ForeignKey(
        "participation.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name=_("author"),
    )
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name=_("on behalf of"),
    )
    discussion = models.OneToOneField(
        "participation.Discussion", on_delete=models.PROTECT, related_name="proposal", editable=False
    )
    title = models.CharField(_("title"), max_length=120, validators=[validate_plain_line])
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=8000, blank=True)
    learning_goal = models.TextField(_("what people will learn"), max_length=1000, blank=True)
    learners = models.PositiveIntegerField(
        _("how many people will learn"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    cost_cents = models.PositiveBigIntegerField(
        _("cost"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_COST_CENTS)]
    )
    address = models.CharField(_("address or place"), max_length=200, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ProposalStatus.choices,
        default=ProposalStatus.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("summary", boost=2),
        index.SearchField("description"),
        index.FilterField("budget"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        permissions = [("review_proposal", "Can review proposals")]
        indexes = [
            models.Index(fields=["budget", "status", "area"], name="proposals_of_budget"),
            models.Index(fields=["author", "-created_at"], name="proposals_of_author"),
            models.Index(fields=["budget", "-submitted_at"], name="proposals_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="proposal_place_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN])
                | Q(area__isnull=False, cost_cents__gt=0),
                name="proposal_submitted_with_area_and_cost",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_STATUSES

    @property
    def has_place(self) -> bool:
        return self.latitude is not None and self.longitude is not None


class ProposalPicture(models.Model):
    """A picture of a proposal, with the words for who cannot see it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    alt_text = models.CharField(_("what the picture shows"), max_length=200)
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.alt_text


class Support(models.Model):
    """One person's support for one proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="supports"
    )
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "participant"], name="one_support_per_person")
        ]

    def __str__(self):
        return f"{self.participant} → {self.proposal}"


class Review(models.Model):
    """What the city says to a proposal: feasible or not, what it costs, and why in words for everybody."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="review")
    reviewer = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="reviews"
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=ReviewOutcome.choices)
    cost_cents = models.PositiveBigIntegerField(
        _("cost after review"),
        validators=[MinValueValidator(1), MaxValueValidator(MAX_COST_CENTS)],
        null=True,
        blank=True,
    )
    public_reason = models.TextField(_("reason, for everybody to read"), max_length=3000)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(condition=~Q(public_reason=""), name="review_has_reason"),
            models.CheckConstraint(
                condition=Q(outcome=ReviewOutcome.NOT_FEASIBLE) | Q(cost_cents__gt=0),
                name="feasible_review_has_cost",
            ),
        ]

    def __str__(self):
        return f"{self.proposal}: {self.get_outcome_display()}"
