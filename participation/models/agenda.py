"""The agenda of a meeting: timed, nested items with documents, and who stays out of one for a conflict of interest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import AgendaItemKind, AgendaItemState
from participation.foundation.text import validate_plain_line


class AgendaItem(models.Model):
    """One item of an agenda, or a suggestion for one; items may stand below another, one level deep.

    `from_action` and `from_motion` say what returned by itself: an action that is still open, a motion that was put off.
    `notes` is what the secretary types during the meeting.
    """

    meeting = models.ForeignKey(
        "participation.Meeting", on_delete=models.CASCADE, related_name="agenda_items"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    text = models.TextField(_("what it is about"), blank=True, max_length=5000)
    kind = models.CharField(
        _("kind"), max_length=12, choices=AgendaItemKind.choices, default=AgendaItemKind.DISCUSSION
    )
    minutes = models.PositiveSmallIntegerField(_("minutes planned"), default=10)
    extra_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AgendaItemState.choices, default=AgendaItemState.ON_AGENDA
    )
    answer = models.CharField(_("reason for declining"), max_length=300, blank=True)
    suggested_by = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggested_items",
    )
    suggested_at = models.DateTimeField(auto_now_add=True)
    from_action = models.ForeignKey(
        "participation.ActionItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="returns"
    )
    from_motion = models.ForeignKey(
        "participation.Motion", null=True, blank=True, on_delete=models.SET_NULL, related_name="returns"
    )
    approves_minutes = models.ForeignKey(
        "participation.Minutes", null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals"
    )
    is_heading_of_actions = models.BooleanField(default=False, editable=False)
    discussion = models.OneToOneField(
        "participation.Discussion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_item",
        editable=False,
    )
    notes = models.TextField(_("notes for the minutes"), blank=True, max_length=20000)
    notes_version = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        indexes = [models.Index(fields=["meeting", "state", "position"], name="items_of_meeting")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "from_action"],
                condition=Q(from_action__isnull=False),
                name="an_action_returns_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "from_motion"],
                condition=Q(from_motion__isnull=False),
                name="a_motion_returns_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "approves_minutes"],
                condition=Q(approves_minutes__isnull=False),
                name="minutes_are_approved_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgendaItemState.DECLINED) | ~Q(answer=""),
                name="item_declined_with_reason",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_heading_of_actions=True), name="one_heading_of_actions"
            ),
        ]

    def __str__(self):
        return self.title


class AgendaDocument(models.Model):
    """A file that belongs to an item; only who may read the item gets it.

    It lies in the database, as printed editions do: no folder that a web server hands out without asking, and no file is
    left behind when a row goes or a transaction fails.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    name = models.CharField(_("name of the file"), max_length=120)
    content = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    added_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("document of an item")
        verbose_name_plural = _("documents of items")

    def __str__(self):
        return self.title


class Recusal(models.Model):
    """A member who declared a conflict of interest: no vote and no word on this item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    membership = models.ForeignKey(
        "participation.Membership", on_delete=models.PROTECT, related_name="recusals"
    )
    reason = models.CharField(_("reason"), max_length=300, validators=[validate_plain_line])
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["declared_at", "pk"]
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(fields=["item", "membership"], name="one_recusal_per_item_and_member")
        ]

    def __str__(self):
        return f"{self.membership} – {self.item}"
