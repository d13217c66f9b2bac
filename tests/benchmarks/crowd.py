"""Fills a demo city with crowds for the benchmarks: budgets of 30, 400 and 3,000 proposals, and a busy discussion."""

from django.conf import settings
from django.utils import timezone

from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Area, Proposal, Support
from participation.models import Comment, Discussion, Participant
from tests.factories import make_budget


def fill() -> None:
    """Add the budgets `/crowd-30/`, `/crowd-400/` and `/crowd-3000/`, and write the commented proposal's number to a file."""
    participants = list(Participant.objects.order_by("pk")[:40])
    for size in (30, 400, 3000):
        add_crowd(size, participants)
    proposal = Proposal.objects.filter(budget__slug="crowd-400").first()
    Comment.objects.bulk_create(
        Comment(
            discussion=proposal.discussion,
            author=participants[n % len(participants)],
            text=f"Remark number {n}. " + "A sentence that people write when they agree. " * (n % 4 + 1),
        )
        for n in range(100)
    )
    (settings.VAR_DIR / "commented").write_text(str(proposal.pk))


def add_crowd(size: int, participants: list[Participant]):
    """Return a budget in submission with `size` submitted proposals on a grid and a few supports each."""
    budget = make_budget(phase=PhaseKind.SUBMISSION, slug=f"crowd-{size}", title=f"Crowd of {size}")
    area = Area.objects.create(budget=budget, name="Whole city", amount_cents=100_000_00)
    discussions = Discussion.objects.bulk_create(
        Discussion(title=f"Proposal {n}", path=f"/crowd-{size}/proposals/", is_public=True)
        for n in range(size)
    )
    proposals = Proposal.objects.bulk_create(
        Proposal(
            budget=budget,
            area=area,
            author=participants[n % len(participants)],
            discussion=discussion,
            title=f"Learn something new, number {n}",
            summary="Neighbours teach each other once a week, in the library and on the square.",
            description="Once a week in the library.\n\n" * 5,
            learning_goal="To ask and to explain.",
            learners=40,
            cost_cents=5_000_00 + n,
            latitude=54 + (n % 60) / 1000,
            longitude=7 + (n // 60) / 1000,
            status=ProposalStatus.SUBMITTED,
            submitted_at=timezone.now(),
        )
        for n, discussion in enumerate(discussions)
    )
    Support.objects.bulk_create(
        Support(proposal=proposal, participant=participants[(n + k) % len(participants)])
        for n, proposal in enumerate(proposals)
        for k in range(n % 5)
    )
    return budget
