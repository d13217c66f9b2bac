"""What is still to come at places: on the city's map, and on the page of a place."""

import datetime as dt

from django.db.models import QuerySet

from learning_events.enums import SessionStatus
from learning_events.models import EventPage, Session
from learning_events.queries.programme import happens_at
from learning_events.queries.session import public_events, public_sessions
from mapping.models import LearningPlace
from mapping.models.place import PUBLIC_STATUSES


def coming_sessions(now: dt.datetime) -> QuerySet[Session]:
    """Return the public sessions that take place and are not over."""
    return public_sessions().filter(status=SessionStatus.PLANNED, ends_at__gt=now)


def coming_at(place: LearningPlace, now: dt.datetime) -> QuerySet[Session]:
    """Return what is still to come at this place, with its event, in the order of time."""
    here = coming_sessions(now).filter(happens_at(place))
    return here.select_related("event__locale").order_by("starts_at", "pk")


def coming_points(now: dt.datetime) -> list[tuple[EventPage, LearningPlace]]:
    """Return each event that is still to come with each of its places that has a point, by title; four queries."""
    pairs = {
        (event, place or of_event)
        for event, place, of_event in coming_sessions(now)
        .order_by()
        .values_list("event_id", "place_id", "event__place_id")
        .distinct()
    }
    events = public_events().select_related("locale").in_bulk([event for event, _place in pairs])
    places = LearningPlace.objects.filter(status__in=PUBLIC_STATUSES, latitude__isnull=False).in_bulk(
        [place for _event, place in pairs if place]
    )
    found = [(events[event], places[place]) for event, place in pairs if event in events and place in places]
    return sorted(found, key=lambda pair: (pair[0].title, pair[0].pk, pair[1].pk))
