"""CSV for people: cells that a spreadsheet would run as a formula are made harmless; uploads are read with line numbers."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Invalid

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral_cell(value: object) -> object:
    """Put an apostrophe before text that starts like a formula (X16); numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a CSV text with CRLF line ends (RFC 4180) and every cell made neutral."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([neutral_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def read_csv(
    content: bytes, *, required: Iterable[str], optional: Iterable[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) for each row of an uploaded CSV in UTF-8, separated by comma, semicolon or tab.

    Raises Invalid, naming the line and the fix, for another encoding, a missing or doubled column, or a row of the wrong length.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Invalid(
            _("Line %(line)d is not in UTF-8. Save the file again as “CSV UTF-8” and upload that.")
            % {"line": line},
            field="file",
        ) from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in required if name not in header]
        if missing:
            raise Invalid(
                _("Line 1 has no column %(names)s. Add it to the first line; it now has: %(found)s.")
                % {"names": ", ".join(missing), "found": ", ".join(header) or "–"},
                field="file",
            )
        if len(set(header)) != len(header):
            raise Invalid(_("Line 1 names a column twice. Remove one of the two."), field="file")
        wanted = {*required, *optional}
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise Invalid(
                    _(
                        "Line %(line)d has %(found)d cells, the first line has %(wanted)d. Add or remove a separator there."
                    )
                    % {"line": reader.line_num, "found": len(cells), "wanted": len(header)},
                    field="file",
                )
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            yield reader.line_num, {name: value for name, value in row.items() if name in wanted}
    except csv.Error as error:
        raise Invalid(
            _("Line %(line)d cannot be read as CSV (%(why)s). Check the quotation marks there.")
            % {"line": reader.line_num, "why": error},
            field="file",
        ) from None
