"""What participation shows on the map of learning places: where committees are at home."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.geometry import bounds
from participation.foundation.map_layers import Layer, Point
from participation.queries.committee import public_committees


def _points() -> list[Point]:
    """Return the public committees with a point of their own, or in the middle of their neighbourhood."""
    points = []
    for committee in public_committees().select_related("neighbourhood", "locale").order_by("title", "pk"):
        if committee.latitude is not None and committee.longitude is not None:
            latitude, longitude = float(committee.latitude), float(committee.longitude)
        elif committee.neighbourhood is not None and committee.neighbourhood.outline:
            west, south, east, north = bounds(committee.neighbourhood.outline)
            latitude, longitude = (south + north) / 2, (west + east) / 2
        else:
            continue
        points.append(Point(latitude, longitude, committee.title, committee.url or ""))
    return points


LAYERS = (Layer("committees", _("Committees"), "group", 5, _points),)
