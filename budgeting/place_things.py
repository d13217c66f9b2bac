"""What participatory budgeting knows of a learning place: the funded projects right there."""

from django.utils.translation import gettext_lazy as _

from budgeting.queries.open_data import open_projects
from budgeting.queries.project import FUNDED
from mapping.things import Things
from participation.foundation.distance import distance_m

THERE_M = 30
# So many degrees hold 30 metres anywhere that people live; the exact distance is asked afterwards.
_DEGREES = 0.002


def things_at(place) -> list[Things]:
    """Return the funded projects whose point lies within 30 metres of the place."""
    if not place.has_point:
        return []
    latitude, longitude = float(place.latitude), float(place.longitude)
    near = open_projects().filter(
        status__in=FUNDED,
        latitude__range=(latitude - _DEGREES, latitude + _DEGREES),
        longitude__range=(longitude - _DEGREES, longitude + _DEGREES),
    )
    links = [
        (project.budget.url_of("project", project.pk), project.title, project.get_status_display())
        for project in near.order_by("title", "pk").prefetch_related(None)
        if distance_m(latitude, longitude, float(project.latitude), float(project.longitude)) <= THERE_M
    ]
    return [Things(_("Projects funded by the participatory budget"), links)]
