"""People who take part, and the residents' register that says who may vote."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.enums import VerificationMethod
from participation.foundation.text import validate_plain_line


class RegisterImport(models.Model):
    """One upload of the residents' register: who brought it in, when, and what it held."""

    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)
    file_sha256 = models.CharField(max_length=64)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-imported_at"]
        verbose_name = _("register import")
        verbose_name_plural = _("register imports")

    def __str__(self):
        return f"{self.imported_at:%Y-%m-%d %H:%M} (+{self.added})"


class RegisterEntry(models.Model):
    """One resident in the register: a keyed hash instead of a number or name, and what decides eligibility.

    `person_key` is HMAC-SHA256 of the normalised register number and date of birth under REGISTER_SECRET, so the
    register holds neither; `may_vote_from` is the day the person reaches the voting age, instead of the birthday.
    """

    person_key = models.CharField(max_length=64, unique=True, editable=False)
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        on_delete=models.PROTECT,
        related_name="register_entries",
        verbose_name=_("neighbourhood"),
    )
    may_vote_from = models.DateField(_("may vote from"), null=True, blank=True)
    is_active = models.BooleanField(_("lives in the city"), default=True)
    brought_in_by = models.ForeignKey(
        RegisterImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        indexes = [
            models.Index(fields=["neighbourhood", "is_active", "may_vote_from"], name="register_eligible")
        ]
        permissions = [("import_register", "Can import the residents' register")]

    def __str__(self):
        return f"{self.neighbourhood} {self.person_key[:8]}"


class Participant(models.Model):
    """A person on the site: the public name, the neighbourhood, and whether the city knows them as a resident."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participant"
    )
    display_name = models.CharField(
        _("name shown to others"), max_length=80, validators=[validate_plain_line]
    )
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participants",
        verbose_name=_("neighbourhood"),
    )
    register_entry = models.OneToOneField(
        RegisterEntry,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participant",
        editable=False,
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)
    verified_by = models.CharField(
        _("verified by"), max_length=20, choices=VerificationMethod.choices, blank=True, editable=False
    )
    wants_mail = models.BooleanField(_("send me notices by e-mail"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        permissions = [("verify_at_desk", "Can verify residents at the desk")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True, verified_by="")
                | (models.Q(verified_at__isnull=False) & ~models.Q(verified_by="")),
                name="participant_verified_with_method",
            )
        ]

    def __str__(self):
        return self.display_name

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None and self.register_entry_id is not None
