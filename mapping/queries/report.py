"""Reports of what is wrong on the map: which wait, grouped by the place they are about, and who may read them."""

from django.db.models import Count, Min, Q, QuerySet

from mapping.enums import PlaceStatus, ReportState
from mapping.models import LearningPlace, PlaceReport

SHOWN_AT_MOST = 200
_WITH_REPORTS = (PlaceStatus.PUBLISHED, PlaceStatus.HIDDEN, PlaceStatus.CLOSED)


def open_reports() -> QuerySet[PlaceReport]:
    """Return the reports that nobody has answered, the oldest first."""
    return PlaceReport.objects.filter(state=ReportState.OPEN).order_by("created_at", "pk")


def count_open_reports() -> int:
    """Return how many reports nobody has answered."""
    return PlaceReport.objects.filter(state=ReportState.OPEN).count()


def places_with_reports(*, state: str = ReportState.OPEN) -> QuerySet[LearningPlace]:
    """Return the places that have reports in this state, with `report_count` and `first_reported_at`, the oldest first."""
    of_state = Q(reports__state=state)
    return (
        LearningPlace.objects.filter(of_state)
        .select_related("category", "neighbourhood")
        .annotate(
            report_count=Count("reports", filter=of_state),
            first_reported_at=Min("reports__created_at", filter=of_state),
        )
        .order_by("first_reported_at", "pk")
    )


def reported_places_of(participant) -> list[LearningPlace]:
    """Return the places that this person looks after and that have open reports, each with its `waiting` reports."""
    return _with_reports(
        Q(stewardships__participant=participant) | Q(organisation__roles__participant=participant)
    )


def reported_places_of_address(email: str) -> list[LearningPlace]:
    """Like `reported_places_of`, for somebody without an account who looks after places by this address."""
    return _with_reports(Q(stewardships__email=email))


def _with_reports(mine: Q) -> list[LearningPlace]:
    places = LearningPlace.objects.filter(mine, status__in=_WITH_REPORTS).distinct()
    waiting: dict[int, list[PlaceReport]] = {}
    for report in open_reports().filter(place__in=places)[:SHOWN_AT_MOST]:
        waiting.setdefault(report.place_id, []).append(report)
    rows = LearningPlace.objects.select_related("category").in_bulk(waiting)
    found = []
    for pk, reports in waiting.items():
        rows[pk].waiting = reports  # type: ignore[attr-defined]
        found.append(rows[pk])
    return found


def answered_reports_of(place: LearningPlace) -> QuerySet[PlaceReport]:
    """Return what was reported about the place and has been answered, the newest first."""
    rows = PlaceReport.objects.filter(place=place).exclude(state=ReportState.OPEN)
    return rows.select_related("decided_by").order_by("-decided_at", "-pk")[:SHOWN_AT_MOST]
