"""Files that belong to items: of few kinds, of bounded size, told apart by what is in them and not by their names (X10)."""

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.rights import person_of, refuse_unless_keeper
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_line
from participation.models import AgendaDocument, AgendaItem, SharedResource

MOST_BYTES = 5 * 1024 * 1024
MOST_A_MEETING = 40
_OFFICE = "application/vnd.openxmlformats-officedocument"
# Nothing here runs in a browser: no SVG, HTML or XML. The first bytes have to be those of the kind.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": (f"{_OFFICE}.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "pptx": (f"{_OFFICE}.presentationml.presentation", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
    "odp": ("application/vnd.oasis.opendocument.presentation", (b"PK\x03\x04",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "txt": ("text/plain; charset=utf-8", ()),
    "csv": ("text/csv; charset=utf-8", ()),
}


def add_document(item: AgendaItem, *, by, upload: Any, title: str = "") -> AgendaDocument:
    """Keep an uploaded file with an item; its title is the file's name when nobody gives one.

    Raises NotAllowed, Missing, Conflict for too many, Invalid (field "upload") for a kind or size that is not taken.
    """
    refuse_unless_keeper(item.meeting.committee, by)
    name = file_name(upload.name or "")
    content = checked_content(upload, name)
    with transaction.atomic():
        meeting = type(item.meeting).objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
        if AgendaDocument.objects.filter(item__meeting=meeting).count() >= MOST_A_MEETING:
            raise Conflict(_("A meeting has at most %(most)d documents.") % {"most": MOST_A_MEETING})
        document = AgendaDocument.objects.create(
            item=item,
            title=(clean_line(title) or name)[:160],
            name=name,
            content=content,
            size=len(content),
            added_by=person_of(by),
        )
        record("participation.agenda.add_document", item.meeting, by=by, document=document.pk)
    return document


def remove_document(document: AgendaDocument, *, by) -> None:
    """Throw a document away."""
    refuse_unless_keeper(document.item.meeting.committee, by)
    with transaction.atomic():
        record("participation.agenda.remove_document", document.item.meeting, by=by, title=document.title)
        if not AgendaDocument.objects.filter(pk=document.pk).delete()[0]:
            raise Missing


def media_type_of(document: AgendaDocument | SharedResource) -> str:
    """Return the media type under which a document is sent: one of ours, never one that somebody chose."""
    return KINDS[_ending(document.name)][0]


def checked_content(upload: Any, name: str) -> bytes:
    """Return what is in an upload; raises Invalid (field "upload") for a kind or size that is not taken."""
    if upload.size > MOST_BYTES:
        raise Invalid(
            _("This file is larger than 5 MB. Please make it smaller, or link to it."), field="upload"
        )
    known = KINDS.get(_ending(name))
    if known is None:
        raise Invalid(
            _("Files of this kind are not taken. Please use one of these: %(kinds)s.")
            % {"kinds": ", ".join(KINDS)},
            field="upload",
        )
    content = upload.read(MOST_BYTES + 1)
    if not content or len(content) > MOST_BYTES:
        raise Invalid(_("This file is empty, or larger than 5 MB."), field="upload")
    _kind, beginnings = known
    if beginnings and not content.startswith(beginnings):
        raise Invalid(
            _("What is in this file is not what its name says. Please save it again as %(kind)s.")
            % {"kind": _ending(name)},
            field="upload",
        )
    if not beginnings:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(
                _("This text is not in UTF-8. Please save it again in UTF-8."), field="upload"
            ) from None
        if "\x00" in text:
            raise Invalid(_("This is no text file."), field="upload")
    return content


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def file_name(name: str) -> str:
    """Return a name without folders and without what headers and file systems take for something else."""
    name = clean_line(name.replace("\\", "/").rpartition("/")[2])
    name = re.sub(r"[^\w.() -]", "_", name).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if stem else "document" + dot + ending[:10]
