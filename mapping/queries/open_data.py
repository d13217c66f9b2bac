"""What everybody may read of the map as a whole: the API and the exports ask here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Count, Model, Q, QuerySet
from wagtail.models import Site

from mapping.models import LearningPlace, PlacesPage
from mapping.models.place import PUBLIC_STATUSES
from mapping.queries.places import PlaceIndex, PlaceSearch, place_index
from mapping.queries.places_page import search_of
from mapping.spatial.cells import Clusters, within
from participation.models import Neighbourhood

Box = tuple[float, float, float, float]


def public_pages() -> QuerySet[PlacesPage]:
    """Return the maps that are published, not behind a password or sign-in, and part of a site."""
    in_a_site = Q(pk__in=[])
    for _site, root_path, *_rest in Site.get_site_root_paths():
        in_a_site |= Q(url_path__startswith=root_path)
    return PlacesPage.objects.live().public().filter(in_a_site).select_related("locale").order_by("path")


def open_places() -> QuerySet[LearningPlace]:
    """Return the published places with what an entry tells of them."""
    return (
        LearningPlace.objects.filter(status__in=PUBLIC_STATUSES)
        .select_related("category", "neighbourhood", "organisation", "source")
        .prefetch_related("topics", "audiences")
    )


def places_in_order(ids: Sequence[int]) -> list[LearningPlace]:
    """Return the published places with these ids in the order of the ids; three queries."""
    found = open_places().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def find_places(search: PlaceSearch, *, box: Box | None = None, near: tuple[float, float] | None = None):
    """Return the index and the positions of what fits; `box` is (west, south, east, north) in degrees."""
    index = place_index()
    positions = index.find(search, near=near)
    if box is not None:
        positions = positions[within(index.latitudes[positions], index.longitudes[positions], box)]
    return index, positions


def clusters_of(search: PlaceSearch, *, box: Box, zoom: int) -> tuple[PlaceIndex, Clusters]:
    """Return the index and what a map of this box shows; `place` of a cluster is a position in the index, -1 for many."""
    index = place_index()
    found = index.cells.clusters(index.mask(search)[index.has_point], bbox=box, zoom=zoom)
    positions = np.flatnonzero(index.has_point)
    return index, replace(found, place=np.where(found.place < 0, -1, positions[found.place]))


def addresses_of(places: Iterable[LearningPlace]) -> dict[int, str]:
    """Return the path of each published place by its id, on the first public map that shows it; none where no map does.

    Two queries and two for each map that does not show the whole city.
    """
    index = place_index()
    at = {pk: position for position, pk in enumerate(index.ids.tolist())}
    wanted = {place.pk for place in places} & at.keys()
    found: dict[int, str] = {}
    for page in public_pages():
        if len(found) == len(wanted):
            break
        search = search_of(page, PlaceSearch())
        shown = index.mask(search) if search.is_narrow else None
        for pk in wanted - found.keys():
            if shown is None or shown[at[pk]]:
                found[pk] = page.url_of("place", pk)
    return found


def ids_by_slug(model: type[Model], slugs: Iterable[str]) -> dict[str, int]:
    """Return the ids of the rows that have one of these short names; one query."""
    rows: Any = model._default_manager.order_by().filter(slug__in=slugs)
    return dict(rows.values_list("slug", "pk"))


def open_neighbourhoods() -> QuerySet[Neighbourhood]:
    """Return the neighbourhoods with the number of published places in each."""
    shown = Count("places", filter=Q(places__status__in=PUBLIC_STATUSES))
    return Neighbourhood.objects.annotate(place_count=shown)


def credit_lines(ids: Collection[int]) -> list[str]:
    """Return what must be said of where these places come from, each credit once; one query."""
    wanted = set(ids)
    rows = LearningPlace.objects.filter(source__isnull=False, status__in=PUBLIC_STATUSES).order_by(
        "source__name"
    )
    said: dict[str, None] = {}
    for pk, name, attribution in rows.values_list("pk", "source__name", "source__attribution"):
        if pk in wanted:
            said[attribution or name] = None
    return list(said)


def rows_in_batches(ids: Sequence[int], size: int = 1_000) -> Iterator[LearningPlace]:
    """Yield the published places with these ids in the order of the ids, some at a time."""
    for start in range(0, len(ids), size):
        yield from places_in_order(ids[start : start + size])
