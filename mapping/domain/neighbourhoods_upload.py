"""Files of neighbourhoods on their way through the admin: taken, read, looked over, brought in or thrown away."""

import csv
import datetime as dt
import gzip
from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from mapping.domain.bringing_in.reading import read_file
from mapping.domain.bringing_in.writing import refuse_who_may_not_import
from mapping.domain.neighbourhoods_import import NeighbourhoodReport, People, import_neighbourhoods
from mapping.models import NeighbourhoodFile
from mapping.spatial.reading import Table
from participation.foundation.clock import database_now
from participation.foundation.errors import Invalid

MOST_WAITING = 5
KEPT_FOR = dt.timedelta(days=1)
MAX_PEOPLE_BYTES = 2_000_000


def take_outlines(
    content: bytes, *, name: str, people: bytes | None = None, crs: str = "", sheet: str = "", by
) -> NeighbourhoodFile:
    """Keep files that can be read for a day; raises NotAllowed, or Invalid (field `file` or `people`) for others.

    Of files that wait, only the newest are kept: nothing is lost but an upload.
    """
    refuse_who_may_not_import(by)
    if not any(read_file(content, name, crs=crs, sheet=sheet).geometries):
        words = _(
            "This file has no outlines. Choose a map file with areas here. A table of people belongs into the next field."
        )
        raise Invalid(words, field="file")
    if people is not None:
        people_columns(people_text(people))
    with transaction.atomic():
        NeighbourhoodFile.objects.filter(created_at__lt=database_now() - KEPT_FOR).delete()
        newest = NeighbourhoodFile.objects.order_by("-created_at", "-pk").values_list("pk", flat=True)
        NeighbourhoodFile.objects.exclude(pk__in=list(newest[: MOST_WAITING - 1])).delete()
        return NeighbourhoodFile.objects.create(
            file_name=name[-200:],
            content=gzip.compress(content, 6),
            people=None if people is None else gzip.compress(people, 6),
            crs=crs,
            sheet=sheet,
        )


def people_text(content: bytes) -> str:
    """Return a table of people as text: UTF-8, or what old spreadsheets write; raises Invalid for what is too large."""
    if len(content) > MAX_PEOPLE_BYTES:
        raise Invalid(_("The table of people is larger than 2 MB."), field="people")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def people_columns(text: str) -> list[str]:
    """Return the columns of a table of people without the first, which holds the names; raises Invalid (field `people`)."""
    heading = text.split("\n", 1)[0]
    separator = max(";,\t", key=heading.count)
    try:
        columns = next(csv.reader([heading], delimiter=separator), [])
    except csv.Error:
        columns = []
    columns = [column.strip() for column in columns[1:] if column.strip()]
    if not columns or len(columns) > 200 or "\x00" in text:
        words = _(
            "The table of people needs names in its first column and numbers in others. Save it as CSV."
        )
        raise Invalid(words, field="people")
    return list(dict.fromkeys(columns))


def outlines_of(held: NeighbourhoodFile) -> Table:
    return read_file(
        gzip.decompress(cast(bytes, held.content)), held.file_name, crs=held.crs, sheet=held.sheet
    )


def people_of(held: NeighbourhoodFile) -> str:
    """Return the text of the table of people, "" without one."""
    return people_text(gzip.decompress(cast(bytes, held.people))) if held.people else ""


def carry_out(
    held: NeighbourhoodFile,
    table: Table,
    *,
    name_column: str,
    key_column: str = "",
    dissolve: bool = False,
    merge_counted_together: bool = False,
    people: People | None = None,
    dry_run: bool,
    by,
) -> NeighbourhoodReport:
    """Bring the neighbourhoods in and forget the files, or with `dry_run` only say what would happen.

    Raises NotAllowed, or Invalid naming feature, line and fix.
    """
    refuse_who_may_not_import(by)
    with transaction.atomic():
        report = import_neighbourhoods(
            table,
            name_column=name_column,
            key_column=key_column,
            dissolve=dissolve,
            people=people,
            merge_counted_together=merge_counted_together,
            dry_run=dry_run,
            by=by,
        )
        if not dry_run:
            held.delete()
    return report


def throw_away(held: NeighbourhoodFile, *, by) -> None:
    """Forget files that were not brought in."""
    refuse_who_may_not_import(by)
    held.delete()


def fitting(columns: Sequence[str], wanted: Sequence[str]) -> str:
    """Return the first column that is called like one of the wanted, else ""."""
    called = {column.casefold(): column for column in columns}
    return next((called[name] for name in wanted if name in called), "")
