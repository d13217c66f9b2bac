"""Printed programmes: editions with the programme as it was when they were made, and their files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_events.enums import EditionState, PrintForm, PrintOrder


class PrintEdition(models.Model):
    """One printing of a festival's programme. Once it is published, what changes later is a change since print.

    `programme` is what was printed: session uid -> event, title, starts_at and ends_at (UTC, ISO 8601), zone, where, status.
    """

    festival = models.ForeignKey(
        "learning_events.Festival", on_delete=models.CASCADE, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=10, choices=EditionState.choices, default=EditionState.WAITING
    )
    progress = models.PositiveSmallIntegerField(_("made so far, in percent"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    programme = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    printed_at = models.DateTimeField(_("state of the programme"))
    touched_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("printed edition")
        verbose_name_plural = _("printed editions")
        constraints = [
            models.UniqueConstraint(fields=["festival", "number"], name="edition_number_once_per_festival"),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="edition_progress_is_in_percent"
            ),
        ]

    def __str__(self):
        return f"{self.number}"


class PrintedFile(models.Model):
    """One finished PDF of an edition."""

    edition = models.ForeignKey(PrintEdition, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(_("form"), max_length=10, choices=PrintForm.choices)
    order = models.CharField(_("in the order of"), max_length=13, choices=PrintOrder.choices)
    pages = models.PositiveIntegerField(_("pages"))
    size = models.PositiveIntegerField(_("size in bytes"))
    content = models.BinaryField()

    class Meta:
        ordering = ["form", "order"]
        verbose_name = _("printed file")
        verbose_name_plural = _("printed files")
        constraints = [
            models.UniqueConstraint(fields=["edition", "form", "order"], name="one_file_per_form_and_order"),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.form} {self.order}"
