"""Reads who has to hear of a result."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from budgeting.models import ParticipatoryBudget, Project, Proposal
from participation.models import Follow, Participant


def followed_projects(budget: ParticipatoryBudget) -> QuerySet[Project]:
    """Return the projects of a budget that somebody wrote or follows."""
    written = Proposal.objects.filter(projects=OuterRef("pk"), author__isnull=False)
    followed = Follow.objects.filter(discussion=OuterRef("discussion"))
    return (
        Project.objects.filter(Exists(written) | Exists(followed), budget=budget)
        .select_related("discussion")
        .order_by("pk")
    )


def authors_of_projects(projects: Collection[int]) -> QuerySet[Participant]:
    """Return the authors of the proposals behind these projects, and the people of the organisations they wrote for."""
    written = Proposal.objects.filter(projects__in=projects)
    return Participant.objects.filter(
        Q(pk__in=written.values("author"))
        | Q(organisation_roles__organisation__in=written.values("organisation"))
    ).distinct()
