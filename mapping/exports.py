"""Files of places for other programs: always the places that the list shows, with the credit that their sources ask for."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from mapping.models import LearningPlace
from mapping.queries.open_data import credit_lines, rows_in_batches
from mapping.spatial.writing import CONTENT_TYPES, write_table
from participation.foundation.errors import Invalid

FORMATS = tuple(CONTENT_TYPES)
MOST_PLACES = 50_000
PLACE_COLUMNS = (
    "id", "name", "category", "summary", "description", "what_to_learn", "topics", "audiences", "is_online", "street",
    "postal_code", "locality", "neighbourhood", "latitude", "longitude", "opening_hours", "hours_remark", "phone", "email",
    "website", "cost", "languages", "step_free", "accessible_toilet", "hearing_loop", "quiet_space", "access_note",
    "organisation", "source", "source_id", "verified_on", "verified_by", "url",
)  # fmt: skip
_AS_THEY_ARE = (
    "name", "summary", "description", "what_to_learn", "is_online", "street", "postal_code", "locality", "latitude",
    "longitude", "opening_hours", "hours_remark", "phone", "email", "website", "cost", "languages", "step_free",
    "accessible_toilet", "hearing_loop", "quiet_space", "access_note", "verified_on", "verified_by",
)  # fmt: skip


def export_places(
    ids: Sequence[int], format: str, file: BinaryIO, *, address_of: Callable[[int], str] = lambda pk: ""
) -> None:
    """Write the published places with these ids, in that order, to an open binary file in one of FORMATS.

    Kinds, topics and neighbourhoods are short names, as the API takes them. Raises Invalid for more than 50,000 places.
    """
    if len(ids) > MOST_PLACES:
        words = _("A file holds at most %(most)d places. Please choose a kind of place or a neighbourhood.")
        raise Invalid(words % {"most": MOST_PLACES})
    write_table(_rows(ids, address_of), PLACE_COLUMNS, format, file, attribution="; ".join(credit_lines(ids)))


def _rows(ids: Sequence[int], address_of: Callable[[int], str]) -> Iterator[dict[str, Any]]:
    for place in rows_in_batches(ids):
        yield _row(place) | {"url": address_of(place.pk)}


def _row(place: LearningPlace) -> dict[str, Any]:
    return {name: getattr(place, name) for name in _AS_THEY_ARE} | {
        "id": place.pk,
        "category": place.category.slug,
        "topics": [topic.slug for topic in place.topics.all()],
        "audiences": [audience.slug for audience in place.audiences.all()],
        "neighbourhood": place.neighbourhood.slug if place.neighbourhood else "",
        "organisation": place.organisation.name if place.organisation else "",
        "source": place.source.name if place.source else "",
        "source_id": place.source_key,
    }
