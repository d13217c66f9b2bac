"""Where sessions happen, in words and on the map."""

from django.utils.translation import gettext as _

from learning_events.models import Session
from mapping.models import LearningPlace
from mapping.models.place import PUBLIC_STATUSES


def name_of_place(pk: int) -> str | None:
    """Return the name of a public place, None where there is none; 64 bits hold every number that one can have."""
    if pk >= 2**63:
        return None
    found = LearningPlace.objects.filter(pk=pk, status__in=PUBLIC_STATUSES).values_list("name", flat=True)
    return found.first()


def place_of(session: Session) -> LearningPlace | None:
    """Return the session's own place on the map, else that of its event; None for one that is not on the map."""
    if session.place is not None:
        return session.place
    return session.event.place if session.event.is_in_person else None


def where_of(session: Session) -> str:
    """Return the name of place and room, or that it is online; load `place` and `event__place` with the sessions."""
    event, place = session.event, place_of(session)
    name = place.name if place is not None else event.venue_name if event.is_in_person else ""
    if not name and event.is_online:
        name = _("online")
    return ", ".join(filter(None, (name, session.room)))


def address_of(session: Session) -> str:
    """Return street and town on one line, as far as they are known."""
    place = place_of(session)
    if place is None:
        return session.event.venue_address if session.event.is_in_person else ""
    return ", ".join(
        filter(None, (place.street, " ".join(filter(None, (place.postal_code, place.locality)))))
    )
