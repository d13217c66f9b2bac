"""Pictures of places: part of a place's facts, so that they have a history; removed ones leave the storage too."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from mapping.domain.place import change_place
from mapping.models import LearningPlace, PlacePicture
from mapping.validators import MAX_PICTURES
from participation.domain.picture import PictureChanges, no_files_left_behind, store_picture
from participation.foundation.errors import Invalid
from participation.foundation.text import clean_line

COLLECTION = "Learning places"


def change_place_and_pictures(
    place: LearningPlace,
    *,
    by,
    facts: Mapping[str, Any],
    pictures: PictureChanges | None = None,
    expected_version: int | None = None,
) -> LearningPlace:
    """Like `change_place`, and change the pictures in the same version.

    Raises Invalid (field "pictures") for more than MAX_PICTURES, and whatever `change_place` raises; no file is left then.
    """
    pictures = pictures or PictureChanges()
    with no_files_left_behind() as stored, transaction.atomic():
        held = list(place.pictures.select_related("image"))
        if pictures != PictureChanges():
            facts = {**facts, "pictures": _rows(place, held, pictures, by=by, stored=stored)}
        place = change_place(place, by=by, facts=facts, expected_version=expected_version)
        remove_images([row.image_id for row in held if row.pk in pictures.remove])
    return place


def remove_images(ids: list[int]) -> None:
    """Delete the images that people uploaded and no place shows any more, with their files (after the commit)."""
    images = get_image_model().objects.filter(pk__in=ids, collection__name=COLLECTION)
    for image in images.exclude(pk__in=PlacePicture.objects.filter(image__in=ids).values("image")):
        image.delete()


def _rows(
    place: LearningPlace, held: list[PlacePicture], changes: PictureChanges, *, by, stored: list[Any]
) -> list[PlacePicture]:
    kept = [row for row in held if row.pk not in changes.remove]
    for row in kept:
        row.alt_text = clean_line(changes.keep.get(row.pk, row.alt_text))[:200]
    if len(kept) + len(changes.add) > MAX_PICTURES:
        raise Invalid(_("A place has at most %(most)d pictures.") % {"most": MAX_PICTURES}, field="pictures")
    for picture in changes.add:
        image = store_picture(picture, collection=COLLECTION, name=f"place-{place.pk}", by=by, stored=stored)
        kept.append(PlacePicture(image=image, alt_text=picture.alt_text))
    for number, row in enumerate(kept):
        row.sort_order = number
    return kept
