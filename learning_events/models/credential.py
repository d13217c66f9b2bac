"""Badges: what can be earned, who has earned it, and the public parts of what signs and revokes them."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from learning_events.credentials import bits
from learning_events.enums import AwardState, Earned
from participation.foundation.text import validate_plain_line


def new_secret() -> str:
    """Return 132 random bits as the last part of an address that nobody guesses."""
    return secrets.token_urlsafe(16)


class IssuerKey(models.Model):
    """The public part of a key that signs badges; the private part is a file outside of the database (`domain.issuer`)."""

    name = models.CharField(max_length=20, unique=True)
    public_pem = models.TextField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("key of badges")
        verbose_name_plural = _("keys of badges")

    def __str__(self):
        return self.name


class StatusList(models.Model):
    """Which badges are revoked, one bit each. `taken` bits are never given out again, even if their award is erased."""

    taken = models.BinaryField(default=bits.blank)
    revoked = models.BinaryField(default=bits.blank)
    number_taken = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("list of revoked badges")
        verbose_name_plural = _("lists of revoked badges")

    def __str__(self):
        return str(self.pk)


class Achievement(ClusterableModel):
    """Something that can be learned, and the badge that shows it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_line])
    description = models.CharField(
        _("in one sentence"), max_length=300, help_text=_("What the badge stands for.")
    )
    criteria = models.TextField(
        _("what one has learned or done to get it"),
        max_length=2000,
        help_text=_("Whoever is shown the badge reads this. Write only what really is asked of people."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="achievements",
        verbose_name=_("organisation that stands behind it"),
        help_text=_("Empty: the city."),
    )
    festival = models.ForeignKey(
        "learning_events.Festival",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="achievements",
        verbose_name=_("festival"),
    )
    is_active = models.BooleanField(_("can be earned at present"), default=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("badge")
        verbose_name_plural = _("badges")

    def __str__(self):
        return self.name


class EventAchievement(models.Model):
    """An event at which a badge can be earned."""

    achievement = ParentalKey(Achievement, on_delete=models.CASCADE, related_name="event_links")
    event = models.ForeignKey(
        "learning_events.EventPage",
        on_delete=models.CASCADE,
        related_name="achievement_links",
        verbose_name=_("event"),
    )

    class Meta:
        verbose_name = _("event with a badge")
        verbose_name_plural = _("events with a badge")
        constraints = [
            models.UniqueConstraint(fields=["achievement", "event"], name="badge_once_at_an_event")
        ]

    def __str__(self):
        return f"{self.event}: {self.achievement}"


class Award(models.Model):
    """A badge offered to somebody, and what became of it; changed by `domain.credential` alone.

    `key` opens the public page, `holder_key` the holder's own. `name` is printed as the person wants it. An e-mail address is
    kept until the person has decided, a guardian's until the guardian has. `credential` is the signed text.
    """

    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="awards")
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="awards",
    )
    email = models.EmailField(_("e-mail to pick it up"), blank=True)
    name = models.CharField(_("name on the badge"), max_length=100, blank=True)
    key = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    holder_key = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    credential_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AwardState.choices, default=AwardState.OFFERED
    )
    earned = models.CharField(_("how"), max_length=10, choices=Earned.choices, default=Earned.GIVEN)
    event = models.ForeignKey(
        "learning_events.EventPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="awards"
    )
    pathway = models.ForeignKey(
        "learning_events.Pathway", null=True, blank=True, on_delete=models.SET_NULL, related_name="awards"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField(_("offered at"))
    issued_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    is_minor = models.BooleanField(default=False)
    guardian_email = models.EmailField(blank=True)
    consent_at = models.DateTimeField(_("guardian agreed at"), null=True, blank=True)
    credential = models.TextField(blank=True)
    status_list = models.ForeignKey(
        StatusList, null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    status_index = models.PositiveIntegerField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("why it was revoked"), max_length=300, blank=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        permissions = [("give_badges", "Can give and revoke badges")]
        indexes = [
            models.Index(fields=["achievement", "state"], name="awards_of_badge"),
            models.Index(fields=["state", "offered_at"], name="awards_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "achievement"],
                condition=Q(
                    participant__isnull=False,
                    state__in=[AwardState.OFFERED, AwardState.WAITING, AwardState.ACCEPTED],
                ),
                name="badge_once_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"],
                condition=Q(status_list__isnull=False, status_index__isnull=False),
                name="one_award_for_a_bit",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[AwardState.ACCEPTED, AwardState.REVOKED], issued_at__isnull=False)
                    & Q(status_list__isnull=False, status_index__isnull=False)
                    & ~Q(credential="")
                )
                | (
                    Q(state__in=[AwardState.OFFERED, AwardState.WAITING, AwardState.DECLINED])
                    & Q(credential="", issued_at__isnull=True, status_list__isnull=True)
                ),
                name="award_signed_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(is_minor=False) | Q(credential="") | Q(consent_at__isnull=False),
                name="award_of_minor_with_consent",
            ),
        ]

    def __str__(self):
        return f"{self.achievement} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in (AwardState.OFFERED, AwardState.WAITING)

    @property
    def is_public(self) -> bool:
        return self.state in (AwardState.ACCEPTED, AwardState.REVOKED)
