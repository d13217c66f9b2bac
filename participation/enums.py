"""The closed lists of the participation plugin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerificationMethod(models.TextChoices):
    REGISTER = "register", _("residents' register")
    DESK = "desk", _("at the desk")
    EXTERNAL = "external", _("another service")


class OrganisationKind(models.TextChoices):
    COMMUNITY = "community", _("community group")
    SCHOOL = "school", _("school")
    INSTITUTION = "institution", _("public institution")
    FIRM = "firm", _("firm")


class OrganisationRole(models.TextChoices):
    MANAGER = "manager", _("manages the organisation here")
    MEMBER = "member", _("acts for the organisation")


class CommentState(models.TextChoices):
    VISIBLE = "visible", _("visible")
    HIDDEN = "hidden", _("hidden by a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
