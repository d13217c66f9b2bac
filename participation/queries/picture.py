"""Pictures in the size a page shows them, read in one query with whatever they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

PAGE_PICTURE = "max-1200x900|format-webp|webpquality-80"
_MADE = {"file": "rendition__file", "width": "rendition__width", "height": "rendition__height"}


@dataclass(frozen=True)
class ShownPicture:
    """A picture in the size a page shows it, and the words for who cannot see it."""

    url: str
    alt_text: str
    width: int
    height: int


def first_of(pictures: QuerySet[Any], spec: str) -> Subquery:
    """Return the first of these pictures as a column that `shown_picture` takes, None where there is none.

    `pictures` are of a model with `image`, `alt_text` and `sort_order`, of one owner by an OuterRef.
    """
    first = _with_rendition(pictures, spec).order_by("sort_order", "pk")
    return Subquery(
        first.values(found=JSONObject(image="image_id", alt_text="alt_text", **_MADE))[:1],
    )


def rows_of(pictures: QuerySet[Any], spec: str) -> QuerySet[Any, Any]:
    """Return these pictures as rows that `shown_picture` takes, in their order."""
    columns = {name: F(path) for name, path in _MADE.items()}
    return _with_rendition(pictures, spec).order_by("sort_order", "pk").values("image", "alt_text", **columns)


def _with_rendition(pictures: QuerySet[Any], spec: str) -> QuerySet[Any]:
    """Join each picture with its rendition, so that a list needs no query for each."""
    wanted = FilteredRelation("image__renditions", condition=Q(image__renditions__filter_spec=spec))
    return pictures.annotate(rendition=wanted)


def shown_picture(row: Mapping[str, Any] | None, spec: str) -> ShownPicture | None:
    """Return the picture of a row in this size, made now if nobody has seen it so; None where its file is gone."""
    if row is None:
        return None
    if row["file"]:
        storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
        return ShownPicture(storage.url(row["file"]), row["alt_text"], row["width"], row["height"])
    try:
        made = get_image_model().objects.get(pk=row["image"]).get_rendition(spec)
    except SourceImageIOError:
        return None
    return ShownPicture(made.url, row["alt_text"], made.width, made.height)
