"""Decisions and action items, for pages, exports and the API."""

from django.db.models import QuerySet

from participation.enums import ActionState
from participation.foundation.errors import Missing
from participation.models import ActionItem, Committee, Decision
from participation.queries.committee import public_committees
from participation.rules import may_read_committee


def decisions_of(user, committee: Committee) -> QuerySet[Decision]:
    """Return a committee's decisions, the newest first, for who may read it."""
    if not may_read_committee(user, committee):
        return Decision.objects.none()
    return Decision.objects.filter(committee=committee).select_related(
        "meeting", "motion", "replaced_by", "discussion"
    )


def decision_for(user, committee: Committee, pk: int) -> Decision:
    """Return one decision; raises Missing."""
    found = decisions_of(user, committee).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Missing
    return found


def actions_of(user, committee: Committee) -> QuerySet[ActionItem]:
    """Return a committee's action items, open ones first and those due soonest, for who may read it."""
    if not may_read_committee(user, committee):
        return ActionItem.objects.none()
    return ActionItem.objects.filter(committee=committee).select_related("meeting", "participant")


def action_for(user, committee: Committee, pk: int) -> ActionItem:
    """Return one action item; raises Missing."""
    found = actions_of(user, committee).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Missing
    found.committee = committee
    return found


def own_actions(participant) -> QuerySet[ActionItem]:
    """Return what somebody has to do in all committees, what is due soonest first."""
    return (
        ActionItem.objects.filter(participant=participant, state=ActionState.OPEN, committee__live=True)
        .select_related("committee")
        .order_by("due_on", "pk")
    )


def public_decisions() -> QuerySet[Decision]:
    """Return the decisions that everybody may read."""
    return Decision.objects.filter(committee__in=public_committees()).select_related(
        "committee", "meeting", "motion"
    )


def public_actions() -> QuerySet[ActionItem]:
    """Return the action items that everybody may read."""
    return ActionItem.objects.filter(committee__in=public_committees()).select_related("committee", "meeting")
