"""Which projects a budget has, found by status and area, and one project with all that became of it."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from budgeting.enums import ProjectStatus
from budgeting.models import Area, ParticipatoryBudget, Project, ProjectResult, Proposal
from budgeting.models.proposal import PUBLIC_STATUSES
from participation.foundation.errors import Missing
from participation.foundation.search import matching

FUNDED = (ProjectStatus.FUNDED, ProjectStatus.UNDERWAY, ProjectStatus.DONE)


@dataclass(frozen=True)
class ProjectSearch:
    """What a visitor looks for among the projects of a budget; everything empty finds all."""

    words: str = ""
    area: Area | None = None
    status: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.area or self.status)


def find_projects(budget: ParticipatoryBudget, search: ProjectSearch | None = None) -> QuerySet[Project]:
    """Return the projects that match, without an order; `status` "funded" includes those under way or done."""
    search = search or ProjectSearch()
    projects = Project.objects.filter(budget=budget).select_related("area").defer("source")
    if search.words:
        projects = matching(projects, search.words, ["title", "summary"])
    if search.area:
        projects = projects.filter(area=search.area)
    if search.status == "funded":
        projects = projects.filter(status__in=FUNDED)
    elif search.status:
        projects = projects.filter(status=search.status)
    return projects


def project_of(budget: ParticipatoryBudget, pk: int) -> Project:
    """Return a project with area, discussion, milestones, updates and the public proposals it came from; raise Missing."""
    proposals = Proposal.objects.filter(status__in=PUBLIC_STATUSES).select_related("author", "organisation")
    project = (
        Project.objects.filter(budget=budget, pk=pk)
        .select_related("area", "discussion", "adoption__committee__locale")
        .prefetch_related(Prefetch("proposals", proposals), "milestones", "updates__author")
        .first()
    )
    if project is None:
        raise Missing
    project.budget = budget
    return project


def published_lines(project: Project) -> list[ProjectResult]:
    """Return what the counts say of a project once the result is published (V19), the official one first."""
    lines = ProjectResult.objects.filter(project=project, count__box__published_at__isnull=False)
    return list(lines.select_related("count__area").order_by("-count__is_official", "count_id"))
