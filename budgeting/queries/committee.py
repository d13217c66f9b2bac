"""What committees say about proposals and which projects they look after, read by everybody; and what is left to do."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce

from budgeting.enums import PhaseKind, ProjectStatus, VoiceKind
from budgeting.models import (
    Area,
    CommitteeRanking,
    CommitteeVoice,
    Project,
    ProjectAdoption,
    Proposal,
    RankedProposal,
)
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.queries.open_data import open_projects, open_proposals, public_budgets
from budgeting.queries.project import FUNDED
from participation.enums import AccessLevel
from participation.models import Committee
from participation.queries.committee import committees_of, public_committees
from participation.rules import oversees_committees

_SPONSORS_FIRST = Case(When(kind=VoiceKind.SPONSOR, then=0), When(kind=VoiceKind.OPINION, then=1), default=2)
QUIET_AFTER = dt.timedelta(days=90)


def open_voices(among: QuerySet[Committee] | None = None) -> QuerySet[CommitteeVoice]:
    """Return what the committees that everybody may know of (`among`, if asked for already) have said, sponsors first."""
    among = public_committees() if among is None else among
    return (
        CommitteeVoice.objects.filter(committee__in=among)
        .select_related("committee__locale", "decision")
        .order_by(_SPONSORS_FIRST, "given_at", "pk")
    )


def open_ranks(among: QuerySet[Committee] | None = None) -> QuerySet[RankedProposal]:
    """Return the places of proposals in the orders of public committees, each with `out_of`, the length of the order."""
    among = public_committees() if among is None else among
    return (
        RankedProposal.objects.filter(ranking__committee__in=among)
        .select_related("ranking__committee__locale", "ranking__decision")
        .annotate(out_of=Count("ranking__places"))
        .order_by("position", "pk")
    )


def open_adoptions() -> QuerySet[ProjectAdoption]:
    """Return which projects public committees look after."""
    return ProjectAdoption.objects.filter(committee__in=public_committees()).select_related(
        "committee__locale", "decision"
    )


def opinions_about(proposal: Proposal) -> list[CommitteeVoice]:
    """Return what committees say about a proposal."""
    return list(open_voices().filter(proposal=proposal))


def ranks_of(proposal: Proposal) -> list[RankedProposal]:
    """Return the places a proposal has in the orders of committees."""
    return list(open_ranks().filter(proposal=proposal))


def adoption_of(project: Project) -> ProjectAdoption | None:
    """Return which committee looks after a project, if everybody may know of it."""
    if getattr(project, "adoption", None) is None:
        return None
    return open_adoptions().filter(project=project).first()


def speaking_committees(user, area: Area | None) -> list[Committee]:
    """Return the public committees at home in an area for which `user` may speak."""
    if area is None or not user.is_authenticated or not user.is_active:
        return []
    own = Committee.objects.filter(neighbourhood=area.neighbourhood_id)
    if not oversees_committees(user):
        own = own.filter(pk__in=committees_of(user, AccessLevel.KEEP))
        if not own.exists():  # nearly everybody: one query is enough to know
            return []
    found = public_committees().filter(pk__in=own.values("pk"))
    return list(found.select_related("locale").order_by("title", "pk"))


# --- the committee's own page ---


def _at_home(committee: Committee) -> Q:
    return Q(area__neighbourhood=committee.neighbourhood_id)


def proposals_of_home(committee: Committee) -> QuerySet[Proposal]:
    """Return the public proposals of the committee's areas, the newest budget first, then the newest."""
    return (
        open_proposals()
        .filter(_at_home(committee))
        .select_related("area")
        .order_by("-budget", "-submitted_at", "-pk")
    )


def proposal_of_home(committee: Committee, pk: int) -> Proposal | None:
    return proposals_of_home(committee).filter(pk=pk).first() if pk < 2**63 else None


def areas_of_home(committee: Committee) -> QuerySet[Area]:
    """Return the committee's areas of public budgets, the newest budget first."""
    return (
        Area.objects.filter(
            neighbourhood=committee.neighbourhood_id, budget__in=public_budgets().values("pk")
        )
        .select_related("budget__locale")
        .prefetch_related("budget__phases")
        .order_by("-budget", "sort_order")
    )


def area_of_home(committee: Committee, pk: int) -> Area | None:
    return areas_of_home(committee).filter(pk=pk).first() if pk < 2**63 else None


def projects_to_adopt(committee: Committee) -> QuerySet[Project]:
    """Return the funded projects of the committee's areas that nobody looks after and that are not done."""
    return (
        open_projects()
        .filter(_at_home(committee), status__in=(ProjectStatus.FUNDED, ProjectStatus.UNDERWAY), adoption=None)
        .select_related("area")
        .order_by("-budget", "title", "pk")
    )


