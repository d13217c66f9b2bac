"""Moderation: what people flag, what moderators decide with their reasons, and the appeals against it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from participation.enums import AppealState, FlagReason, ModerationOutcome


class ModerationDecision(models.Model):
    """What a moderator decided about a comment; `reason` is what its author (and, of a hidden one, everybody) reads."""

    comment = models.ForeignKey("participation.Comment", on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=8, choices=ModerationOutcome.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ModerationOutcome.HIDE) | ~Q(reason=""),
                name="decision_hides_with_reason",
            )
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.comment}"


class CommentFlag(models.Model):
    """Somebody asks moderators to look at a comment; `decision` is what came of it."""

    comment = models.ForeignKey("participation.Comment", on_delete=models.CASCADE, related_name="flags")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="flags"
    )
    reason = models.CharField(_("what is wrong"), max_length=10, choices=FlagReason.choices)
    note = models.CharField(_("in your own words"), max_length=300, blank=True)
    flagged_at = models.DateTimeField(auto_now_add=True)
    decision = models.ForeignKey(
        ModerationDecision, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["flagged_at", "pk"]
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        indexes = [models.Index(fields=["comment"], condition=Q(decision=None), name="open_flags_of_comment")]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "participant"], name="one_flag_per_person_and_comment"
            ),
            models.CheckConstraint(
                condition=~Q(reason=FlagReason.OTHER) | ~Q(note=""), name="flag_for_something_else_says_what"
            ),
        ]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.comment}"


class Appeal(models.Model):
    """The author of a hidden comment asks somebody else to look again: one appeal for each decision."""

    decision = models.OneToOneField(ModerationDecision, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("why the comment should be shown"), max_length=1000)
    appealed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["appealed_at", "pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [models.Index(fields=["state", "appealed_at"], name="appeals_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN, answered_at=None)
                | (~Q(state=AppealState.OPEN) & Q(answered_at__isnull=False)),
                name="appeal_answered_at_a_time",
            )
        ]

    def __str__(self):
        return self.text[:60]


@register_setting(icon="comment")
class DiscussionSettings(BaseSiteSetting):
    """What the site says about how people talk here."""

    code_of_conduct = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page with the code of conduct"),
        help_text=_("Every form for a comment leads to it."),
    )

    panels = [
        HelpPanel(content=_("Say in plain words what is welcome, what moderators hide, and how to appeal.")),
        PageChooserPanel("code_of_conduct"),
    ]

    class Meta:
        verbose_name = _("Discussions")
