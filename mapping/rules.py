"""Who may do what with learning places, as sentences; pages, forms, API and domain ask the same."""

from mapping.enums import PlaceStatus
from participation.foundation.rules import has_permission, rule

may_moderate_places = has_permission("mapping.moderate_place")
may_import_places = has_permission("mapping.import_place")


@rule
def place_is_public(_user, place) -> bool:
    return place.is_public


@rule
def place_can_be_changed(_user, place) -> bool:
    return place.status in (PlaceStatus.DRAFT, PlaceStatus.PENDING, PlaceStatus.PUBLISHED)


@rule
def looks_after(user, place) -> bool:
    """A steward of the place, whoever came by its mailed link, or who acts for the organisation that looks after it."""
    if getattr(user, "place_pk", None) == place.pk:
        return True
    participant = getattr(user, "participant", None)
    if participant is None or not user.is_active:
        return False
    if place.stewardships.filter(participant=participant).exists():
        return True
    return (
        place.organisation_id is not None
        and participant.organisation_roles.filter(organisation=place.organisation_id).exists()
    )


@rule
def is_trusted_for(user, place) -> bool:
    """Somebody who acts for a trusted organisation that looks after the place: it is published without a moderator."""
    participant = getattr(user, "participant", None)
    return (
        participant is not None
        and user.is_active
        and place.organisation is not None
        and place.organisation.is_trusted
        and participant.organisation_roles.filter(organisation=place.organisation_id).exists()
    )


@rule
def scouts_around(user, place) -> bool:
    """A neighbour who has offered to look after the truth of the map where the place is."""
    participant = getattr(user, "participant", None)
    return (
        participant is not None
        and user.is_active
        and place.neighbourhood_id is not None
        and participant.scouting.filter(neighbourhood=place.neighbourhood_id).exists()
    )


may_see_place = place_is_public | looks_after | may_moderate_places
may_change_place = may_moderate_places | (looks_after & place_can_be_changed)
may_say_if_correct = place_is_public & (looks_after | scouts_around | may_moderate_places)
may_answer_reports = may_moderate_places | looks_after
