"""Many rows of everything the API shows, and what it must not show."""

import datetime as dt
import gzip
import hashlib

from django.utils import timezone

from budgeting.enums import FileKind, ProposalStatus, ReviewOutcome
from budgeting.models import Area, BallotBox, Count, ElectionFile, Milestone, ProjectResult, Review
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    ProjectFactory,
    ProposalFactory,
    make_budget,
)

NOUNS = ["budgets", "areas", "proposals", "projects", "results"]


def make_published(number: int = 1, *, slug: str = "published") -> BallotBox:
    """Return the box of a budget whose result is published: `number` areas with one project and one count each."""
    budget = make_budget(phase="implementation", slug=slug, title=f"Budget {slug}")
    for index in range(number):
        area = AreaFactory(budget=budget, neighbourhood=NeighbourhoodFactory() if index % 2 else None)
        proposal = ProposalFactory(
            area=area,
            organisation=OrganisationFactory() if index % 2 else None,
            status=ProposalStatus.ACCEPTED,
        )
        Review.objects.create(
            proposal=proposal,
            outcome=ReviewOutcome.FEASIBLE,
            cost_cents=9_000_00,
            public_reason="It can be done.",
            decided_at=timezone.now(),
        )
        project = ProjectFactory(area=area)
        project.proposals.add(proposal)
        Milestone.objects.create(project=project, title="Rooms are booked", due_on="2027-03-01")
    now = timezone.now()
    box = BallotBox.objects.create(
        budget=budget,
        rules={"areas": []},
        rules_digest="0" * 64,
        tie_seed="0" * 64,
        frozen_at=now - dt.timedelta(days=9),
        opens_at=now - dt.timedelta(days=9),
        closes_at=now - dt.timedelta(days=1),
        sealed_at=now,
        counted_at=now,
        published_at=now,
    )
    for area in Area.objects.filter(budget=budget):
        add_count(box, area)
    return box


def add_count(box: BallotBox, area: Area) -> Count:
    """Store a count of 12 ballots that funds the area's projects."""
    files = [
        ElectionFile.objects.create(
            box=box,
            area=area,
            kind=kind,
            name=f"{area.pk}.{suffix}",
            content_gzip=gzip.compress(b"content"),
            size=7,
            sha256=hashlib.sha256(b"content").hexdigest(),
        )
        for kind, suffix in ((FileKind.BALLOTS, "pb"), (FileKind.OUTCOME, "json"))
    ]
    count = Count.objects.create(
        box=box,
        area=area,
        label="equal-shares",
        rule={"rule": "equal-shares"},
        engine_version="1",
        ballots_file=files[0],
        outcome_file=files[1],
        ballots=12,
        spent_cents=10_000_00,
    )
    for position, project in enumerate(area.projects.all()):
        ProjectResult.objects.create(
            count=count,
            project=project,
            position=position,
            votes=11,
            score=11,
            is_funded=True,
            reason={"kind": "bought"},
        )
    return count
