"""Who may see which proposals, found and ordered; the page, its map, the API and exports ask here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from budgeting.enums import ProposalStatus
from budgeting.models import ParticipatoryBudget, Proposal, ProposalPicture, Support
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.rules import may_see_proposal
from participation.enums import CommentState
from participation.foundation.errors import Missing
from participation.foundation.ordering import shuffled
from participation.foundation.search import matching
from participation.models import Comment, Participant
from participation.queries.picture import PAGE_PICTURE, ShownPicture, first_of, rows_of, shown_picture

CARD_PICTURE = "fill-480x320|format-webp|webpquality-72"
SEARCHED = ["title", "summary", "description"]


@dataclass(frozen=True)
class ProposalSearch:
    """What a visitor looks for among the public proposals of a budget; everything empty finds all.

    `area` and `organisation` are ids, 0 for any.
    """

    words: str = ""
    area: int = 0
    status: str = ""
    organisation: int = 0

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.area or self.status or self.organisation)


def public_proposals(budget: ParticipatoryBudget) -> QuerySet[Proposal]:
    """Return the proposals everybody may read: handed in, and not withdrawn or hidden."""
    return Proposal.objects.filter(budget=budget, status__in=PUBLIC_STATUSES)


def find_proposals(budget: ParticipatoryBudget, search: ProposalSearch | None = None) -> QuerySet[Proposal]:
    """Return the public proposals that fit, in no order."""
    search = search or ProposalSearch()
    rows = public_proposals(budget)
    if search.area:
        rows = rows.filter(area=search.area)
    if search.status:
        rows = rows.filter(status=search.status)
    if search.organisation:
        rows = rows.filter(organisation=search.organisation)
    return matching(rows, search.words, SEARCHED)


def in_order(rows: QuerySet[Proposal], order: str, seed: str) -> QuerySet[Proposal]:
    """Order by "newest", "supported" (most first), or anything else: the visitor's own stable shuffle (V22)."""
    if order == "newest":
        return rows.order_by("-submitted_at", "-pk")
    if order == "supported":
        supports = Support.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
        number = Coalesce(Subquery(supports.annotate(number=Count("pk")).values("number")), 0)
        return rows.annotate(number_of_supports=number).order_by("-number_of_supports", "-pk")
    return shuffled(rows, seed)


def page_of_ids(rows: QuerySet[Proposal], wanted: str | None, per_page: int) -> Page:
    """Return one page of the rows' ids, the number of all rows told by the same query.

    `wanted` is the page number of an address: what is no number is the first page, what is too high the last.
    """
    number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    number = max(number, 1)
    counted = rows.annotate(found=Window(Count("pk"))).values_list("pk", "found")
    start = (number - 1) * per_page
    slice_ = list(counted[start : start + per_page])
    paginator = Paginator(rows, per_page)
    if slice_ or number == 1:
        paginator.count = slice_[0][1] if slice_ else 0
        return Page([pk for pk, _found in slice_], number, paginator)
    last = paginator.num_pages
    ids = rows.values_list("pk", flat=True)[(last - 1) * per_page : last * per_page]
    return Page(list(ids), last, paginator)


def cards_of(ids: Sequence[int]) -> list[Proposal]:
    """Return the proposals with these ids, in this order, with all that a card shows; one query, however many.

    Each has `support_count`, `comment_count` and `cover` (a ShownPicture or None); what no card shows is not read.
    """
    found = {proposal.pk: proposal for proposal in _cards().filter(pk__in=ids)}
    proposals = [found[pk] for pk in ids if pk in found]
    for proposal in proposals:
        proposal.cover = shown_picture(proposal.first_picture, CARD_PICTURE)
    return proposals


@cache  # to build this query costs more than to run it
def _cards() -> QuerySet[Proposal]:
    supports = Support.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    comments = (
        Comment.objects.filter(discussion=OuterRef("discussion"), state=CommentState.VISIBLE)
        .order_by()
        .values("discussion")
    )
    pictures = ProposalPicture.objects.filter(proposal=OuterRef("pk"))
    return (
        Proposal.objects.select_related("area")
        .only("title", "summary", "status", "cost_cents", "area__name")
        .annotate(
            support_count=Coalesce(Subquery(supports.annotate(number=Count("pk")).values("number")), 0),
            comment_count=Coalesce(Subquery(comments.annotate(number=Count("pk")).values("number")), 0),
            first_picture=first_of(pictures, CARD_PICTURE),
        )
    )


def pictures_of(proposal: Proposal) -> list[ShownPicture]:
    """Return a proposal's pictures in the size of its page; one query."""
    shown = [shown_picture(row, PAGE_PICTURE) for row in _page_pictures().filter(proposal=proposal)]
    return [picture for picture in shown if picture]


@cache
def _page_pictures() -> QuerySet[Any, Any]:
    return rows_of(ProposalPicture.objects.all(), PAGE_PICTURE)


def count_supports(ids: Iterable[int]) -> dict[int, int]:
    """Return {proposal id: supports} of those that have any."""
    rows = Support.objects.filter(proposal__in=list(ids)).order_by().values_list("proposal")
    return dict(rows.annotate(number=Count("pk")))


def count_comments(discussion_ids: Iterable[int]) -> dict[int, int]:
    """Return {discussion id: visible comments} of those that have any."""
    rows = Comment.objects.filter(discussion__in=list(discussion_ids), state=CommentState.VISIBLE)
    return dict(rows.order_by().values_list("discussion").annotate(number=Count("pk")))


def map_points(rows: QuerySet[Proposal]) -> list[list]:
    """Return [id, latitude, longitude, title] of those with a place, five decimals (about a metre), by id."""
    placed = rows.filter(latitude__isnull=False).order_by("pk")
    values = placed.values_list("pk", "latitude", "longitude", "title")
    return [
        [pk, round(float(lat or 0), 5), round(float(lon or 0), 5), title] for pk, lat, lon, title in values
    ]


def proposal_for(user, budget: ParticipatoryBudget, pk: int) -> Proposal:
    """Return one proposal of the budget with all its page shows; raises Missing for who may not see it."""
    proposal = (
        Proposal.objects.filter(budget=budget, pk=pk)
        .select_related("area", "organisation", "author", "discussion", "review")
        .first()
    )
    if proposal is None:
        raise Missing
    proposal.budget = budget
    if not may_see_proposal(user, proposal):
        raise Missing
    return proposal


def own_proposals(budget: ParticipatoryBudget, participant: Participant) -> QuerySet[Proposal]:
    """Return what this person and the organisations they act for have written, newest change first."""
    own = Proposal.objects.filter(budget=budget, author=participant)
    of_theirs = Proposal.objects.filter(
        budget=budget, organisation__in=participant.organisation_roles.values("organisation")
    )
    return (own | of_theirs).select_related("area", "organisation").order_by("-changed_at", "-pk").distinct()


def proposals_to_review(budget: ParticipatoryBudget | None = None) -> QuerySet[Proposal]:
    """Return all that was handed in, hidden ones too, for those who review."""
    rows = Proposal.objects.exclude(status__in=[ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN])
    if budget is not None:
        rows = rows.filter(budget=budget)
    return rows.select_related("area", "author", "organisation", "review")
