"""Pictures that people add to what they write: stored clean and with words, and no file left that belongs to nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Collection

from participation.foundation.errors import Invalid
from participation.foundation.images import clean_picture
from participation.foundation.text import clean_line

MAX_WORDS_LENGTH = 200


@dataclass(frozen=True)
class NewPicture:
    """A picture without metadata, ready to be stored; made by `new_picture`."""

    content: ContentFile
    alt_text: str


@dataclass(frozen=True)
class PictureChanges:
    """What to do with the pictures of a thing; `keep` maps ids to their words, the others of the thing stay as they are."""

    add: tuple[NewPicture, ...] = ()
    keep: Mapping[int, str] = field(default_factory=dict)
    remove: frozenset[int] = frozenset()


def new_picture(upload: Any, alt_text: str) -> NewPicture:
    """Check and clean an uploaded file; raises Invalid (fields "picture", "alt_text") in words."""
    words = clean_line(alt_text)[:MAX_WORDS_LENGTH]
    if not words:
        raise Invalid(
            _("Please say in a few words what the picture shows, for people who cannot see it."),
            field="alt_text",
        )
    return NewPicture(clean_picture(upload), words)


@contextmanager
def no_files_left_behind() -> Iterator[list[Any]]:
    """Yield a list for images stored inside; when the block fails, their files are deleted from the storage (F18).

    Open it around the transaction, not inside: a rolled back row forgets the name of its file.
    """
    stored: list[Any] = []
    try:
        yield stored
    except BaseException:
        for image in stored:
            image.file.storage.delete(image.file.name)
        raise


def store_picture(picture: NewPicture, *, collection: str, name: str, by, stored: list[Any]) -> Any:
    """Store the picture as an image `name`.jpg of the named collection, append it to `stored`, and return it."""
    image = get_image_model()(
        title=picture.alt_text,
        collection=_collection(collection),
        uploaded_by_user=by if by and by.pk else None,
    )
    image.file.save(f"{name}.jpg", picture.content, save=False)
    stored.append(image)
    image.file_size = picture.content.size
    image.save()
    return image


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)
