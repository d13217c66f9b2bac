"""The programme on the map: at which places the sessions that were found happen."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from learning_events.enums import SessionStatus
from learning_events.models import Session
from mapping.models import LearningPlace
from mapping.models.place import PUBLIC_STATUSES

MOST_POINTS = 2_000


@dataclass(frozen=True)
class AtPlace:
    """How many of the sessions happen at a place, and when the first of them begins, in UTC."""

    count: int
    first: dt.datetime


class SessionsByPlace:
    """Where these sessions happen, without cancelled ones; two queries, and one for each list of places."""

    def __init__(self, sessions: QuerySet[Session]):
        planned = sessions.filter(status=SessionStatus.PLANNED).order_by()
        rows = (
            planned.annotate(where_id=Coalesce("place_id", "event__place_id"))
            .values("where_id")
            .annotate(count=Count("pk"), first=Min("starts_at"))
        )
        self._at = {row["where_id"]: AtPlace(row["count"], row["first"]) for row in rows}
        self.total = sum(each.count for each in self._at.values())
        self._public = set(
            LearningPlace.objects.filter(
                status__in=PUBLIC_STATUSES, pk__in=self._at.keys() - {None}
            ).values_list("pk", flat=True)
        )
        self.elsewhere = self.total - sum(self._at[pk].count for pk in self._public)

    @property
    def places(self) -> QuerySet[LearningPlace]:
        """The public places, by name."""
        return (
            LearningPlace.objects.filter(pk__in=self._public)
            .select_related("neighbourhood")
            .order_by("name", "pk")
        )

    def at(self, place: LearningPlace) -> AtPlace:
        return self._at[place.pk]

    def points(self) -> Sequence[tuple[int, float, float, str, int]]:
        """Return (id, latitude, longitude, name, sessions) of the places with a point, five decimals (about a metre), by id."""
        placed = LearningPlace.objects.filter(pk__in=self._public, latitude__isnull=False).order_by("pk")
        return [
            (pk, round(float(latitude), 5), round(float(longitude), 5), name, self._at[pk].count)
            for pk, latitude, longitude, name in placed.values_list("pk", "latitude", "longitude", "name")[
                :MOST_POINTS
            ]
            if latitude is not None and longitude is not None
        ]
