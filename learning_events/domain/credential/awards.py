"""What all steps of a badge share: the award as it is now, the way to it, and the cleaning of what people typed."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning_events.models import Award
from participation.foundation.errors import Invalid, Missing
from participation.foundation.text import clean_line

NAME_AT_MOST = 100


def locked(award: Award) -> Award:
    """Return the award as it is now, held until the transaction ends; raises Missing."""
    found = (
        Award.objects.select_for_update(of=("self",))
        .select_related(
            "achievement__organisation",
            "achievement__picture",
            "participant",
            "status_list",
            "event",
            "pathway",
        )
        .filter(pk=award.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def may_hold(award: Award, by) -> None:
    """Refuse who is not the person of an award that belongs to an account; the key alone opens the others."""
    if award.participant_id is not None and award.participant_id != getattr(
        getattr(by, "participant", None), "pk", None
    ):
        raise Missing


def holder_path(award: Award) -> str:
    return reverse("learning_events:own_badge", args=[award.holder_key])


def checked_wishes(name: str, is_minor: bool, guardian_email: str) -> tuple[str, str]:
    """Return the name to print and the guardian's address, cleaned; raises Invalid naming the field."""
    name = clean_line(name)
    if len(name) > NAME_AT_MOST:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": NAME_AT_MOST}, field="name")
    if not is_minor:
        return name, ""
    if not guardian_email.strip():
        raise Invalid(
            _("Please give the e-mail address of a parent or guardian. We ask them whether they agree."),
            field="guardian_email",
        )
    return name, clean_address(guardian_email, "guardian_email")


def consent_age() -> int:
    return getattr(settings, "CREDENTIAL_CONSENT_AGE", 16)


def forget(award: Award) -> None:
    award.email = award.guardian_email = award.name = ""
    award.is_minor = False


def clean_address(email: str, field: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(
            _("Please write a whole e-mail address, for example name@example.org."), field=field
        ) from None
    return address
