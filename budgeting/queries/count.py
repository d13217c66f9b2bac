"""Reads counts with their files, and how people cast their ballots."""

from django.db.models import Count as CountRows
from django.db.models import QuerySet

from budgeting.models import Area, Ballot, BallotBox, Count, ParticipatoryBudget, RollEntry


def counts_of(budget: ParticipatoryBudget, *, with_files: bool = False) -> QuerySet[Count]:
    """Return all counts of a budget, area by area, the official one first; files come without content unless wanted."""
    counts = (
        Count.objects.filter(box__budget=budget)
        .select_related("area", "ballots_file", "outcome_file")
        .order_by("area__sort_order", "area_id", "-is_official", "pk")
    )
    return counts if with_files else counts.defer("ballots_file__content_gzip", "outcome_file__content_gzip")


def ballots_by_channel(box: BallotBox, area: Area) -> dict[str, int]:
    """Return how many of an area's ballots came by which channel."""
    ballots = Ballot.objects.filter(box=box, area=area, is_current=True).order_by("channel")
    return dict(ballots.values_list("channel").annotate(number=CountRows("pk")))


def voters_by_channel(box: BallotBox) -> dict[str, int]:
    """Return how many people on the roll voted by which channel."""
    voted = RollEntry.objects.filter(budget_id=box.budget_id, voted_on__isnull=False).order_by("channel")
    return dict(voted.values_list("channel").annotate(number=CountRows("pk")))
