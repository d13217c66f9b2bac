"""Changes that organisers ask for once they cannot make them themselves any more."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_events.enums import ChangeState


class ChangeRequest(models.Model):
    """A wish to change a published event or one of its sessions; an editor grants it or says why not.

    `wishes` holds what is changed when it is granted, by the names of the facts (`domain.change` says how).
    """

    event = models.ForeignKey(
        "learning_events.EventPage", on_delete=models.CASCADE, related_name="change_requests"
    )
    session = models.ForeignKey(
        "learning_events.Session",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="change_requests",
        verbose_name=_("session"),
    )
    participant = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="change_requests"
    )
    text = models.TextField(_("what should change, and why"), max_length=2000)
    wishes = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.OPEN, db_index=True
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("request for a change")
        verbose_name_plural = _("requests for changes")

    def __str__(self):
        return f"{self.event} ({self.get_state_display()})"
