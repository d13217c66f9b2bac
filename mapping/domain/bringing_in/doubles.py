"""Warning of rows that may already be on the map from somebody else."""

import numpy as np
from django.utils.translation import gettext as _

from mapping.domain.bringing_in.comparing import Plan
from mapping.enums import RowState
from mapping.models import LearningPlace, PlaceSource
from mapping.queries.places import place_index
from mapping.spatial.similar import possible_duplicates

WITHIN_M = 100
_NEAR_DEGREES = 0.001  # of latitude: a little more than 100 metres


def note_doubles(plan: Plan, source: PlaceSource) -> None:
    """Note at each new row which place of another source lies within 100 metres and is called alike; two queries."""
    index = place_index()
    ours = LearningPlace.objects.filter(source=source).values_list("pk", flat=True) if source.pk else ()
    others = np.flatnonzero(index.has_point & ~np.isin(index.ids, np.fromiter(ours, dtype=np.int64)))
    others = others[np.argsort(index.latitudes[others], kind="stable")]
    latitudes = index.latitudes[others]
    for planned in plan.of(RowState.NEW):
        values = planned.row.values if planned.row is not None else {}
        if values.get("latitude") is None:
            continue
        latitude, longitude = float(values["latitude"]), float(values["longitude"])
        first, last = np.searchsorted(latitudes, [latitude - _NEAR_DEGREES, latitude + _NEAR_DEGREES])
        near = [
            (int(index.ids[at]), index.names[at], float(index.latitudes[at]), float(index.longitudes[at]))
            for at in others[first:last]
        ]
        for match in possible_duplicates(planned.name, latitude, longitude, near, WITHIN_M)[:1]:
            words = _(
                "It may be on the map already: “%(name)s” (number %(number)s) is %(metres)d metres away."
            )
            planned.notes.append(
                words % {"name": match.name, "number": match.id, "metres": round(match.distance_m)}
            )
