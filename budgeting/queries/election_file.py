"""Reads the sealed ballots for publication, and the files that are published."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from budgeting.models import Area, Ballot, BallotBox, BallotLine, ElectionFile, ParticipatoryBudget

Line = tuple[int, int]


def ballots_to_publish(box: BallotBox, area: Area) -> Iterator[tuple[dict, list[Line]]]:
    """Yield (attributes, lines) of each current ballot; lines are (project pk, points) in the order on the ballot.

    The order of the ballots follows their random ids and so tells nothing of when they were cast.
    """
    current = Ballot.objects.filter(box=box, area=area, is_current=True)
    lines = (
        BallotLine.objects.filter(ballot__in=current)
        .order_by("ballot_id", "position", "pk")
        .values_list("ballot_id", "project_id", "points")
        .iterator(chunk_size=10_000)
    )
    attributes = dict(
        current.exclude(attributes={}).values_list("pk", "attributes").iterator(chunk_size=10_000)
    )
    nothing: dict = {}
    for ballot, rows in groupby(lines, key=itemgetter(0)):
        yield attributes.get(ballot, nothing), [(project, points) for _ballot, project, points in rows]
    for ballot in current.filter(lines=None).values_list("pk", flat=True):
        yield attributes.get(ballot, nothing), []


def trackers_to_publish(box: BallotBox) -> Iterator[str]:
    """Yield the digests of the trackers of all current ballots, sorted."""
    ballots = Ballot.objects.filter(box=box, is_current=True).order_by("tracker_digest")
    return ballots.values_list("tracker_digest", flat=True).iterator(chunk_size=10_000)


def slug_of(name: str) -> str:
    """Return a file's name as a part of an address: pages of Wagtail have no dots in theirs."""
    return name.replace(".", "-")


def published_files(budget: ParticipatoryBudget) -> QuerySet[ElectionFile]:
    """Return the files everybody may download, without their content; none before the result is published (V19)."""
    return (
        ElectionFile.objects.filter(box__budget=budget, box__published_at__isnull=False)
        .select_related("area")
        .defer("content_gzip")
    )