def project_of_home(committee: Committee, pk: int) -> Project | None:
    """Return a project that the committee may adopt or looks after."""
    rows = open_projects().filter(_at_home(committee), status__in=FUNDED).select_related("area")
    return (
        rows.filter(Q(adoption=None) | Q(adoption__committee=committee), pk=pk).first()
        if pk < 2**63
        else None
    )


def said_by(committee: Committee) -> list[CommitteeVoice]:
    """Return what the committee has said about proposals that everybody may read, the newest first."""
    return list(
        CommitteeVoice.objects.filter(
            committee=committee,
            proposal__status__in=PUBLIC_STATUSES,
            proposal__budget__in=public_budgets().values("pk"),
        )
        .select_related("proposal__budget__locale", "decision")
        .order_by("-given_at", "-pk")
    )


def rankings_of(committee: Committee) -> list[CommitteeRanking]:
    """Return the committee's orders with their public proposals, the newest budget first."""
    places = RankedProposal.objects.filter(proposal__status__in=PUBLIC_STATUSES).select_related("proposal")
    return list(
        CommitteeRanking.objects.filter(committee=committee, area__budget__in=public_budgets().values("pk"))
        .select_related("area__budget__locale", "decision")
        .prefetch_related(Prefetch("places", places))
        .order_by("-area__budget", "area__sort_order")
    )


def adopted_by(committee: Committee) -> list[ProjectAdoption]:
    """Return the projects that the committee looks after, with their milestones."""
    return list(
        ProjectAdoption.objects.filter(committee=committee, project__budget__in=public_budgets().values("pk"))
        .select_related("project__budget__locale", "project__area", "decision")
        .prefetch_related("project__milestones")
        .order_by("adopted_at", "pk")
    )


def overdue_steps(committee: Committee, today: dt.date) -> list[tuple[Project, int]]:
    """Return (project, steps that should have been reached) of the projects the committee looks after."""
    late = Count("milestones", filter=Q(milestones__done_on=None, milestones__due_on__lt=today))
    return [
        (project, project.late) for project in _looked_after(committee).annotate(late=late) if project.late
    ]


def quiet_projects(committee: Committee, now: dt.datetime) -> list[Project]:
    """Return the projects the committee looks after of which nobody has told anything for three months."""
    since = Coalesce(Max("updates__published_at"), "adoption__adopted_at")
    return list(_looked_after(committee).annotate(last_news=since).filter(last_news__lt=now - QUIET_AFTER))


def _looked_after(committee: Committee) -> QuerySet[Project]:
    return (
        Project.objects.filter(
            adoption__committee=committee, status__in=(ProjectStatus.FUNDED, ProjectStatus.UNDERWAY)
        )
        .select_related("budget__locale")
        .order_by("pk")
    )


def rankings_to_settle(committee: Committee, now: dt.datetime) -> list[tuple[Area, dt.datetime]]:
    """Return (area, when voting begins) where the city reviews and the committee has put nothing in order yet."""
    if committee.is_private:
        return []
    areas = (
        areas_of_home(committee)
        .exclude(committee_rankings__committee=committee)
        .filter(
            Exists(Proposal.objects.filter(area=OuterRef("pk"), status__in=PUBLIC_STATUSES)),
            budget__ballot_box=None,
        )
    )
    found = []
    for area in areas:
        call, voting = area.budget.phase(PhaseKind.SUBMISSION), area.budget.phase(PhaseKind.VOTING)
        if call is not None and voting is not None and call.closes_at <= now < voting.opens_at:
            found.append((area, voting.opens_at))
    return found


# --- lists ---


def add_voices(proposals: Iterable[Proposal]) -> None:
    """Give each proposal `open_voices` (of its committees) and `open_ranks`; three queries, however many."""
    by_key = {proposal.pk: proposal for proposal in proposals}
    for proposal in by_key.values():
        proposal.open_voices, proposal.open_ranks = [], []
    committees = public_committees()
    for voice in open_voices(committees).filter(proposal__in=list(by_key)):
        by_key[voice.proposal_id].open_voices.append(voice)
    for rank in open_ranks(committees).filter(proposal__in=list(by_key)):
        by_key[rank.proposal_id].open_ranks.append(rank)


def add_adoptions(projects: Iterable[Project]) -> None:
    """Give each project `open_adoption`, who looks after it, or None; one query, however many."""
    projects = list(projects)
    found = {
        each.project_id: each for each in open_adoptions().filter(project__in=[row.pk for row in projects])
    }
    for project in projects:
        project.open_adoption = found.get(project.pk)
