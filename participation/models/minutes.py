"""Minutes of meetings, written in the Wagtail editor and passed through its workflow, and corrections that stay visible."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Task,
    WorkflowMixin,
)

from participation.enums import MinutesState
from participation.foundation.text import validate_plain_line


class Minutes(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """The minutes of one meeting: drafted from what happened, checked, approved at a later meeting, published."""

    meeting = models.OneToOneField(
        "participation.Meeting", on_delete=models.CASCADE, related_name="minutes", editable=False
    )
    body = RichTextField(
        _("minutes"), blank=True, features=["h3", "h4", "bold", "italic", "ol", "ul", "link", "blockquote"]
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT, editable=False
    )
    written_by = models.ForeignKey(
        "participation.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="minutes_written",
        editable=False,
    )
    approved_at_meeting = models.ForeignKey(
        "participation.Meeting",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="minutes_approved",
        editable=False,
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="minutes")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="minutes",
        for_concrete_model=False,
    )

    panels = [FieldPanel("body")]

    class Meta:
        ordering = ["-meeting__starts_at"]
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self):
        return str(_("Minutes: %(meeting)s") % {"meeting": self.meeting})

    @property
    def revisions(self):
        return self._revisions

    def get_preview_template(self, request, mode_name):
        return "participation/pages/minutes.html"


class MinutesTask(Task):
    """A step of the minutes' workflow that is taken on the committee's own pages: `domain.minutes` approves it."""

    CHECK, APPROVE = "check", "approve"

    step = models.CharField(
        _("step"), max_length=8, choices=[(CHECK, _("check")), (APPROVE, _("approval by a meeting"))]
    )

    admin_form_fields = [*Task.admin_form_fields, "step"]

    class Meta:
        verbose_name = _("step of minutes")
        verbose_name_plural = _("steps of minutes")

    @classmethod
    def get_description(cls):
        return _(
            "Taken on the committee's own pages: minutes are checked there, and approved by a later meeting."
        )


class MinutesCorrection(models.Model):
    """What was corrected in published minutes, when and why; it stays below them for everybody to read."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="corrections")
    text = models.CharField(
        _("what was corrected, and why"), max_length=500, validators=[validate_plain_line]
    )
    corrected_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrected_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["corrected_at", "pk"]
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")

    def __str__(self):
        return self.text
