"""The places of the map, offered to whoever plans a meeting."""

from mapping.enums import PlaceStatus, Stated
from mapping.models import LearningPlace
from mapping.queries.open_data import addresses_of
from mapping.queries.places import PlaceSearch, place_index
from participation.foundation.venues import Venue

NAME = "place"
_ANSWERS = {Stated.YES: True, Stated.NO: False}


def find(words: str, most: int) -> list[Venue]:
    """Return published places that the words find, the best first."""
    index = place_index()
    ids = index.ids_of(index.find(PlaceSearch(words=words))[:most])
    places = LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).in_bulk(ids)
    found = [places[pk] for pk in ids if pk in places]
    paths = addresses_of(found)
    return [_venue(place, paths) for place in found]


def get(number: str) -> Venue | None:
    """Return the published place with this number."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    place = LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED, pk=int(number)).first()
    return _venue(place, addresses_of([place])) if place is not None else None


def _venue(place: LearningPlace, paths: dict[int, str]) -> Venue:
    return Venue(
        key=f"{NAME}:{place.pk}",
        name=place.name,
        address=place.address,
        latitude=float(place.latitude) if place.latitude is not None else None,
        longitude=float(place.longitude) if place.longitude is not None else None,
        path=paths.get(place.pk, ""),
        is_step_free=_ANSWERS.get(Stated(place.step_free)),
        has_hearing_loop=_ANSWERS.get(Stated(place.hearing_loop)),
    )
