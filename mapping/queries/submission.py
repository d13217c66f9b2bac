"""Registrations of places: who may open one, which wait for a moderator, and which page of the site takes them."""

import datetime as dt

from django.db.models import QuerySet

from mapping.enums import SubmissionState
from mapping.models import PlacesPage, PlaceSubmission
from mapping.rules import looks_after
from participation.foundation.errors import Missing

OPEN_STATES = (SubmissionState.DRAFT, SubmissionState.UNCONFIRMED, SubmissionState.RETURNED)
SHOWN_AT_MOST = 100


def submission_for(user, key: str) -> PlaceSubmission:
    """Return the registration with this key; raises Missing for an unknown key.

    Where somebody with an account registers, the key alone is not enough: only those who look after the place come in.
    """
    submission = (
        PlaceSubmission.objects.select_related(
            "place__category", "place__organisation", "place__neighbourhood"
        )
        .filter(key=key)
        .first()
    )
    if submission is None or not may_open(user, submission):
        raise Missing
    return submission


def may_open(user, submission: PlaceSubmission) -> bool:
    return submission.participant_id is None or looks_after(user, submission.place)


def submissions_of(participant) -> QuerySet[PlaceSubmission]:
    """Return what this person registers that is not on the map yet, the newest first."""
    return _not_on_the_map().filter(participant=participant)[:SHOWN_AT_MOST]


def submissions_with_keys(keys: list[str]) -> QuerySet[PlaceSubmission]:
    """Return the registrations that this browser has begun without an account and that are not on the map yet."""
    return _not_on_the_map().filter(participant=None, key__in=keys[-SHOWN_AT_MOST:])


def _not_on_the_map() -> QuerySet[PlaceSubmission]:
    rows = PlaceSubmission.objects.exclude(state=SubmissionState.ACCEPTED)
    return rows.select_related("place__category").order_by("-created_at", "-pk")


def submissions_to_moderate() -> QuerySet[PlaceSubmission]:
    """Return every registration that was handed in, whatever was decided."""
    return PlaceSubmission.objects.filter(submitted_at__isnull=False).select_related(
        "place__category", "place__neighbourhood", "place__organisation", "participant"
    )


def count_waiting() -> int:
    """Return how many registrations wait for a moderator."""
    return PlaceSubmission.objects.filter(state=SubmissionState.WAITING).count()


def abandoned_before(moment: dt.datetime) -> QuerySet[PlaceSubmission]:
    """Return registrations that were never finished and that nobody has touched since `moment`."""
    return PlaceSubmission.objects.filter(state__in=OPEN_STATES, changed_at__lt=moment)


def page_for_registrations() -> PlacesPage | None:
    """Return the map page that letters lead to: the first that everybody can read and that takes registrations."""
    pages = PlacesPage.objects.live().public()
    return pages.order_by("-takes_registrations", "path").first()
