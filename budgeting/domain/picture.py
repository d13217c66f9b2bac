"""Pictures of proposals."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from budgeting.models import Proposal, ProposalPicture
from budgeting.validators import MAX_PICTURES
from participation.domain.picture import PictureChanges, store_picture
from participation.foundation.errors import Invalid
from participation.foundation.text import clean_line

COLLECTION = "Proposals"


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
        image = store_picture(
            picture, collection=COLLECTION, name=f"proposal-{proposal.pk}", by=by, stored=stored
        )
        ProposalPicture.objects.create(
            proposal=proposal, image=image, alt_text=picture.alt_text, sort_order=number
        )


def remove_pictures(proposal: Proposal) -> None:
    """Remove all pictures of a proposal with their files (after the commit)."""
    _remove(proposal.pictures.all())


def _remove(pictures: Iterable[ProposalPicture]) -> None:
    for picture in pictures:
        picture.image.delete()  # Wagtail deletes the file and its renditions after the commit
