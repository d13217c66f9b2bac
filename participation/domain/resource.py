"""What a committee or study circle shares: links and documents that its people add."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.documents import checked_content, file_name
from participation.domain.rights import person_of, refuse_unless_taking_part
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line
from participation.models import Committee, SharedResource
from participation.rules import may_keep_committee

MOST = 60


def add_resource(
    committee: Committee, *, by, title: str, address: str = "", note: str = "", upload: Any = None
) -> SharedResource:
    """Share a link or a document (or only a title and a note) with the committee's people and its readers.

    Raises NotAllowed or Missing (who does not take part), Conflict for too many, Invalid (fields "title", "address", "upload").
    """
    refuse_unless_taking_part(committee, by)
    title, address = clean_line(title)[:160], address.strip()
    if not title:
        raise Invalid(_("Please give it a title."), field="title")
    if address and not address.lower().startswith(("https://", "http://")):
        raise Invalid(_("Please write an address that begins with https://."), field="address")
    if len(address) > 300:
        raise Invalid(_("This address is too long."), field="address")
    if address and upload:
        raise Invalid(_("Please share a link or a document, one at a time."), field="upload")
    name = file_name(upload.name or "") if upload else ""
    content = checked_content(upload, name) if upload else b""
    with transaction.atomic():
        Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
        if committee.resources.count() >= MOST:
            raise Conflict(
                _("At most %(most)d things can be shared. Please take one away first.") % {"most": MOST}
            )
        resource = SharedResource.objects.create(
            committee=committee,
            title=title,
            address=address,
            note=clean_line(note)[:300],
            name=name,
            content=content,
            size=len(content),
            added_by=person_of(by),
        )
        record("participation.resource.add", committee, by=by, resource=resource.pk, title=title)
    return resource


def may_remove(resource: SharedResource, user) -> bool:
    """Say whether somebody may take it away: who keeps the committee, or who added it."""
    person = person_of(user)
    return may_keep_committee(user, resource.committee) or (
        person is not None and resource.added_by_id == person.pk
    )


def remove_resource(resource: SharedResource, *, by) -> None:
    """Take away what was shared. Raises NotAllowed, or Missing when it is gone already."""
    if not may_remove(resource, by):
        raise NotAllowed(_("Only who added it, and who keeps the committee, can take it away."))
    with transaction.atomic():
        if not SharedResource.objects.filter(pk=resource.pk).delete()[0]:
            raise Missing
        record("participation.resource.remove", resource.committee, by=by, title=resource.title)
