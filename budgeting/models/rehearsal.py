"""Rehearsals of a count: rules tried side by side on invented or published ballots, before a vote."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting.enums import RehearsalBallots, RehearsalState


class Rehearsal(models.Model):
    """One try: which ballots, which rules, how far it is, and what came out. Nobody's ballot is kept in it."""

    MAX_VOTERS = 100_000

    area = models.ForeignKey("budgeting.Area", on_delete=models.CASCADE, related_name="rehearsals")
    ballots = models.CharField(_("ballots"), max_length=12, choices=RehearsalBallots.choices)
    voters = models.PositiveIntegerField(
        _("number of voters"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_VOTERS)],
    )
    seed = models.CharField(_("seed"), max_length=60, blank=True)
    rules = models.JSONField(help_text=_("The names of the rules to try."))
    state = models.CharField(max_length=10, choices=RehearsalState.choices, default=RehearsalState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text=_("In percent."))
    outcome = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="rehearsal_progress_is_in_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(ballots="published") | models.Q(voters__gte=1),
                name="invented_ballots_have_voters",
            ),
        ]

    def __str__(self):
        return f"{self.area} ({self.get_ballots_display()})"
