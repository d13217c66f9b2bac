"""The plan of a study circle, what it shares, and circles near somebody."""

from django.db.models import QuerySet

from participation.enums import CommitteeKind, MeetingState
from participation.foundation.errors import Missing
from participation.models import Committee, Meeting, Neighbourhood, SharedResource
from participation.queries.committee import public_committees
from participation.queries.meeting import meetings_of
from participation.rules import may_read_committee


def plan_of(user, committee: Committee) -> list[Meeting]:
    """Return the sessions of the newest series that `user` may know of, in the order of time."""
    sessions = meetings_of(user, committee).exclude(state=MeetingState.CANCELLED)
    newest = (
        sessions.filter(series__isnull=False).order_by("-series").values_list("series", flat=True).first()
    )
    return list(sessions.filter(series=newest).order_by("starts_at", "pk")) if newest else []


def resource_for(user, committee: Committee, pk: int) -> SharedResource:
    """Return one thing that the committee shares; raises Missing."""
    found = None
    if pk < 2**63 and may_read_committee(user, committee):
        found = SharedResource.objects.filter(committee=committee, pk=pk).first()
    if found is None:
        raise Missing
    found.committee = committee
    return found


def circles_near(neighbourhood: Neighbourhood | None) -> QuerySet[Committee]:
    """Return the public study circles of a neighbourhood, and of the whole city where none is given."""
    circles = public_committees().filter(kind=CommitteeKind.CIRCLE).select_related("locale")
    return circles.filter(neighbourhood=neighbourhood).order_by("title", "pk")


def resource_url(committee: Committee, resource: SharedResource) -> str:
    """Return where a link or a document leads, "" for a mere title."""
    return resource.address or (committee.url_of("resource", resource.pk) if resource.name else "")
