"""Who looks after which places."""

from django.db.models import Q, QuerySet

from mapping.enums import PlaceStatus, RequestState
from mapping.models import LearningPlace, Stewardship, StewardshipRequest

SHOWN_AT_MOST = 200
_KEPT = (PlaceStatus.PUBLISHED, PlaceStatus.HIDDEN, PlaceStatus.CLOSED)


def places_of(participant) -> QuerySet[LearningPlace]:
    """Return the places on the map that this person looks after, alone or for an organisation."""
    return _listed(Q(stewardships__participant=participant) | Q(organisation__roles__participant=participant))


def places_of_address(email: str) -> QuerySet[LearningPlace]:
    """Return the places on the map that somebody without an account looks after by this address."""
    return _listed(Q(stewardships__email=email))


def address_looks_after(email: str, place: LearningPlace) -> bool:
    return bool(email) and Stewardship.objects.filter(place=place, email=email).exists()


def requests_to_look_after() -> QuerySet[StewardshipRequest]:
    """Return what waits for a moderator, the oldest first."""
    return (
        StewardshipRequest.objects.filter(state=RequestState.OPEN)
        .select_related("place__organisation", "place__category", "participant", "organisation")
        .order_by("created_at", "pk")
    )


def count_requests() -> int:
    return StewardshipRequest.objects.filter(state=RequestState.OPEN).count()


def _listed(mine: Q) -> QuerySet[LearningPlace]:
    places = LearningPlace.objects.filter(mine, status__in=_KEPT).distinct()
    return places.select_related("category", "organisation").order_by("name", "pk")[:SHOWN_AT_MOST]
