"""Reads rehearsals, and what may be rehearsed: the projects of an area, and ballots that are public already (V19)."""

from django.db.models import QuerySet

from budgeting.enums import FileKind
from budgeting.models import Area, ElectionFile, Project, Rehearsal


def rehearsals() -> QuerySet[Rehearsal]:
    """Return all rehearsals, the latest first, without what came out."""
    return Rehearsal.objects.select_related("area__budget").defer("outcome").order_by("-pk")


def areas_to_rehearse() -> QuerySet[Area]:
    """Return the areas of all budgets that have projects, newest budget first."""
    return (
        Area.objects.filter(projects__isnull=False)
        .select_related("budget")
        .distinct()
        .order_by("-budget_id", "sort_order", "pk")
    )


def projects_to_rehearse(area: Area) -> list[Project]:
    """Return the projects of an area by code."""
    return list(Project.objects.filter(area=area).order_by("code", "pk"))


def published_ballots(area: Area) -> ElectionFile | None:
    """Return the file with the ballots of an area once their result is published; None before that."""
    return (
        ElectionFile.objects.filter(area=area, kind=FileKind.BALLOTS, box__published_at__isnull=False)
        .select_related("box")
        .first()
    )
