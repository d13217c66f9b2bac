"""What everybody may read of all budgets together: the API asks here, and so does any other export of the whole site."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from wagtail.models import Site

from budgeting.models import (
    Area,
    Count,
    ElectionFile,
    Milestone,
    ParticipatoryBudget,
    Phase,
    Project,
    ProjectResult,
    Proposal,
)
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.queries.proposal import count_supports
from participation.queries.comment import comment_counts


def public_budgets() -> QuerySet[ParticipatoryBudget]:
    """Return the budgets whose page is published, not behind a password or sign-in, and part of a site."""
    in_a_site = Q(pk__in=[])
    for _site, root_path, *_rest in Site.get_site_root_paths():
        in_a_site |= Q(url_path__startswith=root_path)
    return ParticipatoryBudget.objects.live().public().filter(in_a_site)


def open_budgets() -> QuerySet[ParticipatoryBudget]:
    """Return the public budgets with phases and the times of their ballot boxes."""
    return (
        public_budgets()
        .select_related("locale", "ballot_box")
        .defer("ballot_box__rules", "intro", "how_it_works")
        .prefetch_related(Prefetch("phases", Phase.objects.order_by("opens_at")))
    )


def open_areas() -> QuerySet[Area]:
    """Return the areas of the public budgets."""
    return Area.objects.filter(budget__in=public_budgets().values("pk")).select_related(
        "budget", "neighbourhood"
    )


def open_proposals() -> QuerySet[Proposal]:
    """Return what was handed in to the public budgets, without drafts and what was withdrawn or hidden (P4)."""
    return (
        Proposal.objects.filter(budget__in=public_budgets().values("pk"), status__in=PUBLIC_STATUSES)
        .select_related("budget__locale", "organisation", "review")
        .prefetch_related("projects")
    )


def add_counts(proposals: Iterable[Proposal]) -> None:
    """Give each proposal `support_count` and `comment_count`; two queries, however many."""
    proposals = list(proposals)
    supports = count_supports(proposal.pk for proposal in proposals)
    comments = comment_counts([proposal.discussion_id for proposal in proposals])
    for proposal in proposals:
        proposal.support_count = supports.get(proposal.pk, 0)
        proposal.comment_count = comments.get(proposal.discussion_id, 0)


def open_projects() -> QuerySet[Project]:
    """Return the projects of the public budgets, with their milestones and the public proposals they came from."""
    return (
        Project.objects.filter(budget__in=public_budgets().values("pk"))
        .select_related("budget__locale")
        .prefetch_related(
            Prefetch("proposals", Proposal.objects.filter(status__in=PUBLIC_STATUSES).only("pk")),
            Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")),
        )
    )


def open_counts() -> QuerySet[Count]:
    """Return the counts of the public budgets whose result is published (V19), each project's line included."""
    files = ElectionFile.objects.defer("content_gzip")
    lines = ProjectResult.objects.select_related("project").order_by("position")
    return (
        Count.objects.filter(box__budget__in=public_budgets().values("pk"), box__published_at__isnull=False)
        .select_related("box__budget__locale", "area")
        .defer("box__rules", "analysis")
        .prefetch_related(
            Prefetch("ballots_file", files), Prefetch("outcome_file", files), Prefetch("results", lines)
        )
    )
