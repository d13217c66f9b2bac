"""Pictures of proposals: stored clean and with words, and never left behind as files that belong to nothing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Collection

from budgeting.models import Proposal, ProposalPicture
from budgeting.validators import MAX_PICTURES
from participation.foundation.errors import Invalid
from participation.foundation.images import clean_picture
from participation.foundation.text import clean_line

COLLECTION = "Proposals"


@dataclass(frozen=True)
class NewPicture:
    """A picture without metadata, ready to be stored; made by `new_picture`."""

    content: ContentFile
    alt_text: str


@dataclass(frozen=True)
class PictureChanges:
    """What to do with a proposal's pictures; `keep` maps ids to their words, the others of the proposal stay as they are."""

    add: tuple[NewPicture, ...] = ()
    keep: Mapping[int, str] = field(default_factory=dict)
    remove: frozenset[int] = frozenset()


def new_picture(upload: Any, alt_text: str) -> NewPicture:
    """Check and clean an uploaded file; raises Invalid (fields "picture", "alt_text") in words."""
    words = clean_line(alt_text)[:200]
    if not words:
        raise Invalid(
            _("Please say in a few words what the picture shows, for people who cannot see it."),
            field="alt_text",
        )
    return NewPicture(clean_picture(upload, name="proposal"), words)


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


def change_pictures(proposal: Proposal, changes: PictureChanges, *, by, stored: list[Any]) -> None:
    """Add, reword and remove pictures inside the caller's transaction; new images are appended to `stored`.

    Raises Invalid (field "pictures") for more than three.
    """
    _remove(proposal.pictures.filter(pk__in=changes.remove))
    for pk, alt_text in changes.keep.items():
        proposal.pictures.filter(pk=pk).update(alt_text=clean_line(alt_text)[:200])
    held = proposal.pictures.count()
    if held + len(changes.add) > MAX_PICTURES:
        raise Invalid(
            _("A proposal has at most %(most)d pictures.") % {"most": MAX_PICTURES}, field="pictures"
        )
    for number, picture in enumerate(changes.add, start=held):
        image = get_image_model()(
            title=picture.alt_text, collection=_collection(), uploaded_by_user=by if by and by.pk else None
        )
        image.file.save(f"proposal-{proposal.pk}.jpg", picture.content, save=False)
        stored.append(image)
        image.file_size = picture.content.size
        image.save()
        ProposalPicture.objects.create(
            proposal=proposal, image=image, alt_text=picture.alt_text, sort_order=number
        )


def remove_pictures(proposal: Proposal) -> None:
    """Remove all pictures of a proposal with their files (after the commit)."""
    _remove(proposal.pictures.all())


def _remove(pictures: Iterable[ProposalPicture]) -> None:
    for picture in pictures:
        picture.image.delete()  # Wagtail deletes the file and its renditions after the commit


def _collection() -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)
