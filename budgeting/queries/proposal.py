"""Who may see which proposals, found and ordered; the page, its map, the API and exports ask here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model

from budgeting.enums import ProposalStatus
from budgeting.models import Area, ParticipatoryBudget, Proposal, ProposalPicture, Support
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.rules import may_see_proposal
from participation.enums import CommentState
from participation.foundation.errors import Missing
from participation.foundation.ordering import shuffled
from participation.foundation.search import matching
from participation.models import Comment, Organisation, Participant

CARD_PICTURE = "fill-480x320|format-webp|webpquality-72"
PAGE_PICTURE = "max-1200x900|format-webp|webpquality-80"
SEARCHED = ["title", "summary", "description"]


@dataclass(frozen=True)
class ProposalSearch:
    """What a visitor looks for among the public proposals of a budget; everything empty finds all."""

    words: str = ""
    area: Area | None = None
    status: str = ""
    organisation: Organisation | None = None

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


def cards_of(ids: Sequence[int]) -> list[Proposal]:
    """Return the proposals with these ids, in this order, with all that a card shows; six queries, however many.

    Each has `support_count`, `comment_count` and `cover` (a ProposalPicture with its renditions, or None).
    """
    pictures = ProposalPicture.objects.prefetch_related(
        Prefetch("image", get_image_model().objects.prefetch_renditions(CARD_PICTURE))
    )
    rows = (
        Proposal.objects.filter(pk__in=ids)
        .defer("description", "learning_goal")
        .select_related("area", "organisation")
        .prefetch_related(Prefetch("pictures", pictures))
    )
    found = {proposal.pk: proposal for proposal in rows}
    proposals = [found[pk] for pk in ids if pk in found]
    supports = count_supports(ids)
    comments = count_comments(proposal.discussion_id for proposal in proposals)
    for proposal in proposals:
        proposal.support_count = supports.get(proposal.pk, 0)
        proposal.comment_count = comments.get(proposal.discussion_id, 0)
        proposal.cover = next(iter(proposal.pictures.all()), None)
    return proposals


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
    return [[pk, round(float(lat), 5), round(float(lon), 5), title] for pk, lat, lon, title in values]


def organisations_with_proposals(budget: ParticipatoryBudget) -> QuerySet[Organisation]:
    """Return the organisations that have a public proposal in this budget, by name."""
    return Organisation.objects.filter(pk__in=public_proposals(budget).order_by().values("organisation"))


def proposal_for(user, budget: ParticipatoryBudget, pk: int) -> Proposal:
    """Return one proposal of the budget with all its page shows; raises Missing for who may not see it."""
    pictures = ProposalPicture.objects.prefetch_related(
        Prefetch("image", get_image_model().objects.prefetch_renditions(PAGE_PICTURE))
    )
    proposal = (
        Proposal.objects.filter(budget=budget, pk=pk)
        .select_related("area__neighbourhood", "organisation", "author", "discussion", "review")
        .prefetch_related(Prefetch("pictures", pictures), "projects")
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
