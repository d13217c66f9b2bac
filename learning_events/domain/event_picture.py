"""The picture of an event: stored clean, with words, and gone from the storage when nothing shows it any more."""

from typing import Any

from django.db import transaction
from wagtail.images import get_image_model

from learning_events.domain.event import change_event
from learning_events.models import EventPage
from participation.domain.picture import PictureChanges, no_files_left_behind, store_picture

COLLECTION = "Events"


def change_picture(
    event: EventPage, *, by, pictures: PictureChanges, expected_version: int | None = None
) -> EventPage:
    """Give the event another picture, other words for it, or none; of a public event this is a draft until it is handed in.

    Raises what `change_event` raises; no file is left then.
    """
    with no_files_left_behind() as stored, transaction.atomic():
        written = event.get_latest_revision_as_object()
        before = written.picture_id
        facts: dict[str, Any] = {}
        if pictures.add:
            new = pictures.add[0]
            image = store_picture(new, collection=COLLECTION, name=f"event-{event.pk}", by=by, stored=stored)
            facts = {"picture": image, "picture_alt": new.alt_text}
        elif before in pictures.remove:
            facts = {"picture": None, "picture_alt": ""}
        elif before in pictures.keep:
            facts = {"picture_alt": pictures.keep[before]}
        event = change_event(event, facts=facts, by=by, expected_version=expected_version, hand_in=False)
        if "picture" in facts and before is not None and not event.live:
            _remove_unless_shown(before)
    return event


def _remove_unless_shown(pk: int) -> None:
    """Delete an image that an organiser uploaded and no event shows; its file goes after the commit."""
    image = get_image_model().objects.filter(pk=pk, collection__name=COLLECTION).first()
    if image is not None and not EventPage.objects.filter(picture=pk).exists():
        image.delete()
