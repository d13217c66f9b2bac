"""Who acts for an organisation: its managers invite people, who decide themselves."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.notification import notify
from participation.enums import OrganisationRole
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Organisation, OrganisationInvitation, OrganisationPerson, Participant
from participation.queries.organisation import INVITATION_LASTS, open_invitation
from participation.rules import is_signed_in, may_manage_organisation


@transaction.atomic
def invite_person(organisation: Organisation, *, email: str, role: str, by) -> None:
    """Ask the person with this e-mail address to act for the organisation.

    Nothing shows whether there is such an account: not the answer, not the list of people, which has only who agreed
    (S2). An open invitation is not told again. Raises NotAllowed, and Invalid (field "role") for an unknown role.
    """
    _refuse_who_does_not_manage(by, organisation)
    if role not in OrganisationRole.values:
        raise Invalid(_("Please choose what the person may do."), field="role")
    person = Participant.objects.filter(user__email__iexact=email.strip(), user__is_active=True).first()
    if person is None or organisation.roles.filter(participant=person).exists():
        return
    invitation, is_new = OrganisationInvitation.objects.get_or_create(
        organisation=organisation, participant=person, defaults={"role": role}
    )
    if not is_new:
        invitation.role = role
        if timezone.now() - invitation.invited_at > INVITATION_LASTS:
            invitation.invited_at = timezone.now()
        invitation.save(update_fields=["role", "invited_at"])
    notify(
        person,
        kind="participation.invitation",
        title=format_lazy(_("{name} asks you to act for it"), name=organisation.name),
        text=_("You can say yes or no. Nobody sees that you were asked."),
        path=reverse("participation:organisation_invitation", args=[organisation.slug]),
        dedupe_key=f"invitation-{invitation.pk}-{invitation.invited_at:%Y%m%d%H%M%S%f}",
    )


@transaction.atomic
def accept_invitation(organisation: Organisation, *, participant: Participant) -> OrganisationPerson:
    """Begin to act for the organisation; the invitation is used up. Raises Missing without an open one (S6)."""
    if not is_signed_in(participant.user):
        raise NotAllowed(_("Please sign in first."))
    _locked(organisation)
    invitation = open_invitation(organisation, participant)
    if invitation is None:
        raise Missing
    person, _is_new = OrganisationPerson.objects.get_or_create(
        organisation=organisation, participant=participant, defaults={"role": invitation.role}
    )
    invitation.delete()
    record("participation.organisation.appoint", organisation, by=participant.user, role=str(person.role))
    return person


def decline_invitation(organisation: Organisation, *, participant: Participant) -> None:
    """Say no; nobody is told. Raises Missing without an open invitation."""
    invitation = open_invitation(organisation, participant)
    if invitation is None:
        raise Missing
    invitation.delete()


@transaction.atomic
def change_role(organisation: Organisation, *, participant: Participant, role: str, by) -> OrganisationPerson:
    """Make somebody who acts for the organisation its manager, or a manager an ordinary member.

    Raises Conflict when nobody would manage it any more, Missing for who does not act for it.
    """
    _locked(organisation)
    _refuse_who_does_not_manage(by, organisation)
    if role not in OrganisationRole.values:
        raise Invalid(_("Please choose what the person may do."), field="role")
    person = _person(organisation, participant)
    if role != OrganisationRole.MANAGER:
        _keep_a_manager(organisation, person)
    person.role = role
    person.save(update_fields=["role"])
    record("participation.organisation.appoint", organisation, by=by, role=str(role))
    return person


@transaction.atomic
def remove_person(organisation: Organisation, *, participant: Participant, by) -> None:
    """End that somebody acts for the organisation: its managers may, and everybody for themselves.

    Raises Conflict when nobody would manage it any more, Missing for who does not act for it.
    """
    _locked(organisation)
    if by.pk != participant.user_id:
        _refuse_who_does_not_manage(by, organisation)
    person = _person(organisation, participant)
    _keep_a_manager(organisation, person)
    person.delete()
    record("participation.organisation.remove", organisation, by=by)


def _refuse_who_does_not_manage(user, organisation: Organisation) -> None:
    if not may_manage_organisation(user, organisation):
        raise NotAllowed(_("Only who manages the organisation may do this."))


def _locked(organisation: Organisation) -> None:
    # Two managers who remove each other at the same moment wait for each other here.
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _person(organisation: Organisation, participant: Participant) -> OrganisationPerson:
    person = organisation.roles.filter(participant=participant).first()
    if person is None:
        raise Missing
    return person


def _keep_a_manager(organisation: Organisation, leaving: OrganisationPerson) -> None:
    others = organisation.roles.filter(role=OrganisationRole.MANAGER).exclude(pk=leaving.pk)
    if leaving.role == OrganisationRole.MANAGER and not others.exists():
        raise Conflict(
            _("Somebody has to manage the organisation. Please make another person its manager first.")
        )
