"""What was brought into the map, from whom, and what waits to be."""

from django.db.models import QuerySet

from mapping.models import PlaceCategory, PlaceImport, PlaceSource
from participation.foundation.search import fold


def imports() -> QuerySet[PlaceImport]:
    """Return all imports, the newest first, without the files themselves."""
    return PlaceImport.objects.select_related("source", "created_by").defer("content", "report")


def kind_named(words: str) -> PlaceCategory | None:
    """Return the kind of place with this short name or name."""
    wanted = fold(words)
    return next(
        (kind for kind in PlaceCategory.objects.all() if wanted in (fold(kind.slug), fold(kind.name))), None
    )


def source_named(name: str) -> PlaceSource | None:
    """Return the source with this name or short name."""
    wanted = fold(name)
    return next(
        (source for source in PlaceSource.objects.all() if wanted in (fold(source.name), fold(source.slug))),
        None,
    )
