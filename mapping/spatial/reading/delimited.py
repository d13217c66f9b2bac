"""CSV: in UTF-8 or the older Windows encoding, separated by comma, semicolon or tab."""

import csv
import io

from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table, headings

_SEPARATORS = ",;\t"
_LINES_PER_ROW = 20  # opening hours fill several lines; millions of empty ones are no table


def read_delimited(content: bytes, limits: Limits) -> Table:
    builder = Builder("csv", limits)
    text, encoding = _decoded(content)
    if encoding == "cp1252":
        builder.note(
            "cp1252", "The file is not in UTF-8 and was read as Windows-1252. Check letters such as ä and é."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    names: list[str] = []
    short = 0
    first_short: int | None = None
    line = end = 0
    try:
        for cells in reader:
            # A row may run over several lines: people find it by its first.
            line, end = end + 1, reader.line_num
            if end > _LINES_PER_ROW * limits.max_rows + 1000:
                raise Unreadable("too-many-rows", line=line, limit=limits.max_rows)
            if not any(map(str.strip, cells)):
                continue
            if not names:
                if len(cells) > limits.max_columns:
                    raise Unreadable("too-many-columns", line=line, limit=limits.max_columns)
                while cells and not cells[-1].strip():
                    cells.pop()
                names = headings(cells, line=line)
                builder.name_columns(names, line=line)
                continue
            if len(cells) > len(names):
                if any(map(str.strip, cells[len(names) :])):
                    raise Unreadable("too-many-cells-in-row", line=line, found=len(cells), wanted=len(names))
                del cells[len(names) :]
            elif len(cells) < len(names):
                short, first_short = short + 1, first_short or line
                cells += [""] * (len(names) - len(cells))
            builder.add(line, zip(names, cells, strict=True))
    except csv.Error:
        raise Unreadable("quotes", line=end + 1) from None
    if not names:
        raise Unreadable("no-heading")
    if short:
        builder.note("short-rows", f"{short} lines end early; their last cells count as empty.", first_short)
    return builder.table()


def _decoded(content: bytes) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):  # Excel's “Unicode text”
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise Unreadable("encoding") from None
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        raise Unreadable("encoding", line=line) from None


def _separator(text: str) -> str:
    """Return the separator that the first line with any text uses most, quoted texts left out."""
    for line in io.StringIO(text[:100_000]):
        if line.strip():
            bare = "".join(line.split('"')[::2])
            return max(_SEPARATORS, key=bare.count)
    return ","
