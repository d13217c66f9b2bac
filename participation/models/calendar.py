"""The key to a person's own calendar of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarKey(models.Model):
    """Opens the calendar of all committees of one person, without signing in; only a digest of it is kept."""

    participant = models.OneToOneField(
        "participation.Participant", on_delete=models.CASCADE, related_name="calendar_key"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("key to a calendar")
        verbose_name_plural = _("keys to calendars")

    def __str__(self):
        return str(self.participant)
