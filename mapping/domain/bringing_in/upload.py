"""A file of places on its way through the admin: taken, read, looked over, brought in or thrown away."""

import gzip
import hashlib
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from mapping.domain.bringing_in.comparing import Plan
from mapping.domain.bringing_in.reading import MAX_BYTES, Reading, guess, read_file
from mapping.domain.bringing_in.report import report_of
from mapping.domain.bringing_in.writing import bring_in, look_over, refuse_who_may_not_import
from mapping.models import PlaceImport, PlaceSource
from mapping.spatial.reading import Table
from participation.foundation.errors import Conflict, Invalid

MOST_WAITING = 20


def take_file(content: bytes, *, name: str, crs: str = "", sheet: str = "", by) -> PlaceImport:
    """Keep an uploaded file that can be read until it is brought in; raises Invalid (field `file`) for any other."""
    refuse_who_may_not_import(by)
    if PlaceImport.objects.filter(content__isnull=False).count() >= MOST_WAITING:
        words = _("%(number)d files wait to be brought in. Please bring some in or throw them away first.")
        raise Conflict(words % {"number": MOST_WAITING}, field="file")
    table = read_file(content, name, crs=crs, sheet=sheet)
    reading = Reading(columns=guess(table), crs=crs, sheet=sheet)
    return PlaceImport.objects.create(
        file_name=name[-200:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        content=gzip.compress(content, 6),
        reading=reading.as_json(),
        created_by=by,
    )


def table_of(place_import: PlaceImport) -> Table:
    """Read the kept file again; raises Conflict when it is not kept any more."""
    if place_import.content is None:
        raise Conflict(_("This file has been brought in already and is not kept. Please upload it again."))
    content = gzip.decompress(cast(bytes, place_import.content))
    if len(content) > MAX_BYTES:
        raise Invalid(_("The file is too large."), field="file")
    reading = Reading.from_json(place_import.reading)
    return read_file(content, place_import.file_name, crs=reading.crs, sheet=reading.sheet)


def prepare(place_import: PlaceImport, *, reading: Reading, source: PlaceSource, table: Table, by) -> Plan:
    """Look the rows over, and keep with the file how it is read and what bringing it in would do."""
    refuse_who_may_not_import(by)
    plan = look_over(table, reading=reading, source=source)[1]
    with transaction.atomic():
        if source.pk is None:
            source.save()
        place_import.reading, place_import.source = reading.as_json(), source
        place_import.report = report_of(plan, every_row=True)
        place_import.save(update_fields=["reading", "source", "report"])
    return plan


def carry_out(place_import: PlaceImport, *, by) -> Plan:
    """Bring the kept file in as it was looked over."""
    with transaction.atomic():
        held = PlaceImport.objects.select_for_update(of=("self",)).get(pk=place_import.pk)
        return bring_in(table_of(held), reading=Reading.from_json(held.reading), to=held, by=by)


def throw_away(place_import: PlaceImport, *, by) -> None:
    """Forget a file that was not brought in."""
    refuse_who_may_not_import(by)
    if place_import.finished_at is not None:
        raise Conflict(_("This file has been brought in already. You can take the import back instead."))
    place_import.delete()
