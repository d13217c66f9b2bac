"""What people may do inside a committee, apart from who is a member."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.enums import AccessLevel
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Committee, CommitteeAccess, Participant
from participation.rules import may_lead_committee


@transaction.atomic
def set_access(committee: Committee, *, participant: Participant, level: int, by) -> CommitteeAccess:
    """Let somebody do more or less inside. Raises NotAllowed, Invalid ("level"), and Conflict for its last lead."""
    _refuse_who_does_not_lead(by, committee)
    if level not in AccessLevel.values:
        raise Invalid(_("Please choose what the person may do."), field="level")
    _locked(committee)
    access = committee.accesses.filter(participant=participant).first()
    if access is None:
        access = CommitteeAccess.objects.create(committee=committee, participant=participant, level=level)
    elif access.level != level:
        if level < AccessLevel.LEAD:
            _keep_a_lead(access)
        access.level = level
        access.save(update_fields=["level"])
    record("participation.access.set", committee, by=by, access=access.pk, level=int(level))
    return access


@transaction.atomic
def take_access(committee: Committee, *, participant: Participant, by) -> None:
    """End what somebody may do inside: who leads may, and everybody for themselves. Raises Conflict for the last lead."""
    if getattr(by, "pk", None) != participant.user_id:
        _refuse_who_does_not_lead(by, committee)
    _locked(committee)
    access = committee.accesses.filter(participant=participant).first()
    if access is None:
        raise Missing
    _keep_a_lead(access)
    record("participation.access.take", committee, by=by, access=access.pk)
    access.delete()


def raise_access(committee: Committee, participant: Participant, level: int) -> CommitteeAccess:
    """Let somebody do at least this much, as their seat or an accepted invitation says; never less than before."""
    access, is_new = CommitteeAccess.objects.select_for_update().get_or_create(
        committee=committee, participant=participant, defaults={"level": level}
    )
    if not is_new and access.level < level:
        access.level = level
        access.save(update_fields=["level"])
    return access


def _refuse_who_does_not_lead(user, committee: Committee) -> None:
    if not may_lead_committee(user, committee):
        raise NotAllowed(_("Only who leads the committee may say who else may do what there."))


def _locked(committee: Committee) -> None:
    Committee.objects.select_for_update().get(pk=committee.pk)


def _keep_a_lead(leaving: CommitteeAccess) -> None:
    others = CommitteeAccess.objects.filter(
        committee_id=leaving.committee_id, level=AccessLevel.LEAD
    ).exclude(pk=leaving.pk)
    if leaving.level == AccessLevel.LEAD and not others.exists():
        raise Conflict(_("Somebody has to lead the committee. Please let another person lead it first."))
