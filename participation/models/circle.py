"""What study circles share: things to read, hear and use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.foundation.text import validate_plain_line


class SharedResource(models.Model):
    """Something a committee or study circle shares: a link or a document with a word about it.

    Documents lie in the database, as those of agendas do: only who may read the committee gets them.
    """

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="resources"
    )
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    address = models.URLField(_("address"), max_length=300, blank=True)
    name = models.CharField(_("name of the file"), max_length=120, blank=True)
    content = models.BinaryField(default=b"", editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    note = models.CharField(_("what it is good for"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("shared resource")
        verbose_name_plural = _("shared resources")

    def __str__(self):
        return self.title
