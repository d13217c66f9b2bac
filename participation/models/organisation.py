"""Organisations, and the people who act for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from participation.enums import OrganisationKind, OrganisationRole
from participation.foundation.text import validate_plain_line


class Organisation(index.Indexed, models.Model):
    """A community group, school, firm or institution."""

    name = models.CharField(_("name"), max_length=120, unique=True, validators=[validate_plain_line])
    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind.choices, default=OrganisationKind.COMMUNITY
    )
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    is_trusted = models.BooleanField(
        _("publishes without asking"),
        default=False,
        help_text=_("What its people register or submit is public at once; nobody has to check it first."),
    )
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisations",
        verbose_name=_("neighbourhood"),
    )
    people = models.ManyToManyField(
        "participation.Participant", through="participation.OrganisationPerson", related_name="organisations"
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("description"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


class OrganisationPerson(models.Model):
    """Somebody who may act for an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="organisation_roles"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=OrganisationRole.choices, default=OrganisationRole.MEMBER
    )
    since_on = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("person of an organisation")
        verbose_name_plural = _("people of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant"], name="one_role_per_organisation_and_person"
            )
        ]

    def __str__(self):
        return f"{self.participant} – {self.organisation}"


class OrganisationInvitation(models.Model):
    """A manager's wish that somebody acts for an organisation; it counts for nothing until that person agrees."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="organisation_invitations"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=OrganisationRole.choices, default=OrganisationRole.MEMBER
    )
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to an organisation")
        verbose_name_plural = _("invitations to organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant"], name="one_invitation_per_organisation_and_person"
            )
        ]

    def __str__(self):
        return f"{self.participant} – {self.organisation}"
