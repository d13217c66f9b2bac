"""Reads of organisations: what everybody may know of them, and for whom somebody may act."""

import datetime as dt

from django.db.models import Count, QuerySet
from django.utils import timezone

from participation.models import Organisation, OrganisationInvitation, OrganisationPerson, Participant

INVITATION_LASTS = dt.timedelta(days=30)


def public_organisations(
    *, kind: str = "", neighbourhood: str = "", words: str = ""
) -> QuerySet[Organisation]:
    """Return the organisations by name, with `people_count`; their people stay unnamed in public."""
    found = Organisation.objects.select_related("neighbourhood").annotate(people_count=Count("roles"))
    if kind:
        found = found.filter(kind=kind)
    if neighbourhood:
        found = found.filter(neighbourhood__slug=neighbourhood)
    for word in words.split()[:8]:
        found = found.filter(name__icontains=word)
    return found.order_by("name")


def organisations_of(participant: Participant) -> QuerySet[Organisation]:
    """Return those for which the person may act, for the choice “on behalf of”."""
    return Organisation.objects.filter(roles__participant=participant).order_by("name")


def people_of(organisation: Organisation) -> QuerySet[OrganisationPerson]:
    """Return the people with their roles, for who manages the organisation."""
    return organisation.roles.select_related("participant__user").order_by("participant__display_name", "pk")


def open_invitation(organisation: Organisation, participant: Participant) -> OrganisationInvitation | None:
    """Return the invitation of this person that still counts, or None."""
    since = timezone.now() - INVITATION_LASTS
    return organisation.invitations.filter(participant=participant, invited_at__gt=since).first()
