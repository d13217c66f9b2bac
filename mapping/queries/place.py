"""One place, or a page of places, with all that is shown of them."""

from collections.abc import Sequence
from functools import cache

from django.db.models import OuterRef, QuerySet

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace, PlacePicture
from mapping.rules import may_see_place
from participation.foundation.errors import Missing
from participation.queries.picture import PAGE_PICTURE, ShownPicture, first_of, rows_of, shown_picture

CARD_PICTURE = "fill-240x180|format-webp|webpquality-70"
# A closed or merged place has left a page behind that says so.
_GONE = (PlaceStatus.CLOSED, PlaceStatus.MERGED)


def cards_of(ids: Sequence[int]) -> list[LearningPlace]:
    """Return the places with these ids, in this order, with all that a card shows; one query, however many.

    Each has a `cover`, a ShownPicture or None.
    """
    found = {place.pk: place for place in _cards().filter(pk__in=ids)}
    places = [found[pk] for pk in ids if pk in found]
    for place in places:
        place.cover = shown_picture(place.first_picture, CARD_PICTURE)
    return places


def lines_of(ids: Sequence[int]) -> list[LearningPlace]:
    """Return the places with these ids, in this order, with what a line on paper says; one query, however many."""
    rows = LearningPlace.objects.select_related("category", "neighbourhood")
    found = rows.defer("description", "what_to_learn").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@cache  # to build this query costs more than to run it
def _cards() -> QuerySet[LearningPlace]:
    pictures = PlacePicture.objects.filter(place=OuterRef("pk"))
    return (
        LearningPlace.objects.select_related("category", "neighbourhood")
        .defer("description", "what_to_learn", "access_note")
        .annotate(first_picture=first_of(pictures, CARD_PICTURE))
    )


def place_for(user, pk: int) -> LearningPlace:
    """Return a place with what its page shows; raises Missing for who may not see it.

    One that has closed or was merged is returned to everybody: its page says so or leads on.
    """
    place = (
        LearningPlace.objects.filter(pk=pk)
        .select_related("category", "neighbourhood", "organisation", "source", "successor")
        .prefetch_related("topics", "audiences")
        .first()
    )
    if place is None or not (place.status in _GONE or may_see_place(user, place)):
        raise Missing
    return place


def pictures_of(place: LearningPlace) -> list[ShownPicture]:
    """Return a place's pictures in the size of its page, without those whose file is gone; one query."""
    rows = rows_of(PlacePicture.objects.filter(place=place), PAGE_PICTURE)
    return [picture for picture in (shown_picture(row, PAGE_PICTURE) for row in rows) if picture]
