"""Personal programmes: sessions somebody starred, with or without an account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A personal programme. Who knows `key` may read it: it stands in the address of its feed and in mailed links.

    One that belongs to nobody is kept by a browser's cookie; `merged_into` lets the feeds of a programme go on that was
    taken into an account which had one already.
    """

    key = models.CharField(max_length=40, unique=True)
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="festival_plans",
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("personal programme")
        verbose_name_plural = _("personal programmes")
        indexes = [models.Index(fields=["used_at"], name="plans_by_use")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(participant__isnull=False),
                name="one_plan_per_participant",
            ),
        ]

    def __str__(self):
        return str(self.pk)


class PlannedSession(models.Model):
    """A starred session, with what its owner last saw of it: `seen_*` against the session as it is tells what changed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="planned")
    session = models.ForeignKey("learning_events.Session", on_delete=models.CASCADE, related_name="planned")
    added_at = models.DateTimeField(auto_now_add=True)
    seen_starts_at = models.DateTimeField()
    seen_ends_at = models.DateTimeField()
    seen_where = models.CharField(max_length=300, blank=True)
    seen_status = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("planned session")
        verbose_name_plural = _("planned sessions")
        constraints = [models.UniqueConstraint(fields=["plan", "session"], name="session_planned_once")]

    def __str__(self):
        return f"{self.plan_id}: {self.session_id}"
