"""Notices in the site, and mails waiting to leave it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """One notice for one person, shown in the site."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    discussion = models.ForeignKey(
        "participation.Discussion",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=255)
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["participant", "read_at", "-created_at"], name="notifications_of_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "dedupe_key"], name="one_notification_per_person_and_event"
            )
        ]

    def __str__(self):
        return self.title


class OutgoingMail(models.Model):
    """A mail written in the same transaction as its cause, and sent after the commit with retries.

    It goes to a user's address as it is when the mail leaves, or, for somebody without an account, to `address`, which is
    erased with the text.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="outgoing_mails",
    )
    address = models.EmailField(_("address of somebody without an account"), blank=True)
    notification = models.OneToOneField(
        Notification, null=True, blank=True, on_delete=models.CASCADE, related_name="mail"
    )
    meeting = models.ForeignKey(
        "participation.Meeting",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The meeting that the mail carries for calendar programs."),
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    dedupe_key = models.CharField(max_length=180, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField(max_length=60, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="mails_to_send",
                condition=models.Q(sent_at=None, dropped_because=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(address=""), name="mail_to_user_or_address"
            )
        ]

    def __str__(self):
        return self.subject

    @property
    def recipient(self) -> str:
        return self.user.email if self.user else self.address


class Unsubscription(models.Model):
    """A source of notices that a person does not want by mail any more: a kind, or one discussion of it."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="unsubscriptions"
    )
    kind = models.CharField(max_length=60)
    discussion = models.ForeignKey(
        "participation.Discussion", null=True, blank=True, on_delete=models.CASCADE
    )
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("unsubscription")
        verbose_name_plural = _("unsubscriptions")
        constraints = [
            # NULLs differ from each other in a unique key, so "the whole kind" needs a constraint of its own (V5).
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=models.Q(discussion=None),
                name="one_unsubscription_per_kind",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "discussion"],
                condition=models.Q(discussion__isnull=False),
                name="one_unsubscription_per_discussion",
            ),
        ]

    def __str__(self):
        return f"{self.participant}: {self.kind}"
