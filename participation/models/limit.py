"""How often something was tried lately, kept in the database so that every server process counts together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptCount(models.Model):
    """The tries of one person at one thing in a stretch of time; `key` is a keyed hash and names nobody."""

    key = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField(db_index=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")

    def __str__(self):
        return f"{self.key[:8]}: {self.used}"
