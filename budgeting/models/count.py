"""Counts, their results per project, and the files everybody can download and check."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting.enums import FileKind


class ElectionFile(models.Model):
    """A file as published, byte for byte (gzip inside the database, so that it commits with what it belongs to)."""

    box = models.ForeignKey("budgeting.BallotBox", on_delete=models.PROTECT, related_name="files")
    area = models.ForeignKey(
        "budgeting.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    kind = models.CharField(max_length=12, choices=FileKind.choices)
    name = models.CharField(max_length=160)
    content_gzip = models.BinaryField()
    size = models.PositiveIntegerField(help_text=_("Bytes before compression."))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("election file")
        verbose_name_plural = _("election files")
        constraints = [models.UniqueConstraint(fields=["box", "name"], name="election_file_names_differ")]

    def __str__(self):
        return self.name


class Count(models.Model):
    """One count of one area: by which rule and version, from which file, with which outcome."""

    box = models.ForeignKey("budgeting.BallotBox", on_delete=models.PROTECT, related_name="counts")
    area = models.ForeignKey("budgeting.Area", on_delete=models.PROTECT, related_name="counts")
    is_official = models.BooleanField(default=True)
    label = models.CharField(max_length=120)
    rule = models.JSONField(help_text=_("The rule with all its settings, as the counting library takes it."))
    engine_version = models.CharField(max_length=40)
    ballots_file = models.ForeignKey(ElectionFile, on_delete=models.PROTECT, related_name="+")
    outcome_file = models.OneToOneField(ElectionFile, on_delete=models.PROTECT, related_name="count")
    ballots = models.PositiveIntegerField()
    spent_cents = models.PositiveBigIntegerField()
    comparison = models.JSONField(
        default=dict, blank=True, help_text=_("Our winners beside an imported file's official ones.")
    )
    analysis = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("What the count meant for the voters, derived from the files and written once."),
    )
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [
            models.UniqueConstraint(
                fields=["box", "area"],
                condition=models.Q(is_official=True),
                name="one_official_count_per_area",
            ),
        ]

    def __str__(self):
        return self.label


class ProjectResult(models.Model):
    """What a count says of one project: votes, funded or not, and why as data for a sentence."""

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="results")
    project = models.ForeignKey("budgeting.Project", on_delete=models.CASCADE, related_name="results")
    position = models.PositiveIntegerField()
    votes = models.PositiveIntegerField(help_text=_("Ballots that name the project."))
    score = models.PositiveBigIntegerField(help_text=_("Votes, or points where ballots give points."))
    is_funded = models.BooleanField()
    reason = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        verbose_name = _("project result")
        verbose_name_plural = _("project results")
        constraints = [
            models.UniqueConstraint(fields=["count", "project"], name="one_result_per_count_and_project")
        ]

    def __str__(self):
        return f"{self.project}: {self.votes}"
