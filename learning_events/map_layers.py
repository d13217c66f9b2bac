"""What the festival shows on the map of learning places: every event that is still to come, at its place."""

from django.utils.translation import gettext_lazy as _

from learning_events.queries.coming import coming_points
from participation.foundation.clock import database_now
from participation.foundation.map_layers import Layer, Point


def _points() -> list[Point]:
    return [
        Point(float(place.latitude), float(place.longitude), event.title, event.url or "")
        for event, place in coming_points(database_now())
    ]


LAYERS = (Layer("festival", _("Events of the festival"), "calendar", 3, _points),)
