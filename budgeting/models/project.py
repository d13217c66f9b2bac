"""Projects: what is on the ballot, and what becomes of it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from budgeting.enums import ProjectStatus
from participation.foundation.text import validate_plain_line


class Project(index.Indexed, models.Model):
    """One entry of a ballot, made of one or more proposals. `code` is its id in the published files."""

    budget = models.ForeignKey(
        "budgeting.ParticipatoryBudget", on_delete=models.CASCADE, related_name="projects"
    )
    area = models.ForeignKey(
        "budgeting.Area", on_delete=models.PROTECT, related_name="projects", verbose_name=_("area")
    )
    proposals = models.ManyToManyField("budgeting.Proposal", related_name="projects", blank=True)
    discussion = models.ForeignKey(
        "participation.Discussion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
        editable=False,
    )
    code = models.CharField(_("number on the ballot"), max_length=60)
    title = models.CharField(_("title"), max_length=500, validators=[validate_plain_line])
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    cost_cents = models.PositiveBigIntegerField(_("cost"))
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ProjectStatus.choices, default=ProjectStatus.ON_BALLOT
    )
    source = models.JSONField(
        _("further columns of an imported file"), default=dict, blank=True, editable=False
    )

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("budget"),
    ]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [models.Index(fields=["budget", "area", "status"], name="projects_of_area")]
        constraints = [
            models.UniqueConstraint(fields=["budget", "code"], name="project_codes_differ_in_a_budget"),
        ]

    def __str__(self):
        return self.title


class Milestone(models.Model):
    """A step a funded project has promised, and when it was reached."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("step"), max_length=200, validators=[validate_plain_line])
    due_on = models.DateField(_("planned for"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return self.title


class ProjectUpdate(models.Model):
    """News of a funded project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    author = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, validators=[validate_plain_line])
    text = models.TextField(_("what happened"), max_length=5000)
    spent_cents = models.PositiveBigIntegerField(
        _("spent so far"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("project update")
        verbose_name_plural = _("project updates")

    def __str__(self):
        return self.title
