"""What a map page shows of all places, and what can be chosen on it."""

from dataclasses import dataclass, replace

from django.core.cache import cache

from mapping.models import Audience, PlaceCategory, PlacesPage, Topic
from mapping.queries.outline import middle_of
from mapping.queries.places import PlaceIndex, PlaceSearch, with_descendants
from participation.models import Neighbourhood

KEPT_FOR = 60
# No row has this number: a search for it finds nothing. 0 would find places without a neighbourhood.
NOTHING = frozenset({-1})


@dataclass(frozen=True)
class Scope:
    """What a map page is about, as ids: kinds of places with all that belongs to them, and neighbourhoods; empty for all."""

    categories: frozenset[int] = frozenset()
    neighbourhoods: frozenset[int] = frozenset()

    def narrow(self, asked: PlaceSearch) -> PlaceSearch:
        """Return `asked` within this scope; who asks for something outside finds nothing, rather than everything in it."""
        categories, neighbourhoods = self.categories, self.neighbourhoods
        if categories and asked.categories:
            categories = frozenset(categories & with_descendants(asked.categories)) or NOTHING
        if neighbourhoods and asked.neighbourhoods:
            neighbourhoods = neighbourhoods & asked.neighbourhoods or NOTHING
        return replace(
            asked,
            categories=categories or asked.categories,
            neighbourhoods=neighbourhoods or asked.neighbourhoods,
        )


def scope_of(page: PlacesPage) -> Scope:
    """Return what the page is about; at most three queries."""
    categories = [category.pk for category in page.categories.all()]
    return Scope(
        frozenset(with_descendants(categories)) if categories else frozenset(),
        frozenset(neighbourhood.pk for neighbourhood in page.neighbourhoods.all()),
    )


def search_of(page: PlacesPage, asked: PlaceSearch) -> PlaceSearch:
    """Return `asked` narrowed to what the page is about."""
    return scope_of(page).narrow(asked)


@dataclass(frozen=True)
class Kind:
    """A kind of place as a filter and the map's legend show it; `level` is 0 for those that belong to no other."""

    pk: int
    slug: str
    name: str
    symbol: str
    parent: int
    level: int


@dataclass(frozen=True)
class Choices:
    """What one can choose when looking for places; public, and the same for everybody.

    `kinds` are in the order of their tree. The other lists have (id, short name, name); `middles` has (short name, name,
    latitude, longitude) of the neighbourhoods with an outline, in degrees.
    """

    kinds: tuple[Kind, ...]
    neighbourhoods: tuple[tuple[int, str, str], ...]
    audiences: tuple[tuple[int, str, str], ...]
    topics: tuple[tuple[int, str, str], ...]
    languages: tuple[str, ...]
    middles: tuple[tuple[str, str, float, float], ...]

    def kind_of(self, pk: int) -> Kind | None:
        return next((kind for kind in self.kinds if kind.pk == pk), None)


def choices(index: PlaceIndex) -> Choices:
    """Return what can be chosen, kept for a minute or until the map changes."""
    key = f"mapping.choices.{index.version.stamp}"
    found = cache.get(key)
    if found is None:
        found = _choices(index)
        cache.set(key, found, KEPT_FOR)
    return found


def _choices(index: PlaceIndex) -> Choices:
    rows = list(Neighbourhood.objects.values_list("pk", "slug", "name", "outline"))
    return Choices(
        kinds=tuple(_tree(list(PlaceCategory.objects.all()))),
        neighbourhoods=tuple((pk, slug, name) for pk, slug, name, _outline in rows),
        audiences=tuple(Audience.objects.values_list("pk", "slug", "name")),
        topics=tuple(Topic.objects.values_list("pk", "slug", "name")),
        languages=tuple(sorted(index.languages)),
        middles=tuple((slug, name, *middle_of(outline)) for _pk, slug, name, outline in rows if outline),
    )


def _tree(categories: list[PlaceCategory]) -> list[Kind]:
    below: dict[int | None, list[PlaceCategory]] = {}
    for category in categories:
        below.setdefault(category.parent_id, []).append(category)

    def walk(parent: int | None, level: int):
        for each in below.get(parent, []):
            yield Kind(each.pk, each.slug, each.name, each.symbol, parent or 0, level)
            if level < PlaceCategory.MAX_LEVELS:
                yield from walk(each.pk, level + 1)

    return list(walk(None, 0))
